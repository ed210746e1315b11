import type { SourceLocation } from '../config/config-error.ts';
import type { Octets } from '../octets.ts';
import { foldKey } from '../tables/fold-key.ts';
import { LookupError, type LookupTable } from '../tables/lookup-table.ts';
import type { CheckWorld } from './check-world.ts';
import { splitItems } from '../tables/braces.ts';
import type { View, Word } from './view.ts';

/** A list of names, files of such lists, and tables, as `mydestination` has it, open for questions. */
export interface NameList {
  readonly parameter: Octets;
  /** Every name that is written in it, files and tables included; patterns aren't names. */
  names(): Iterable<ListedName>;
  /** Where a name is in the list; undefined if it isn't, or if a table can't say so. */
  find(name: Octets): SourceLocation | undefined;
  /** The files and tables that can't be read; in them may be more. */
  readonly broken: readonly BrokenItem[];
}

/** A name of a list, in lower case. */
export interface ListedName {
  readonly name: Octets;
  readonly at: SourceLocation;
}

/** A file or table of a list that has no answer. */
export interface BrokenItem extends Word {
  readonly kind: 'file' | 'table';
  /** Why: `No such file or directory`. */
  readonly fault: string;
}

/** One item of the list. */
interface Item {
  readonly isNegated: boolean;
  names(): Iterable<ListedName>;
  find(name: Octets): SourceLocation | undefined;
}

/** A file may name a file that names it. */
const MOST_WITHIN = 10;

/** What any table may be asked to see whether it answers. */
const PROBE = 'postfixture.invalid';

/**
 * Opens the list of a parameter.
 * @param hasSubdomains whether a name stands for its subdomains, too: parent_domain_matches_subdomains names the list
 * @see Postfix's match_list(3)
 */
export function openNameList(
  world: CheckWorld,
  { view, parameter, hasSubdomains = false }: { view: View; parameter: Octets; hasSubdomains?: boolean },
): NameList {
  const broken: BrokenItem[] = [];
  const items = [...readItems(view.words(parameter), { world, hasSubdomains, broken }, 0)];
  return {
    parameter,
    broken,
    *names() {
      for (const item of items) if (!item.isNegated) yield* item.names();
    },
    find(name) {
      for (const item of items) {
        const at = item.find(name);
        if (at) return item.isNegated ? undefined : at;
      }
      return undefined;
    },
  };
}

interface Reading {
  readonly world: CheckWorld;
  readonly hasSubdomains: boolean;
  readonly broken: BrokenItem[];
}

function* readItems(words: Iterable<Word>, reading: Reading, depth: number): Generator<Item> {
  let names = new Map<Octets, SourceLocation>();
  for (const written of words) {
    const { text, at } = written;
    const [marks = ''] = /^!*/.exec(text) ?? [];
    const word = text.slice(marks.length);
    const isNegated = marks.length % 2 === 1;
    if (!isNegated && !/[/:]/.test(word)) {
      // Neighbours that are plain names are one item.
      const name = foldKey(word, false);
      if (!names.has(name)) names.set(name, at);
      continue;
    }
    if (names.size > 0) yield toNamesItem(names, reading.hasSubdomains);
    names = new Map();
    for (const item of readItem({ ...written, text: word }, reading, depth)) {
      yield { ...item, isNegated: item.isNegated !== isNegated };
    }
  }
  if (names.size > 0) yield toNamesItem(names, reading.hasSubdomains);
}

function* readItem(word: Word, reading: Reading, depth: number): Generator<Item> {
  const { text, at } = word;
  const { world, broken } = reading;
  if (text.startsWith('/')) {
    const file = world.readFile(text);
    if ('fault' in file || depth === MOST_WITHIN) {
      broken.push({ ...word, kind: 'file', fault: 'fault' in file ? file.fault : 'nested too deep' });
    } else {
      yield* readItems(listWords(file.text, text), reading, depth + 1);
    }
    return;
  }
  if (!text.includes(':')) {
    yield toNamesItem(new Map([[foldKey(text, false), at]]), reading.hasSubdomains);
    return;
  }
  const named = world.tables.find(({ spec }) => spec === text);
  if (named === undefined) return;
  const place = at.line === undefined ? named.at : at;
  const fault = findFault(named.table);
  if (fault !== undefined) broken.push({ ...word, at: place, kind: 'table', fault });
  else yield toTableItem(named.table, place, reading.hasSubdomains);
}

/** The words of a file that is a list; `#` begins a line that doesn't count. */
function* listWords(text: Octets, file: Octets): Generator<Word> {
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*#/.test(line)) continue;
    for (const word of splitItems(line)) yield { text: word, at: { file, line: index + 1 }, isWritten: true };
  }
}

function toNamesItem(names: ReadonlyMap<Octets, SourceLocation>, hasSubdomains: boolean): Item {
  return {
    isNegated: false,
    *names() {
      for (const [name, at] of names) yield { name, at };
    },
    find: (name) => findAmong(name, hasSubdomains, (key) => names.get(key)),
  };
}

function toTableItem(table: LookupTable, at: SourceLocation, hasSubdomains: boolean): Item {
  return {
    isNegated: false,
    *names() {
      if (table.kind === 'pattern') return;
      for (const { key, source } of table.entries?.() ?? []) yield { name: foldKey(key, false), at: source };
    },
    find: (name) => findAmong(name, hasSubdomains, (key) => ask(table, key, at)),
  };
}

function findAmong(
  name: Octets,
  hasSubdomains: boolean,
  find: (name: Octets) => SourceLocation | undefined,
): SourceLocation | undefined {
  const found = find(name);
  if (found || !hasSubdomains) return found;
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const parent = find(name.slice(dot + 1));
    if (parent) return parent;
  }
  return undefined;
}

function ask(table: LookupTable, key: Octets, at: SourceLocation): SourceLocation | undefined {
  try {
    const hit = table.lookup(key);
    return hit && (hit.source.line === undefined ? at : hit.source);
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return undefined;
  }
}

/** Why a table has no answers; undefined if it has. */
function findFault(table: LookupTable): string | undefined {
  try {
    table.lookup(PROBE);
    return undefined;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return error.problem;
  }
}
