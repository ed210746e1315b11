import { FatalError } from '../../rules/config/fatal-error.ts';
import { toUsageError } from '../postfix-tool.ts';
import { addToMaps, buildMaps, deleteFromMaps } from './map-build.ts';
import { listTable, queryTables } from './map-query.ts';
import type { MapSession } from './map-session.ts';

/**
 * Does what postmap or postalias is asked for, and prints why if it gives up.
 * @returns the exit status
 */
export async function runMapRequest(session: MapSession, usage: string): Promise<number> {
  await using _ = session.lookups;
  try {
    return await act(session, usage);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    session.say(error.message);
    return 1;
  }
}

async function act(session: MapSession, usage: string): Promise<number> {
  const { action, tables } = session.request;
  if (tables.length === 0 && action.kind !== 'list') throw toUsageError(usage);
  switch (action.kind) {
    case 'query':
      return await queryTables(action.key, session);
    case 'delete':
      return await deleteFromMaps(action.key, session);
    case 'list':
      return await listTable(session);
    case 'add':
      await addToMaps(session);
      return 0;
    case 'build':
      buildMaps(session);
      return 0;
  }
}
