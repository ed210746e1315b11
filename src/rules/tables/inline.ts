import { trimBlanks } from '../config/braces.ts';
import type { Octets } from '../octets.ts';
import { extractBraces, splitItems, unwrapBraces } from './braces.ts';
import { foldKey, isUtf8 } from './fold-key.ts';
import { readNamedFiles } from './named-files.ts';
import type { LookupTable, TableHit } from './lookup-table.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

type Pair = readonly [key: Octets, value: Octets];

/**
 * Opens `inline:{key=value, { key = long value }}`: a table written in main.cf itself. Of two equal keys the last one
 * wins.
 * @throws {TableOpenError} when braces don't match, or a pair has no `=`
 * @see DATABASE_README, "inline"
 */
export function openInlineTable(name: Octets, { at, world }: TableOpening): LookupTable {
  const spec = `inline:${name}`;
  const refuse = (fault: string, what = 'value'): never => {
    throw new TableOpenError(`${fault}: "${spec}"; need "inline:{name=${what}...}"`, {
      finding: 'table-syntax',
      hint: 'write inline:{name=value, {name = long value}}',
    });
  };
  if (world.smtputf8 && !isUtf8(name)) return refuse('bad UTF-8 syntax');
  const inner = unwrapBraces(name);
  if (inner === undefined) return refuse('bad syntax');
  const fold = (key: Octets): Octets => (world.foldsCase ? foldKey(key, world.smtputf8) : key);
  const what = world.valuesNameFiles === true ? 'filename' : 'value';
  const hits = new Map<Octets, TableHit>();
  for (const item of splitItems(inner)) {
    const pair = readPair(item);
    if ('fault' in pair) return refuse(pair.fault, what);
    const [key, written] = pair;
    const named = readNamedFiles(written, world);
    if ('fault' in named) return refuse(named.fault, what);
    hits.set(fold(key), { key, value: named.value, source: at });
  }
  if (hits.size === 0) return refuse('empty table', what);
  return {
    name: spec,
    kind: 'fixed',
    isSnapshot: true,
    lookup: (key) => hits.get(key),
    *entries() {
      for (const [key, hit] of hits) yield { ...hit, key };
    },
  };
}

function readPair(item: Octets): Pair | { readonly fault: string } {
  if (!item.startsWith('{')) return splitPair(item);
  const inner = extractBraces(item);
  return 'fault' in inner ? inner : splitPair(inner.text);
}

/** @see Postfix's split_qnameval(3) */
function splitPair(text: Octets): Pair | { readonly fault: string } {
  const start = text.search(/[^ \t\n\v\f\r]/);
  if (start < 0) return { fault: 'no key found; expected format: key = value' };
  const end = findKeyEnd(text, start);
  if (end === undefined) return { fault: `unbalanced '"'` };
  const rest = text.slice(end).replace(/^[ \t\n\v\f\r]+/, '');
  if (!rest.startsWith('=')) return { fault: "missing '=' after attribute name" };
  return [text.slice(start, end), trimBlanks(rest.slice(1))];
}

/** Where the key ends: at white space or `=` outside quotes. @returns undefined if a quote isn't closed */
function findKeyEnd(text: Octets, start: number): number | undefined {
  let isQuoted = false;
  let index = start;
  for (; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '\\') index++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && '= \t\n\v\f\r'.includes(character)) break;
  }
  return isQuoted ? undefined : Math.min(index, text.length);
}
