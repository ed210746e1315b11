import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { CONTENT_POLICY } from '../security-headers.ts';
import { getBodies, getHtmlAsText, markRead } from './bodies.ts';
import { getParsedMessage, LatestQuery } from './find-message.ts';
import { MessageParams } from './message-params.ts';
import type { Ports } from './ports.ts';
import { Message } from './schemas/message.ts';
import { NotFound, textReply } from './schemas/reply.ts';
import { toMessage } from './wire.ts';

/** `/message/{ID}`: one message in full, once it is parsed. Reading it marks it as read. `/html-as-text`: its HTML as text. */
export const messageRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const schema = {
    operationId: 'getMessage',
    summary: 'One message in full; marks it as read',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: Message, 404: NotFound },
  };
  app.get('/message/:id', { schema }, async ({ params, query, method }) => {
    const record = await getParsedMessage(ports, params.id, query);
    const [bodies] = await Promise.all([getBodies(record, ports), method === 'HEAD' || markRead(record, ports)]);
    return toMessage(record, bodies);
  });

  const asTextSchema = {
    operationId: 'getHtmlAsText',
    summary: 'The HTML as a client without HTML would show it; does not mark the message as read',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: textReply('Empty if there is no HTML'), 404: NotFound },
  };
  app.get('/message/:id/html-as-text', { schema: asTextSchema }, async ({ params, query }, reply) => {
    const record = await getParsedMessage(ports, params.id, query);
    reply.type('text/plain; charset=utf-8').header('Content-Security-Policy', CONTENT_POLICY);
    return await getHtmlAsText(record, ports);
  });
};
