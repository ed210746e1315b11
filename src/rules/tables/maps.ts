import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import { findUnavailableWarning, LookupError, type LookupTable, type TableHit } from './lookup-table.ts';

/** A hit, and the table that it came from. */
export interface MapsHit extends TableHit {
  readonly table: LookupTable;
}

/** Which key, and what it is. */
export interface MapsQuestion {
  /** Stage of the steps that the look-ups leave: `virtual_alias`. */
  readonly stage: string;
  /** Gets a step for each table that was asked. */
  readonly steps: TraceStep[];
  /** The key is a part of an address: tables of patterns aren't asked. */
  readonly isPartial?: boolean;
  /** Is told what Postfix's log would say of a table that can't answer. */
  readonly warn?: ((text: Octets) => void) | undefined;
}

/** The lookup tables of one parameter, asked in their order. @see Postfix's maps(3) */
export interface Maps {
  /** The parameter. */
  readonly parameter: Octets;
  readonly tables: readonly LookupTable[];
  /**
   * The first table's answer that has the key.
   * @throws {LookupError} as soon as a table that is asked can't answer, or answers with nothing
   */
  find(key: Octets, question: MapsQuestion): MapsHit | undefined;
}

/** Makes one of tables that are open. */
export function toMaps(parameter: Octets, tables: readonly LookupTable[]): Maps {
  return {
    parameter,
    tables,
    find(key, question) {
      for (const table of tables) {
        if (question.isPartial === true && table.kind === 'pattern') continue;
        const hit = ask(table, key, { parameter, question });
        if (hit !== undefined) return { key: hit.key, value: hit.value, source: hit.source, table };
      }
      return undefined;
    },
  };
}

/** Steps are written out here, since copying objects is what takes time. */
function ask(
  table: LookupTable,
  key: Octets,
  { parameter, question }: { readonly parameter: Octets; readonly question: MapsQuestion },
): TableHit | undefined {
  const { stage, steps, warn } = question;
  let hit: TableHit | undefined;
  try {
    hit = table.lookup(key);
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    steps.push({ stage, parameter, table: table.name, key, result: null, note: error.problem });
    const unavailable = findUnavailableWarning(error);
    if (unavailable !== undefined) warn?.(unavailable);
    warn?.(`warning: ${error.table} lookup error for "${key}"`);
    throw error;
  }
  if (hit === undefined) {
    steps.push({ stage, parameter, table: table.name, key, result: null });
    return undefined;
  }
  const { file, line } = hit.source;
  steps.push({ stage, parameter, table: table.name, key, file, line, result: hit.value });
  if (hit.value !== '') return hit;
  // QUIRK: an entry without a value isn't a miss.
  warn?.(`warning: ${parameter} lookup of ${key} returns an empty string result`);
  warn?.(`warning: ${parameter} should return NO RESULT in case of NOT FOUND`);
  throw new LookupError(table.messageName ?? table.name, 'empty string result', { kind: 'configuration' });
}
