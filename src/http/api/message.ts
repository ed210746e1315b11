import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getBodies, markRead } from './bodies.ts';
import { getParsedMessage, LatestQuery } from './find-message.ts';
import { MessageParams } from './message-params.ts';
import type { Ports } from './ports.ts';
import { Message } from './schemas/message.ts';
import { NotFound } from './schemas/reply.ts';
import { toMessage } from './wire.ts';

/** `/message/{ID}`: one message in full, once it is parsed. Reading it marks it as read. */
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
};
