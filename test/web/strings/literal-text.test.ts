import { parse, type AST } from 'svelte/compiler';
import { expect, test } from 'vitest';

/** Every component's source by its path. */
const components = import.meta.glob<string>('../../../web/src/**/*.svelte', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Attributes, and properties of our own components, that are read by people. */
const READ =
  /^(?:title|alt|placeholder|label|hint|text|name|aria-(?:label|description|roledescription|valuetext))$|Label$/;
/** Where `name` isn't for people. */
const TECHNICAL_NAME = new Set(['input', 'Icon']);
/** The same in every language: terms, and keys as they are named behind what they do. */
const PROPER = /sha256|\bcid:|\.eml\b|\([a-zA-Z]\)/g;

/** Finds the text that people would read and that is written into the component itself. */
function findLiteralText(source: string): readonly string[] {
  const found: string[] = [];
  const take = (text: string): void => {
    if (/\p{Letter}/u.test(text.replace(PROPER, ''))) found.push(text.trim());
  };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    // Names of keys: they are printed on the keyboard.
    if (node.type === 'RegularElement' && 'name' in node && node.name === 'kbd') return;
    if (node.type === 'Text' && 'data' in node) take(String(node.data));
    if (node.type === 'ExpressionTag' && 'expression' in node) takeStrings(node.expression);
    if ('attributes' in node && Array.isArray(node.attributes)) visitAttributes(node as AST.ElementLike);
    for (const [key, child] of Object.entries(node)) if (key !== 'attributes' && key !== 'parent') visit(child);
  };
  /** `{isOpen ? 'Close' : 'Open'}` is literal text as well. */
  const takeStrings = (expression: unknown): void => {
    if (typeof expression !== 'object' || expression === null || !('type' in expression)) return;
    if (expression.type === 'Literal' && 'value' in expression && typeof expression.value === 'string')
      take(expression.value);
    if (expression.type === 'ConditionalExpression' && 'consequent' in expression && 'alternate' in expression)
      [expression.consequent, expression.alternate].forEach(takeStrings);
    if (expression.type === 'TemplateLiteral' && 'quasis' in expression)
      for (const { value } of expression.quasis as { value: { cooked: string } }[]) take(value.cooked);
  };
  const visitAttributes = ({ name: element, attributes }: AST.ElementLike): void => {
    for (const attribute of attributes) {
      if (attribute.type !== 'Attribute' || attribute.value === true || !READ.test(attribute.name)) continue;
      if (attribute.name === 'name' && TECHNICAL_NAME.has(element)) continue;
      visit(attribute.value);
    }
  };
  visit(parse(source, { modern: true }).fragment);
  return found;
}

test.for([
  { source: '<p>Hello</p>', found: ['Hello'] },
  { source: '<p>{#if yes}<b>No</b>{/if}</p>', found: ['No'] },
  { source: '<button aria-label="Close">×</button>', found: ['Close'] },
  { source: '<button title={isOpen ? "Close" : words.open}>{words.menu}</button>', found: ['Close'] },
  { source: '<Field clearLabel="Clear {what}" />', found: ['Clear'] },
  { source: '<p>{`${count} new`}</p>', found: ['new'] },
  { source: '<p class="meta">{words.some} · <kbd>z</kbd> →</p>', found: [] },
])('in $source the literal text is $found', ({ source, found }) => {
  expect(findLiteralText(source)).toEqual(found);
});

test.for(Object.entries(components))('%s has no text of its own: its words are in web/src/strings', ([, source]) => {
  expect(findLiteralText(source)).toEqual([]);
});
