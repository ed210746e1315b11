import { readListItems } from '../lists/list-items.ts';
import { toMatchList } from '../lists/match-list.ts';
import type { Octets } from '../octets.ts';
import { splitItems } from './braces.ts';
import type { TableOpening } from './table-world.ts';

/**
 * Opens the list of domains that a table's file restricts its keys to.
 * @returns whether the list has a name. It throws {@link LookupError} where the item that decides can't be read or asked.
 * @see Postfix's string_list(3)
 */
export function openNameList(text: Octets, { world, at, open }: TableOpening): (name: Octets) => boolean {
  const { readFile, smtputf8, report } = world;
  const items = readListItems(splitItems(text), at, { readFile, openTable: open, smtputf8 });
  for (const item of items) {
    if (item.kind !== 'unread') continue;
    const problem = `open file ${item.written}: ${item.fault}`;
    report({
      severity: 'error',
      code: 'list-file-unreadable',
      at,
      problem,
      why: 'what the list would hold isn’t known, so that lookups which need it fail',
      hint: `write ${item.written}, or take it out of the list`,
      postfixLine: `warning: ${problem}`,
    });
  }
  const list = toMatchList('domain', items, { holds: 'strings', parentsMatch: false, smtputf8 });
  return (name) => list.has({ name }, { stage: 'domain', steps: [] });
}
