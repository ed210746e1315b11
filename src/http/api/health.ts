import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Ports } from './ports.ts';
import { textReply } from './schemas/reply.ts';

/** `/livez`: the process answers; `/readyz`: it could keep a message now. */
export const healthRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, { store, log }) => {
  const live = {
    operationId: 'isAlive',
    summary: 'The process answers',
    response: { 200: textReply('Empty') },
  };
  app.get('/livez', { schema: live }, async () => '');
  const ready = {
    operationId: 'isReady',
    summary: 'A message could be kept now',
    response: { 200: textReply('Empty'), 503: textReply('Why none could be') },
  };
  app.get('/readyz', { schema: ready }, async (_request, reply) => {
    try {
      await store.ready();
      return '';
    } catch (error) {
      log.warn({ err: error }, 'not ready: no message could be kept');
      return await reply.code(503).send(error instanceof Error ? error.message : String(error));
    }
  });
};
