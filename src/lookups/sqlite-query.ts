import Database from 'libsql';
import { pathToFileURL } from 'node:url';
import type { Answer, AnswerFault, AnswerRow } from '../rules/question.ts';
import type { SqliteRequest } from './sqlite-protocol.ts';
import { toSqliteText, type SqliteValue } from './sqlite-value.ts';

/** Of all columns together: nobody has a recipient list longer than this. */
const MAX_OCTETS = 1_000_000;

/** How long a query waits for a writer's lock. */
const BUSY_TIMEOUT_MS = 1000;

/** Runs one query on a file that is opened for reading only, and closed again. Blocks its thread. */
export function querySqlite({ path, query, where }: SqliteRequest): Answer {
  let stage: AnswerFault['stage'] = 'open';
  let database: Database.Database | undefined;
  try {
    // The driver's own `readonly` option does nothing (libsql 0.5.29): this is SQLite's.
    database = new Database(`${pathToFileURL(path).href}?mode=ro`);
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    stage = 'prepare';
    const statement = database.prepare(query);
    stage = 'step';
    // What has no columns can only write, or attach a file, which would make it.
    if (!statement.reader) return toFailure(stage, where, 'attempt to write a readonly database');
    statement.raw().safeIntegers(true);
    return readRows(statement.iterate() as Iterable<readonly SqliteValue[]>, where);
  } catch (error) {
    return toFailure(stage, where, stage === 'open' ? 'unable to open database file' : messageOf(error));
  } finally {
    database?.close();
  }
}

function readRows(rows: Iterable<readonly SqliteValue[]>, where: string): Answer {
  const read: AnswerRow[] = [];
  let octets = 0;
  for (const row of rows) {
    const columns = row.map(toSqliteText);
    octets += columns.reduce((sum, column) => sum + (column?.length ?? 0) + 1, 0);
    if (octets > MAX_OCTETS) return toFailure('step', where, `the result is longer than ${MAX_OCTETS} octets`);
    read.push(columns);
  }
  return { rows: read, faults: [] };
}

function toFailure(stage: AnswerFault['stage'], where: string, message: string): Answer {
  return { faults: [{ stage, where, message }] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
