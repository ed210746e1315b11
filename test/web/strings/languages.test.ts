import { expect, test } from 'vitest';

type Words = Readonly<Record<string, unknown>>;

/** Every file of a language by its name, with its words. */
const english = byArea(import.meta.glob<Words>('../../../web/src/strings/en/*.ts', { eager: true }));
const japanese = byArea(import.meta.glob<Words>('../../../web/src/strings/ja/*.ts', { eager: true }));

/** The same in every language: names of products and formats, Postfix's and MIME's terms, commands, signs. */
const PROPER = new Set([
  'Postfixture',
  'HTML',
  'Bcc',
  'TLS',
  'English',
  '日本語',
  'postconf(5)',
  'postfixture --config /etc/postfix',
  './postfix/main.cf',
  '<>',
  '–',
]);

function byArea(files: Readonly<Record<string, Words>>): ReadonlyMap<string, Words> {
  return new Map(Object.entries(files).map(([path, words]) => [path.split('/').at(-1) ?? path, words]));
}

/** `list.marks.bcc.short` → its words, for all that are in `value`. */
function flatten(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`));
}

/** What a caller relies on: text, or a function of so many arguments. */
function kindOf(value: unknown): string {
  return typeof value === 'function' ? `function of ${value.length}` : typeof value;
}

const areas = [...english.keys()].filter((name) => name !== 'plural.ts');

test('Japanese has the areas that English has', () => {
  expect([...japanese.keys()].sort()).toEqual([...areas].sort());
});

test.for(areas)('%s: Japanese has every key of English and no other, each of the same kind', (name) => {
  const kinds = (words: Words | undefined) =>
    Object.fromEntries(flatten(words).map(([path, value]) => [path, kindOf(value)]));

  expect(kinds(japanese.get(name))).toEqual(kinds(english.get(name)));
});

test.for(areas)('%s: what Japanese says isn’t English, but for proper names', (name) => {
  const inEnglish = new Map(flatten(english.get(name)));

  const untranslated = flatten(japanese.get(name)).filter(
    ([path, value]) => typeof value === 'string' && value === inEnglish.get(path) && !PROPER.has(value),
  );

  expect(untranslated).toEqual([]);
});
