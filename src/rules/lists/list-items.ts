import type { SourceLocation } from '../config/config-error.ts';
import type { Octets } from '../octets.ts';
import { splitItems } from '../tables/braces.ts';
import type { ReadFileFact } from '../tables/file-text.ts';
import { findLetters, foldKey, isUtf8 } from '../tables/fold-key.ts';
import type { LookupTable } from '../tables/lookup-table.ts';

/** One item of a list of patterns. */
export type ListItem = ListPattern | ListTable | UnreadList;

/** A name, an address, or a network. */
export interface ListPattern extends ListPlace {
  readonly kind: 'pattern';
  /** Without `!`, its case folded. */
  readonly pattern: Octets;
}

/** A lookup table: what it has is in the list. */
export interface ListTable extends ListPlace {
  readonly kind: 'table';
  readonly table: LookupTable;
}

/** A file that can't be read: whoever gets so far has no answer. */
export interface UnreadList extends ListPlace {
  readonly kind: 'unread';
  readonly fault: string;
}

interface ListPlace {
  /** As written, with its `!`. */
  readonly written: Octets;
  /** Whether what matches is left out of the list. */
  readonly isNegated: boolean;
  readonly at: SourceLocation;
}

/** What a list is made of. */
export interface ListSources {
  readonly readFile: ReadFileFact;
  readonly openTable: (spec: Octets, at: SourceLocation) => LookupTable;
  /** Whether case is folded as Unicode does: smtputf8_enable. */
  readonly smtputf8: boolean;
}

/**
 * Reads the items of a list: patterns, `type:name` tables, and `/file`s of such items, which stand in the file's place;
 * `!` before an item, or before a file, leaves out what matches, and `#` ends a list, or a line of a file.
 * @param at where the list is written
 * @see Postfix's match_list(3)
 */
export function readListItems(words: readonly Octets[], at: SourceLocation, sources: ListSources): readonly ListItem[] {
  return [...readItems(words, at, { sources, within: [], isNegated: false })];
}

/** A name as lists compare it. */
export function foldName(name: Octets, smtputf8: boolean): Octets {
  return findLetters(name) === 'small' ? name : foldKey(name, smtputf8 && isUtf8(name));
}

interface Reading {
  readonly sources: ListSources;
  /** The files that the list is in. */
  readonly within: readonly Octets[];
  readonly isNegated: boolean;
}

function* readItems(words: readonly Octets[], at: SourceLocation, reading: Reading): Generator<ListItem> {
  const { sources, within } = reading;
  for (const written of words) {
    // QUIRK: only lists of this kind have comments at their end.
    if (written.startsWith('#')) return;
    const [marks = ''] = /^!*/.exec(written) ?? [];
    const item = written.slice(marks.length);
    const isNegated = (marks.length % 2 === 1) !== reading.isNegated;
    const place = { written, isNegated, at };
    if (item.startsWith('/')) {
      const file = within.includes(item) ? { fault: 'the file names itself' } : sources.readFile(item);
      if ('fault' in file) yield { kind: 'unread', ...place, written: item, fault: file.fault };
      else yield* readFileItems(file.text, item, { sources, within: [...within, item], isNegated });
    } else if (isTable(item)) {
      yield { kind: 'table', ...place, table: sources.openTable(item, at) };
    } else if (item !== '') {
      yield { kind: 'pattern', ...place, pattern: foldName(item, sources.smtputf8) };
    }
  }
}

function* readFileItems(text: Octets, file: Octets, reading: Reading): Generator<ListItem> {
  for (const [index, line] of text.split('\n').entries()) {
    yield* readItems(splitItems(line), { file, line: index + 1 }, reading);
  }
}

/** An address of IPv6 in brackets is none. */
function isTable(item: Octets): boolean {
  return !item.startsWith('[') && item.includes(':');
}
