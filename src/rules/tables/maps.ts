import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import type { LookupTable, TableHit } from './lookup-table.ts';

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
}

/** The lookup tables of one parameter, asked in their order. @see Postfix's maps(3) */
export interface Maps {
  /** The parameter. */
  readonly parameter: Octets;
  readonly tables: readonly LookupTable[];
  /**
   * The first table's answer that has the key.
   * @throws {LookupError} as soon as a table that is asked can't answer
   */
  find(key: Octets, question: MapsQuestion): MapsHit | undefined;
}

/** Makes one of tables that are open. */
export function toMaps(parameter: Octets, tables: readonly LookupTable[]): Maps {
  return {
    parameter,
    tables,
    find(key, { stage, steps, isPartial = false }) {
      for (const table of tables) {
        if (isPartial && table.kind === 'pattern') continue;
        const hit = table.lookup(key);
        const asked = { stage, parameter, table: table.name, key };
        if (hit === undefined) {
          steps.push({ ...asked, result: null });
        } else {
          const { file, line } = hit.source;
          steps.push({ ...asked, file, ...(line !== undefined && { line }), result: hit.value });
          return { ...hit, table };
        }
      }
      return undefined;
    },
  };
}
