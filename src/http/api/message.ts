import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CONTENT_POLICY } from '../security-headers.ts';
import { getBodies, markRead } from './bodies.ts';
import { Busy, toBusy } from './busy.ts';
import { getParsedMessage, LatestQuery } from './find-message.ts';
import { MessageParams } from './message-params.ts';
import type { Ports } from './ports.ts';
import { Message } from './schemas/message.ts';
import { NotFound, textReply } from './schemas/reply.ts';
import { toMessage } from './wire.ts';

const MessageQuery = Type.Object({
  ...LatestQuery.properties,
  peek: Type.Optional(Type.String({ description: 'With `1` it isn’t marked as read. An addition' })),
});

/**
 * `/message/{ID}`: one message in full, once it is parsed. Reading it marks it as read, unless it is only peeked at.
 * `/html-as-text`: its HTML as text.
 */
export const messageRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const schema = {
    operationId: 'getMessage',
    summary: 'One message in full; marks it as read',
    params: MessageParams,
    querystring: MessageQuery,
    response: { 200: Message, 404: NotFound },
  };
  app.get('/message/:id', { schema }, async ({ params, query, method }) => {
    const record = await getParsedMessage(ports, params.id, query);
    const isPeek = method === 'HEAD' || query.peek === '1';
    const [bodies] = await Promise.all([getBodies(record, ports), isPeek || markRead(record, ports)]);
    return toMessage(record, bodies);
  });

  const asTextSchema = {
    operationId: 'getHtmlAsText',
    summary: 'The HTML as a client without HTML would show it; does not mark the message as read',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: textReply('Empty if there is no HTML'), 404: NotFound, 503: Busy },
  };
  app.get('/message/:id/html-as-text', { schema: asTextSchema }, async ({ params, query }, reply) => {
    const record = await getParsedMessage(ports, params.id, query);
    const { html } = await getBodies(record, ports);
    const text = html === '' ? '' : await ports.inspector.htmlAsText(html).catch(toBusy);
    reply.type('text/plain; charset=utf-8').header('Content-Security-Policy', CONTENT_POLICY);
    return text;
  });
};
