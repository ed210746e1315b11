import type { SourceLocation } from '../config/config-error.ts';
import { toServiceName } from '../config/master-cf.ts';
import type { Octets } from '../octets.ts';
import { foldKey } from '../tables/fold-key.ts';
import { LookupError, type LookupTable } from '../tables/lookup-table.ts';
import type { CheckWorld } from './check-world.ts';
import { splitItems } from '../tables/braces.ts';
import { listEntries } from './table-entries.ts';
import type { View, Word } from './view.ts';

/** A list of domains, files of such lists, and tables, as `mydestination` has it, open for questions. */
export interface NameList {
  readonly parameter: Octets;
  /** Every domain that is written in it, files and tables included; patterns aren't domains. */
  names(): Iterable<ListedName>;
  /** Where a domain is in the list; undefined if it isn't, or if a table can't say so. */
  find(domain: Octets): SourceLocation | undefined;
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

/** One item of the list: the names that it has, or a table that can only be asked. */
type Item = { readonly isNegated: boolean } & (
  | { readonly kind: 'names'; readonly names: () => Iterable<ListedName> }
  | { readonly kind: 'table'; readonly find: (name: Octets) => SourceLocation | undefined }
);

/** Neighbouring items as one. */
interface Block {
  readonly isNegated: boolean;
  readonly names: () => Iterable<ListedName>;
  find(name: Octets): SourceLocation | undefined;
}

/** A file may name a file that names it. */
const MOST_WITHIN = 10;

/** What any table may be asked to see whether it answers. */
const PROBE = 'postfixture.invalid';

/**
 * Opens the list of a parameter, each but once: checks look at the same lists.
 * @param hasSubdomains whether a name stands for its subdomains, too: parent_domain_matches_subdomains names the list
 * @see Postfix's match_list(3)
 */
export function openNameList(
  world: CheckWorld,
  { view, parameter, hasSubdomains = false }: { view: View; parameter: Octets; hasSubdomains?: boolean },
): NameList {
  const service = view.service === undefined ? '' : toServiceName(view.service);
  return world.once(`name list ${service} ${parameter} ${hasSubdomains}`, () =>
    readNameList(world, { view, parameter, hasSubdomains }),
  );
}

function readNameList(
  world: CheckWorld,
  { view, parameter, hasSubdomains }: { view: View; parameter: Octets; hasSubdomains: boolean },
): NameList {
  const broken: BrokenItem[] = [];
  const blocks = joinItems([...readItems(view.words(parameter), { world, broken }, 0)], hasSubdomains);
  return {
    parameter,
    broken,
    *names() {
      for (const block of blocks) if (!block.isNegated) yield* block.names();
    },
    find(domain) {
      for (const block of blocks) {
        const at = block.find(domain);
        if (at) return block.isNegated ? undefined : at;
      }
      return undefined;
    },
  };
}

/** Neighbours whose names are known are asked together: a list may have thousands of them. */
function joinItems(items: readonly Item[], hasSubdomains: boolean): readonly Block[] {
  const blocks: Block[] = [];
  let joined: (() => Iterable<ListedName>)[] = [];
  for (const [index, item] of items.entries()) {
    const { isNegated } = item;
    if (item.kind === 'table') {
      blocks.push({ isNegated, names: () => [], find: (name) => findAmong(name, hasSubdomains, item.find) });
      continue;
    }
    joined.push(item.names);
    const next = items[index + 1];
    if (next?.kind === 'names' && next.isNegated === isNegated) continue;
    blocks.push({ isNegated, ...indexNames(joined, hasSubdomains) });
    joined = [];
  }
  return blocks;
}

function indexNames(parts: readonly (() => Iterable<ListedName>)[], hasSubdomains: boolean): Omit<Block, 'isNegated'> {
  let known: ReadonlyMap<Octets, SourceLocation> | undefined;
  const read = (): ReadonlyMap<Octets, SourceLocation> => {
    const places = new Map<Octets, SourceLocation>();
    for (const part of parts) {
      for (const { name, at } of part()) if (!places.has(name)) places.set(name, at);
    }
    return places;
  };
  const index = (): ReadonlyMap<Octets, SourceLocation> => (known ??= read());
  return {
    *names() {
      for (const [name, at] of index()) yield { name, at };
    },
    find: (name) => findAmong(name, hasSubdomains, (key) => index().get(key)),
  };
}

interface Reading {
  readonly world: CheckWorld;
  readonly broken: BrokenItem[];
}

function* readItems(words: Iterable<Word>, reading: Reading, depth: number): Generator<Item> {
  for (const written of words) {
    if (written.text.startsWith('#')) return;
    const [marks = ''] = /^!*/.exec(written.text) ?? [];
    const word = { ...written, text: written.text.slice(marks.length) };
    const isNegated = marks.length % 2 === 1;
    for (const item of readItem(word, reading, depth)) yield { ...item, isNegated: item.isNegated !== isNegated };
  }
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
    yield { isNegated: false, kind: 'names', names: () => [{ name: foldKey(text, false), at }] };
    return;
  }
  const named = world.tables.find(({ spec }) => spec === text);
  if (named === undefined) return;
  const place = at.line === undefined ? named.at : at;
  const fault = findFault(named.table);
  if (fault !== undefined) broken.push({ ...word, at: place, kind: 'table', fault });
  else yield toTableItem(named.table, place);
}

/** The words of a file that is a list; `#` ends a line. */
function* listWords(text: Octets, file: Octets): Generator<Word> {
  for (const [index, line] of text.split('\n').entries()) {
    for (const word of splitItems(line)) {
      if (word.startsWith('#')) break;
      yield { text: word, at: { file, line: index + 1 }, isWritten: true };
    }
  }
}

function toTableItem(table: LookupTable, at: SourceLocation): Item {
  if (table.kind === 'pattern' || table.entries === undefined) {
    return { isNegated: false, kind: 'table', find: (name) => ask(table, name, at) };
  }
  return {
    isNegated: false,
    kind: 'names',
    *names() {
      for (const { key, source } of listEntries(table)) {
        // What is no domain is never asked for, and may be a million addresses.
        if (!/[@\s]/.test(key)) yield { name: foldKey(key, false), at: source.line === undefined ? at : source };
      }
    },
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
