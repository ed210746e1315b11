import type { Ending } from '../qmgr/end-recipient.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { Maps } from '../tables/maps.ts';
import { splitDsn } from './dsn-text.ts';

/**
 * Changes code and text of an outcome as `default_delivery_status_filter` and its like say. A success stays a success;
 * a failure may become permanent or temporary.
 * @see postconf(5), default_delivery_status_filter; Postfix's dsn_filter(3)
 */
export function filterStatus(outcome: Ending, maps: Maps): Ending {
  const { status, dsn, text, waitsIn } = outcome;
  // Of what isn't logged nothing is filtered.
  if (maps.tables.length === 0 || waitsIn !== undefined) return outcome;
  const found = findFilter(`${dsn} ${text}`, maps);
  if (found === undefined) return outcome;
  const filtered = splitDsn(found, '');
  const isFailure = status === 'bounced' || status === 'deferred';
  if (filtered.dsn === '' || filtered.dsn.startsWith('2') === isFailure) return outcome;
  if (!isFailure) return { ...outcome, ...filtered };
  return { ...outcome, ...filtered, status: filtered.dsn.startsWith('4') ? 'deferred' : 'bounced' };
}

function findFilter(key: string, maps: Maps): string | undefined {
  try {
    return maps.find(key, { stage: 'bounce', steps: [] })?.value;
  } catch (error) {
    // QUIRK: a filter that can't answer filters nothing.
    if (error instanceof LookupError) return undefined;
    throw error;
  }
}
