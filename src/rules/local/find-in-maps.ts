import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { Maps, MapsHit } from '../tables/maps.ts';
import type { TraceStep } from '../trace.ts';
import { note, warn, type Run, type Way } from './way.ts';

/**
 * Looks a name up, and leaves the steps at the address that the way has come to.
 * @returns undefined if no table has it; `unavailable` if one of them can't answer
 */
export function findInMaps(run: Run, way: Way, maps: Maps, key: Octets): MapsHit | 'unavailable' | undefined {
  if (maps.tables.length === 0) return undefined;
  const steps: TraceStep[] = [];
  try {
    return maps.find(key, {
      stage: maps.parameter === 'alias_maps' ? 'alias' : 'local',
      steps,
      warn: (text) => warn(run, text.replace(/^warning: /, '')),
    });
  } catch (error) {
    if (error instanceof LookupError) return 'unavailable';
    throw error;
  } finally {
    note(run, way, ...steps);
  }
}
