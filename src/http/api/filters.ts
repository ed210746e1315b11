import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Ports } from './ports.ts';
import { FilterCounts } from './schemas/filter.ts';

/** The statuses that somebody who looks for trouble filters by. */
const STATUSES = ['rejected', 'bounced', 'deferred', 'held'] as const;

/** `/filters`: how much each ready-made search would find. */
export const filterRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, { store }) => {
  const schema = {
    operationId: 'countFilters',
    summary: 'How many messages have a delivery that is rejected, bounced, deferred or held, and how many each tag',
    response: { 200: FilterCounts },
  };
  app.get('/filters', { schema }, async () => {
    const [tags, ...found] = await Promise.all([
      store.tags(),
      ...STATUSES.map(async (status) => ({ status, ...(await store.counts({ query: { kind: 'verdict', status } })) })),
    ]);
    return {
      Verdicts: Object.fromEntries(found.map(({ status, total }) => [status, total])),
      Tags: tags.map(({ tag, count }) => ({ Tag: tag, Count: count })),
    };
  });
};
