import caniemail from 'caniemail/caniemail.json' with { type: 'json' };
import { compile, is, selectAll } from 'css-select';
import { isTag, type Document, type Element } from 'domhandler';
import { DomUtils, parseDocument } from 'htmlparser2';
import { toFeature, type Feature, type FeatureData } from './feature.ts';
import type { FeatureTest } from './feature-tests.ts';
import { parseDeclarations, parseStyleSheet, type Declaration, type StyleSheet } from './style-sheet.ts';

/** A feature that a mail uses, and that not every mail program has. */
export interface HtmlWarning extends Omit<Feature, 'test'> {
  /** How often it is used. */
  readonly found: number;
}

/** Which mail programs show an HTML as it is meant. */
export interface HtmlCheck {
  /** The gravest first. */
  readonly warnings: readonly HtmlWarning[];
  /** The programs that features were tried in, by platform. */
  readonly platforms: Readonly<Record<string, readonly string[]>>;
  /** How many features were looked for, and among how many elements. */
  readonly tests: number;
  readonly nodes: number;
}

const DATA = caniemail as unknown as FeatureData;
const FEATURES = DATA.data.flatMap((entry) => toFeature(entry, DATA.nicenames) ?? []);
const PLATFORMS = listPlatforms(DATA);

/** More isn't looked at. */
const MAX_LENGTH = 2 * 1024 * 1024;
const MAX_NODES = 50_000;

/**
 * Looks in an HTML for the features that caniemail.com knows of: elements and attributes, the types of pictures, and what
 * its style sheets and `style` attributes hold. Linked style sheets aren't fetched. What is wrong is read as browsers do.
 */
export function checkHtml(html: string): HtmlCheck {
  const document = parseDocument(html.slice(0, MAX_LENGTH));
  const all = listElements(document);
  const hasBody = all.some(({ name }) => name === 'body');
  const counted = hasBody ? all.filter(({ name }) => !/^(?:html|head|meta)$/.test(name)) : all;
  const sheet = parseStyleSheet(
    all
      .filter(({ name }) => name === 'style')
      .map((style) => DomUtils.textContent(style))
      .join('\n'),
  );
  const styles = listStyles(document, all, sheet);
  const sources = all.flatMap((element) => (element.name === 'img' ? [element.attribs['src'] ?? ''] : []));
  const warnings = FEATURES.flatMap((feature): readonly HtmlWarning[] => {
    const { test, ...rest } = feature;
    const found = count(test, { all, styles, sheet, sources });
    return found === 0 || feature.supportedPercent === 100 ? [] : [{ ...rest, found }];
  });
  const weight = ({ found, partialPercent, unsupportedPercent }: HtmlWarning): number =>
    (partialPercent + unsupportedPercent) * found;
  return {
    warnings: warnings.sort((a, b) => weight(b) - weight(a)),
    platforms: PLATFORMS,
    tests: FEATURES.length,
    nodes: counted.length,
  };
}

/** In the order of the HTML. DomUtils.find takes time by the square of the depth. */
function listElements(document: Document): readonly Element[] {
  const elements: Element[] = [];
  const waiting = document.children.toReversed();
  for (let node = waiting.pop(); node && elements.length < MAX_NODES; node = waiting.pop()) {
    if (!isTag(node)) continue;
    elements.push(node);
    for (const child of node.children.toReversed()) waiting.push(child);
  }
  return elements;
}

/** A declaration, and how many elements have it. */
interface UsedStyle {
  readonly declaration: Declaration;
  readonly elements: number;
}

function listStyles(document: Document, all: readonly Element[], sheet: StyleSheet): readonly UsedStyle[] {
  const own = all.flatMap(({ attribs }) =>
    parseDeclarations(attribs['style'] ?? '').map((declaration) => ({ declaration, elements: 1 })),
  );
  const found = new Map<string, number>();
  const ofSheet = sheet.rules.flatMap(({ selector, declarations }) => {
    const elements = found.get(selector) ?? countElements(document, selector);
    found.set(selector, elements);
    return elements === 0 ? [] : declarations.map((declaration) => ({ declaration, elements }));
  });
  return [...own, ...ofSheet];
}

/** How many elements a style sheet's selector finds, whatever they are being done with. */
function countElements(document: Document, selector: string): number {
  try {
    return selectAll<Document | Element, Element>(selector.replace(/::?[\w-]+(?:\([^()]*\))?/g, ''), document).length;
  } catch {
    return 0;
  }
}

function count(
  test: FeatureTest,
  mail: {
    readonly all: readonly Element[];
    readonly styles: readonly UsedStyle[];
    readonly sheet: StyleSheet;
    readonly sources: readonly string[];
  },
): number {
  switch (test.kind) {
    case 'selector': {
      const isFound = compile<Document | Element, Element>(test.selector);
      return mail.all.filter((element) => is<Document | Element, Element>(element, isFound)).length;
    }
    case 'declaration':
      return mail.styles
        .filter(({ declaration }) => test.matches(declaration))
        .reduce((sum, { elements }) => sum + elements, 0);
    case 'sheet':
      return test.count(mail.sheet);
    case 'image':
      return mail.sources.filter((source) => test.matches(source.slice(0, 2000).replace(/[?#].*$/s, ''))).length;
  }
}

function listPlatforms({ data, nicenames }: FeatureData): Readonly<Record<string, readonly string[]>> {
  const platforms = new Map<string, Set<string>>();
  for (const { stats } of data) {
    for (const [family, byPlatform] of Object.entries(stats)) {
      for (const platform of Object.keys(byPlatform)) {
        const families = platforms.get(platform) ?? new Set();
        platforms.set(platform, families.add(nicenames.family[family] ?? family));
      }
    }
  }
  return Object.fromEntries([...platforms].map(([platform, families]) => [platform, [...families].sort()]));
}
