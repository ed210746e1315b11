/** A declaration: `color: red`. Both in lower case, the value without `!important`'s blanks. */
export interface Declaration {
  readonly property: string;
  readonly value: string;
}

/** A rule of a style sheet, of those within `@media` too. */
export interface StyleRule {
  readonly selector: string;
  readonly declarations: readonly Declaration[];
}

/** What a style sheet is made of. */
export interface StyleSheet {
  readonly rules: readonly StyleRule[];
  /** `@media (hover)`, `@import url(x)`, each as written, in lower case. */
  readonly atRules: readonly string[];
}

const MAX_RULES = 5_000;

/** Reads style sheets as far as they can be read: comments go, what isn't closed ends with the text. Linear. */
export function parseStyleSheet(css: string): StyleSheet {
  const rules: StyleRule[] = [];
  const atRules: string[] = [];
  const text = css.replace(/\/\*.*?(?:\*\/|$)/gs, ' ').toLowerCase();
  let selector = '';
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(/[{};]/g)) {
    const part = text.slice(start, index).trim();
    start = index + 1;
    if (rules.length + atRules.length >= MAX_RULES) break;
    if (part.startsWith('@')) atRules.push(part);
    if (mark === '{') selector = part.startsWith('@') && !/^@(?:font-face|page)/.test(part) ? '' : part;
    else if (part.includes(':') && selector !== '') rules.push({ selector, declarations: parseDeclarations(part) });
    if (mark === '}') selector = '';
  }
  return { rules, atRules };
}

/** Reads what a `style` attribute holds. */
export function parseDeclarations(text: string): readonly Declaration[] {
  return text
    .toLowerCase()
    .split(';')
    .flatMap((part) => {
      const colon = part.indexOf(':');
      const property = part.slice(0, Math.max(0, colon)).trim();
      return property === '' ? [] : [{ property, value: part.slice(colon + 1).trim() }];
    });
}
