import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { fromOctets } from '../../rules/octets.ts';
import { parseSessionId, type SessionNotice as StoredNotice, type StoredSession } from '../../store/session.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { Store } from '../../store/store.ts';
import { getMessage, LatestQuery } from './find-message.ts';
import { toJourney } from './journey-wire.ts';
import { MessageParams } from './message-params.ts';
import { parseWholeNumber } from './page-options.ts';
import type { Ports } from './ports.ts';
import { RequestError } from './request-error.ts';
import { NotFound, textReply } from './schemas/reply.ts';
import { MessageSession, Session, SessionList, type SessionNotice, type SessionSummary } from './schemas/session.ts';
import { toTime } from './time.ts';

const DEFAULT_LIMIT = 50;
/** A list reads every dialogue, up to 256 KB each. */
const MAX_LIMIT = 200;
const MAX_QUEUE_IDS = 1000;
const MAX_MESSAGES = 100;

/** `/sessions`: SMTP sessions with their dialogue, those without mail too; `/message/{ID}/session`, that of a message. */
export const sessionRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const { store } = ports;
  const listSchema = {
    operationId: 'listSessions',
    summary: 'SMTP sessions, newest first',
    querystring: Type.Object({
      limit: Type.Optional(Type.String({ description: 'At most so many, up to 200. Default 50' })),
      withoutMail: Type.Optional(Type.String({ description: '`1`: only those in which no message was kept' })),
    }),
    response: { 200: SessionList },
  };
  app.get('/sessions', { schema: listSchema }, async ({ query }) => {
    const limit = parseWholeNumber(query.limit) ?? DEFAULT_LIMIT;
    const sessions = await store.sessions({
      limit: Math.min(limit, MAX_LIMIT),
      withoutMail: query.withoutMail === '1',
    });
    return { sessions: sessions.map(toSummary) };
  });

  const getSchema = {
    operationId: 'getSession',
    summary: 'An SMTP session with its dialogue',
    params: Type.Object({ id: Type.String({ description: 'A session’s ID' }) }),
    response: { 200: Session, 404: textReply('There is no such session') },
  };
  app.get('/sessions/:id', { schema: getSchema }, async ({ params, signal }) => {
    const id = parseSessionId(params.id);
    const session = id && (await store.session(id));
    if (session === undefined) throw new RequestError(404, 'There is no such session: sessions without mail go first.');
    return await toSession(session, ports, signal);
  });

  const ofMessageSchema = {
    operationId: 'getMessageSession',
    summary: 'The SMTP session that a message came in',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: MessageSession, 404: NotFound },
  };
  app.get('/message/:id/session', { schema: ofMessageSchema }, async ({ params, query, signal }) => {
    const { id, session: range } = await getMessage(ports, params.id, query);
    const session = range && (await store.session(range.id));
    if (!range || !session) throw new RequestError(404, 'The message came in no SMTP session that is kept.');
    const { startLine, endLine } = range;
    const [shown, messages] = await Promise.all([toSession(session, ports, signal), listMessages(store, session, id)]);
    return { ...shown, startLine, endLine, messages };
  });
};

function toSummary(session: StoredSession): SessionSummary {
  const { id, startedAtMs, endedAtMs, client, server, helo, username, tls, lines, queueIds, notices } = session;
  return {
    id,
    startedAt: toTime(startedAtMs),
    ...(endedAtMs !== undefined && { endedAt: toTime(endedAtMs) }),
    client: { ...client },
    server: { ...server },
    ...(helo !== undefined && { helo }),
    ...(username !== undefined && { username }),
    ...(tls !== undefined && { tls: { ...tls } }),
    lineCount: lines.length,
    queueIds: queueIds.slice(0, MAX_QUEUE_IDS),
    noticeCount: notices.length,
  };
}

async function toSession(session: StoredSession, ports: Ports, signal: AbortSignal): Promise<Session> {
  const { startedAtMs, lines, notices, truncated } = session;
  return {
    ...toSummary(session),
    lines: lines.map(({ atMs, from, text, isPipelined }) => ({
      at: toTime(atMs),
      afterMs: Math.round((atMs - startedAtMs) * 1000) / 1000,
      from,
      text,
      ...(isPipelined && { isPipelined }),
    })),
    notices: await Promise.all(notices.map((notice) => toNotice(notice, { session, ports, signal }))),
    truncated,
  };
}

async function toNotice(
  notice: StoredNotice,
  { session, ports, signal }: { readonly session: StoredSession; readonly ports: Ports; readonly signal: AbortSignal },
): Promise<SessionNotice> {
  const { queueId, atMs, recipient, classes, reason } = notice;
  const either = AbortSignal.any([signal, ports.closing]);
  const { journey, content } = await ports.explainNotice(notice, session, { signal: either });
  return {
    queueId,
    at: toTime(atMs),
    recipient: fromOctets(recipient),
    classes: [...classes],
    ...(reason !== undefined && { reason }),
    text: Buffer.from(content).toString(),
    journey: toJourney(journey),
  };
}

async function listMessages(
  store: Store,
  { queueIds }: StoredSession,
  id: QueueId,
): Promise<MessageSession['messages']> {
  const at = Math.max(0, queueIds.indexOf(id));
  const start = Math.max(0, Math.min(at - MAX_MESSAGES / 2, queueIds.length - MAX_MESSAGES));
  const records = await Promise.all(queueIds.slice(start, start + MAX_MESSAGES).map((one) => store.get(one)));
  return records
    .filter((record) => record !== undefined)
    .map(({ id: ID, summary, reversePath, recipients, sizeBytes }) => ({
      ID,
      Subject: summary.subject,
      From: reversePath,
      To: [...recipients],
      Size: sizeBytes,
    }));
}
