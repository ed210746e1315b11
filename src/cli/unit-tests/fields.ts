import { findNearestName } from '../../rules/config/nearest-name.ts';
import type { Mistakes, Place } from './mistakes.ts';
import type { YamlEntry, YamlText, YamlValue } from './yaml-value.ts';

/**
 * The entries of a mapping, by key. Keys that nobody knows are mistakes, with the nearest that somebody does.
 * @param what how a mistake calls the mapping: `a test`
 */
export function readFields<K extends string>(
  value: YamlValue,
  { what, keys }: { readonly what: string; readonly keys: readonly K[] },
  mistakes: Mistakes,
): ReadonlyMap<K, YamlEntry> {
  if (value.kind !== 'map') {
    mistakes.add(value.at, `${what} is a mapping`, `write lines of KEY: VALUE, such as ${keys[0] ?? ''}:`);
    return new Map();
  }
  const known = new Map<string, K>(keys.map((key) => [key, key]));
  const fields = new Map<K, YamlEntry>();
  for (const entry of value.entries) {
    const key = known.get(entry.key);
    if (key !== undefined) fields.set(key, entry);
    else mistakes.add(entry.keyAt, `${what} has no key "${entry.key}"`, suggest(entry.key, keys));
  }
  return fields;
}

/** A scalar's text. */
export function readText({ keyAt, key, value }: YamlEntry, mistakes: Mistakes): YamlText | undefined {
  if (value.kind === 'text') return value;
  mistakes.add(keyAt, `${key} is a text`, `write ${key}: VALUE`);
  return undefined;
}

/** One scalar, or a list of them. */
export function readTexts({ keyAt, key, value }: YamlEntry, mistakes: Mistakes): readonly YamlText[] {
  const items = value.kind === 'list' ? value.items : [value];
  const texts = items.filter((item) => item.kind === 'text');
  if (texts.length < items.length) mistakes.add(keyAt, `${key} is a text or a list of texts`, `write ${key}: [A, B]`);
  return texts;
}

/** One of some words. */
export function readWord<W extends string>(
  { text, at }: Pick<YamlText, 'text' | 'at'>,
  { what, words }: { readonly what: string; readonly words: readonly W[] },
  mistakes: Mistakes,
): W | undefined {
  const word = words.find((known) => known === text);
  if (word === undefined) mistakes.add(at, `"${text}" is no ${what}`, suggest(text, words));
  return word;
}

/** Something that must be there. */
export function need(at: Place, what: string, mistakes: Mistakes): void {
  mistakes.add(at, `${what} is missing`, `write ${what}:`);
}

function suggest(name: string, known: readonly string[]): string {
  const nearest = findNearestName(name, known);
  return nearest === undefined ? `write one of ${known.join(', ')}` : `did you mean ${nearest}?`;
}
