import type { Octets } from '../octets.ts';
import { foldKey } from './fold-key.ts';
import { LookupError } from './lookup-table.ts';
import type { TableOpening } from './table-world.ts';

/** A file may name a file that names it. */
const MAX_DEPTH = 10;

/** One item of a list, ready to be asked. */
interface ListItem {
  /** Whether what matches is left out of the list. */
  readonly isNegated: boolean;
  matches(name: Octets): boolean;
}

/**
 * Opens a list of names, files of such lists, and tables; `!` before an item leaves out what it matches.
 * @returns whether the list has a name, in any case: the first item that matches decides. It throws
 * {@link LookupError} where that item can't be read or asked.
 * @see Postfix's string_list(3), match_list(3)
 */
export function openNameList(text: Octets, opening: TableOpening): (name: Octets) => boolean {
  const items = [...readItems(text, opening, 0)];
  return (name) => {
    const item = items.find((candidate) => candidate.matches(name));
    return item !== undefined && !item.isNegated;
  };
}

function* readItems(text: Octets, opening: TableOpening, depth: number): Generator<ListItem> {
  for (const written of text.split(/[,\s]+/).filter((item) => item !== '')) {
    const [marks = ''] = /^!*/.exec(written) ?? [];
    const item = written.slice(marks.length);
    const isNegated = marks.length % 2 === 1;
    if (!item.startsWith('/')) {
      yield { isNegated, matches: item.includes(':') ? matchTable(item, opening) : matchName(item) };
      continue;
    }
    const file = opening.world.readFile(item);
    if ('fault' in file || depth === MAX_DEPTH) {
      yield { isNegated, matches: reportUnread(item, 'fault' in file ? file.fault : 'nested too deep', opening) };
      continue;
    }
    const lines = file.text.replace(/^[ \t]*#.*$/gm, '');
    for (const inner of readItems(lines, opening, depth + 1)) {
      yield { ...inner, isNegated: inner.isNegated !== isNegated };
    }
  }
}

function matchName(item: Octets): ListItem['matches'] {
  const folded = foldKey(item, false);
  return (name) => foldKey(name, false) === folded;
}

function matchTable(spec: Octets, { open }: TableOpening): ListItem['matches'] {
  const table = open(spec);
  return (name) => table.lookup(name) !== undefined;
}

function reportUnread(file: Octets, fault: string, { world, at }: TableOpening): ListItem['matches'] {
  world.report({
    severity: 'error',
    code: 'list-file-unreadable',
    at,
    problem: `open file ${file}: ${fault}`,
    why: 'what the list would hold isn’t known, so that lookups which need it fail',
    hint: `write ${file}, or take it out of the list`,
    postfixLine: `warning: open file ${file}: ${fault}`,
  });
  return () => {
    throw new LookupError(file, fault);
  };
}
