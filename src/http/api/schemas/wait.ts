import { Type, type Static } from 'typebox';

/** A message that isn't what was waited for. */
export const NearMiss = Type.Object({
  ID: Type.String(),
  Seq: Type.Integer(),
  From: Type.String({ description: 'Reverse-path' }),
  To: Type.Array(Type.String(), { description: 'The first 100 forward-paths' }),
  Subject: Type.String(),
  Lacks: Type.Array(Type.String(), { description: 'The terms of the query that it doesn’t match' }),
});
export type NearMiss = Static<typeof NearMiss>;

/** What is answered when the time is up. */
export const WaitTimeout = Type.Object({
  statusCode: Type.Literal(408),
  error: Type.Literal('Request Timeout'),
  message: Type.String({ description: 'For people: what was waited for, and what came instead' }),
  matched: Type.Integer({ description: 'How many messages did match: fewer than `count`' }),
  nearest: Type.Array(NearMiss, { description: 'At most 10, the nearest first' }),
});
export type WaitTimeout = Static<typeof WaitTimeout>;
