import { parentPort } from 'node:worker_threads';
import type { SqliteRequest, SqliteResponse } from './sqlite-protocol.ts';
import { querySqlite } from './sqlite-query.ts';

parentPort?.on('message', (request: SqliteRequest) => {
  const response: SqliteResponse = querySqlite(request);
  parentPort?.postMessage(response);
});
