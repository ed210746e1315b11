import { LookupError, type LookupTable, type TableHit } from '../tables/lookup-table.ts';

/** Every entry of a table; none if it can't list them, or is broken, which has been reported when it was opened. */
export function* listEntries(table: LookupTable): Generator<TableHit> {
  try {
    yield* table.entries?.() ?? [];
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
  }
}
