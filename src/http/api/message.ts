import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { getBodies, markRead } from './bodies.ts';
import { getParsedMessage, LatestQuery } from './find-message.ts';
import { MessageParams } from './message-params.ts';
import type { Ports } from './ports.ts';
import { Message } from './schemas/message.ts';
import { NotFound } from './schemas/reply.ts';
import { toMessage } from './wire.ts';

const MessageQuery = Type.Object({
  ...LatestQuery.properties,
  peek: Type.Optional(Type.String({ description: 'With `1` it isn’t marked as read. An addition' })),
});

/** `/message/{ID}`: one message in full, once it is parsed. Reading it marks it as read, unless it is only peeked at. */
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
};
