// The process that asks SQLite files. Started by sqlite.ts, which kills it when a query doesn't end: a thread inside
// SQLite can't be stopped.
import type { SqliteRequest, SqliteResponse } from './sqlite-protocol.ts';
import { querySqlite } from './sqlite-query.ts';

process.on('message', (request: SqliteRequest) => {
  const response: SqliteResponse = querySqlite(request);
  process.send?.(response);
});
