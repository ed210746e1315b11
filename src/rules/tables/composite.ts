import type { Octets } from '../octets.ts';
import { splitItems, unwrapBraces } from './braces.ts';
import { LookupError, type LookupTable, type TableHit } from './lookup-table.ts';
import { TableOpenError, type TableOpening } from './table-world.ts';

/**
 * Opens the tables that another is made of: `{type:name, type:name}`. If one of them can't answer, the whole is said not
 * to.
 * @param type of the whole: `unionmap`
 * @throws {TableOpenError} if it isn't a list of tables in braces
 */
export function openParts(
  type: string,
  name: Octets,
  { open }: TableOpening,
): readonly [LookupTable, ...(readonly LookupTable[])] {
  const openPart = (spec: Octets): LookupTable => {
    if (!spec.includes(':')) throw toSyntaxError(type, name, 'type:name');
    return speakAs(`${type}:${name}`, open(spec));
  };
  const [first, ...rest] = splitList(type, name, 'type:name');
  return [openPart(first), ...rest.map(openPart)];
}

/**
 * Splits `{item, item}`.
 * @param what an item is, for the message
 * @throws {TableOpenError} if there are no braces, or nothing in them
 */
export function splitList(type: string, name: Octets, what: string): readonly [Octets, ...(readonly Octets[])] {
  const [first, ...rest] = splitItems(unwrapBraces(name) ?? '');
  if (first === undefined) throw toSyntaxError(type, name, what);
  return [first, ...rest];
}

function toSyntaxError(type: string, name: Octets, what: string): TableOpenError {
  const need = `${type}:{${what}...}`;
  return new TableOpenError(`bad syntax: "${type}:${name}"; need "${need}"`, {
    finding: 'table-syntax',
    hint: `write ${need}`,
  });
}

function speakAs(whole: Octets, part: LookupTable): LookupTable {
  return {
    ...part,
    lookup(key): TableHit | undefined {
      try {
        return part.lookup(key);
      } catch (cause) {
        if (!(cause instanceof LookupError)) throw cause;
        throw new LookupError(whole, cause.problem, { kind: cause.kind, cause });
      }
    },
  };
}
