import type { Connection } from './connection.ts';

/** Runs `act` in a transaction that takes its locks only as it needs them; undoes it if `act` throws. */
export function inTransaction<T>(connection: Connection, act: () => T): T {
  connection.exec('BEGIN');
  try {
    const result = act();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
