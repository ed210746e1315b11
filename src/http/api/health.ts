import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Ports } from './ports.ts';

/** `/livez`: the process answers; `/readyz`: it could keep a message now. */
export const healthRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, { store, log }) => {
  app.get('/livez', async (_request, reply) => reply.type('text/plain; charset=utf-8').send(''));
  app.get('/readyz', async (_request, reply) => {
    reply.type('text/plain; charset=utf-8');
    try {
      await store.ready();
      return await reply.send('');
    } catch (error) {
      log.warn({ err: error }, 'not ready: no message could be kept');
      return await reply.code(503).send(error instanceof Error ? error.message : String(error));
    }
  });
};
