import type { Declaration, StyleSheet } from './style-sheet.ts';

/** How use of a feature is found in a mail. */
export type FeatureTest =
  /** Elements that a selector finds. */
  | { readonly kind: 'selector'; readonly selector: string }
  /** Elements that have a declaration, their own or a style sheet's. */
  | { readonly kind: 'declaration'; readonly matches: (declaration: Declaration) => boolean }
  /** Places in a style sheet. */
  | { readonly kind: 'sheet'; readonly count: (sheet: StyleSheet) => number }
  /** Addresses of pictures. */
  | { readonly kind: 'image'; readonly matches: (source: string) => boolean };

/** Features that aren't named after what they look like. */
const SELECTORS: ReadonlyMap<string, string> = new Map([
  ['html-address', 'address'],
  ['html-anchor-links', 'a[href^="#"]'],
  ['html-h1-h6', 'h1, h2, h3, h4, h5, h6'],
  ['html-image-maps', 'map, [usemap]'],
  ['html-lists', 'ul, ol, dl'],
  ['html-mailto-links', 'a[href^="mailto:"]'],
  ['html-meta-color-scheme', 'meta[name="color-scheme"]'],
  [
    'html-semantics',
    'article, aside, details, figcaption, figure, footer, header, main, mark, nav, section, summary, time',
  ],
  ['html-srcset', '[srcset], [sizes]'],
]);
const IMAGES: ReadonlyMap<string, RegExp> = new Map([
  ['image-base64', /^data:image\//i],
  ['image-heif', /\.hei[fc]$/i],
  ['image-jpg', /\.jpe?g$/i],
  ['image-tiff', /\.tiff?$/i],
]);

/**
 * How use of a feature of caniemail.com is found: the names of most say what they look like.
 * @param slug `css-align-items`
 * @param title `align-items`
 * @returns undefined for what can't be told from the HTML
 */
export function toFeatureTest(slug: string, title: string): FeatureTest | undefined {
  if (slug.startsWith('html-')) return toElementTest(slug, title);
  if (slug.startsWith('image-')) {
    const pattern = IMAGES.get(slug) ?? new RegExp(`\\.${slug.slice('image-'.length)}$`, 'i');
    return { kind: 'image', matches: (source) => pattern.test(source) };
  }
  return slug.startsWith('css-') ? toStyleTest(slug, title) : undefined;
}

function toElementTest(slug: string, title: string): FeatureTest | undefined {
  const known = SELECTORS.get(slug);
  if (known !== undefined) return { kind: 'selector', selector: known };
  const { tag, attribute } = /<(?<tag>[a-z]+\d?)(?: (?<attribute>[a-z]+="[a-z]+"))?>/.exec(title)?.groups ?? {};
  if (tag !== undefined) {
    return { kind: 'selector', selector: attribute === undefined ? tag : `${tag}[${attribute}]` };
  }
  const { name } = /^(?<name>[a-z-]+) attribute$/.exec(title)?.groups ?? {};
  return name === undefined ? undefined : { kind: 'selector', selector: `[${name}]` };
}

function toStyleTest(slug: string, title: string): FeatureTest | undefined {
  if (slug.startsWith('css-selector-') || slug === 'css-comments' || slug === 'css-nesting') return undefined;
  if (title.startsWith('@')) return toAtRuleTest(title);
  if (/^css-pseudo/.test(slug)) {
    const name = title.replace(/^:*|\(\)$/g, '');
    const pattern = new RegExp(`::?${name}(?![\\w-])`);
    return { kind: 'sheet', count: ({ rules }) => rules.filter(({ selector }) => pattern.test(selector)).length };
  }
  if (slug === 'css-important') return inValue(/!\s*important/);
  if (slug === 'css-variables') return inValue(/\bvar\(\s*--/);
  const { unit } = /^(?<unit>%|[a-z]+) unit$/.exec(title)?.groups ?? {};
  if (unit === 'initial') return inValue(/^initial\b/);
  if (unit !== undefined) return inValue(new RegExp(`(?<![\\w.])[\\d.]+${unit}(?![\\w%])`));
  const functions = [...title.matchAll(/(?<![\w-])(?<name>[a-z-]+)\(\)/g)].map(({ groups }) => groups?.['name'] ?? '');
  if (functions.length > 0) return inValue(new RegExp(`(?<![\\w-])(?:${functions.join('|')})\\(`));
  const { property, value } = /^(?<property>[a-z-]+): ?(?<value>[a-z]+)$/.exec(title)?.groups ?? {};
  if (property !== undefined) {
    return { kind: 'declaration', matches: (one) => one.property === property && one.value.split(' ')[0] === value };
  }
  if (/^css-(?:sytem-ui|intrinsic-size)$/.test(slug)) return inValue(new RegExp(`(?:${title.split(', ').join('|')})`));
  return toPropertyTest(title);
}

/** `@media (hover), @media (any-hover)`, `@font-face`. */
function toAtRuleTest(title: string): FeatureTest {
  const starts = title.split(/,\s*/).map((part) => {
    const { name = '', feature } = /^@(?<name>[a-z-]+)(?: \((?<feature>[a-z-]+)\))?/.exec(part)?.groups ?? {};
    return new RegExp(`^@${name}(?![\\w-])${feature === undefined ? '' : `.*\\(\\s*${feature}`}`, 's');
  });
  return {
    kind: 'sheet',
    count: ({ atRules }) => atRules.filter((rule) => starts.some((start) => start.test(rule))).length,
  };
}

/** `gap, column-gap, row-gap`, `margin-inline & margin-block`, `grid-template-* properties`. */
function toPropertyTest(title: string): FeatureTest | undefined {
  const names = title
    .replace(/ (?:css )?(?:properties|property|shorthand|logical properties|(?:individual )?longhand properties)$/i, '')
    .split(/\s*[,&]\s*/)
    .map((name) => name.trim());
  if (!names.every((name) => /^[a-z-]+\*?$/.test(name))) return undefined;
  const exact = new Set(names);
  const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  const matches = ({ property }: Declaration): boolean =>
    exact.has(property) || prefixes.some((prefix) => property.startsWith(prefix));
  return { kind: 'declaration', matches };
}

function inValue(pattern: RegExp): FeatureTest {
  return { kind: 'declaration', matches: ({ value }) => pattern.test(value) };
}
