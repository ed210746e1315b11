import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { parseQueueId } from '../../store/queue-id.ts';
import type { Selection } from '../../store/store.ts';
import { selectFound } from './find-message.ts';
import { listPage, PageQuery, parsePage } from './page-options.ts';
import type { Ports } from './ports.ts';
import { bodyText, parseBody } from './request-body.ts';
import { RequestError } from './request-error.ts';
import { MessagesSummary } from './schemas/message.ts';
import { BadRequest, jsonBody, Ok, sendOk } from './schemas/reply.ts';
import { DeleteMessages, SetRead } from './schemas/request.ts';
import { toSummary } from './wire.ts';

/** `/messages`: the list, its read state, and deletion. */
export const messagesRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const { store, clock } = ports;

  const listSchema = {
    operationId: 'listMessages',
    summary: 'List messages, newest first',
    querystring: PageQuery,
    response: { 200: MessagesSummary },
  };
  app.get('/messages', { schema: listSchema }, async ({ query }) => {
    const page = parsePage(query, clock.nowMs());
    // The number first: what changes while the list is read is told again, rather than not at all.
    const Seq = store.head();
    const [{ total, unread }, tags, messages] = await Promise.all([
      store.counts(),
      store.tags(),
      listPage(store, { ...page, limit: page.limit === 0 ? Number.POSITIVE_INFINITY : page.limit }),
    ]);
    return {
      total,
      unread,
      count: messages.length,
      messages_count: total,
      messages_unread: unread,
      start: page.start,
      tags: tags.map(({ tag }) => tag),
      messages: messages.map(toSummary),
      Seq,
    };
  });

  const setReadSchema = {
    operationId: 'setReadStatus',
    summary: 'Mark messages as read or unread: those named, those found, or all',
    body: jsonBody(SetRead),
    querystring: Type.Object({
      tz: Type.Optional(Type.String({ description: 'Time zone of the dates in the search' })),
    }),
    response: { 200: Ok, 400: BadRequest },
  };
  app.put('/messages', { schema: setReadSchema }, async ({ body, query }, reply) => {
    const { Read = false, IDs = [], Search = '' } = parseBody(SetRead, body);
    const search = Search.trim();
    if (IDs.length > 0 && search !== '') {
      throw new RequestError(400, 'You may specify either IDs or a search query, not both');
    }
    const selection = search === '' ? toSelection(IDs) : selectFound(search, query.tz, ports);
    await store.setRead(selection, Read);
    return sendOk(reply);
  });

  const deleteSchema = {
    operationId: 'deleteMessages',
    summary: 'Delete the messages named; without IDs, all',
    body: jsonBody(DeleteMessages),
    response: { 200: Ok, 400: BadRequest },
  };
  app.delete('/messages', { schema: deleteSchema }, async ({ body }, reply) => {
    const IDs = readIds(body);
    await store.delete(toSelection(IDs));
    return sendOk(reply);
  });
};

/** What is to be deleted: JSON, or a form with `IDs` alone, as PyPI's client sends it. Nothing: all. */
function readIds(body: Buffer | undefined): readonly string[] {
  const text = bodyText(body);
  if (text === '') return [];
  const form = text.startsWith('{') ? [] : [...new URLSearchParams(text)];
  const isForm = form.length > 0 && form.every(([name, id]) => name.toLowerCase() === 'ids' && id !== '');
  return isForm ? form.map(([, id]) => id) : (parseBody(DeleteMessages, body).IDs ?? []);
}

/** No IDs: all messages. IDs that are none, or of no message, select nothing. */
function toSelection(ids: readonly string[]): Selection {
  return ids.length === 0 ? { all: true } : { ids: ids.map(parseQueueId).filter((id) => id !== undefined) };
}
