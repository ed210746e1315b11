import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { parseSearch, selectFound } from './find-message.ts';
import { listPage, PageQuery, parsePage, summariseSearch } from './page-options.ts';
import type { Ports } from './ports.ts';
import { RequestError } from './request-error.ts';
import { MessagesSummary } from './schemas/message.ts';
import { BadRequest, Ok, sendOk } from './schemas/reply.ts';

const SearchQuery = Type.Object({
  query: Type.Optional(Type.String({ description: 'Required' })),
  tz: Type.Optional(Type.String({ description: 'Time zone of the dates in the search' })),
});
type SearchQuery = Static<typeof SearchQuery>;

/** `/search`: the messages that a search finds, and their deletion. */
export const searchRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const { store, clock } = ports;

  const searchSchema = {
    operationId: 'searchMessages',
    summary: 'Search messages, newest first',
    querystring: Type.Object({ ...SearchQuery.properties, ...PageQuery.properties }),
    response: { 200: MessagesSummary, 400: BadRequest },
  };
  app.get('/search', { schema: searchSchema }, async (request) => {
    const query = parseSearch(getSearch(request.query), request.query.tz, ports);
    const page = parsePage(request.query, clock.nowMs());
    return await summariseSearch(store, { query, start: page.start }, () => listPage(store, page, { query }));
  });

  const deleteSchema = {
    operationId: 'deleteSearch',
    summary: 'Delete the messages that a search finds',
    querystring: SearchQuery,
    response: { 200: Ok, 400: BadRequest },
  };
  app.delete('/search', { schema: deleteSchema }, async (request, reply) => {
    await store.delete(selectFound(getSearch(request.query), request.query.tz, ports));
    return sendOk(reply);
  });
};

function getSearch({ query = '' }: SearchQuery): string {
  const text = query.trim();
  if (text === '') throw new RequestError(400, 'Error: no search query');
  return text;
}
