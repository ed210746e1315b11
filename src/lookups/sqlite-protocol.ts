import type { Answer } from '../rules/question.ts';

/** What the SQLite process is asked: one query to one file. */
export interface SqliteRequest {
  /** On this machine, mapped. */
  readonly path: string;
  readonly query: string;
  /** As written, for messages. */
  readonly where: string;
}

/** What it answers, in the order of the requests. */
export type SqliteResponse = Answer;
