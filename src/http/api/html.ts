import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HtmlReader } from '../html/html-reader.ts';
import { isNearHost } from '../html/remote-hosts.ts';
import { readShownHtml, type ShownHtml } from '../html/shown-html.ts';
import { Busy } from './busy.ts';
import { getParsedMessage, LatestQuery } from './find-message.ts';
import { MessageParams } from './message-params.ts';
import type { Ports } from './ports.ts';
import { HtmlContents } from './schemas/html.ts';
import { NotFound } from './schemas/reply.ts';

/** `/message/{ID}/html`: what `/view/{ID}.html` leaves out, and what it would load if it were let. */
export const htmlRoutes: FastifyPluginAsyncTypebox<Ports & { readonly htmlReader: HtmlReader }> = async (
  app,
  { htmlReader, ...ports },
) => {
  const schema = {
    operationId: 'getHtmlContents',
    summary: 'What the HTML would load, and what is left out of its view',
    params: MessageParams,
    querystring: Type.Object({
      ...LatestQuery.properties,
      all: Type.Optional(Type.String({ description: '`1`: all of it is read, as by `/view/{ID}.html?all=1`' })),
    }),
    response: { 200: HtmlContents, 404: NotFound, 503: Busy },
  };
  app.get('/message/:id/html', { schema }, async ({ params, query }) => {
    const record = await getParsedMessage(ports, params.id, query);
    return toContents(await readShownHtml(record, htmlReader, { isWhole: query.all === '1' }));
  });
};

function toContents({ filtered, length, shownLength, remoteCounts, images }: ShownHtml): HtmlContents {
  return {
    Length: length,
    ShownLength: shownLength,
    Remote: [...remoteCounts].map(([host, count]) => ({ Host: host, Count: count, Near: isNearHost(host) })),
    LargeImages: images.flatMap(({ contentId, part, isLarge }) =>
      part && isLarge ? [{ ContentID: contentId, PartID: part.partId, Size: part.sizeBytes }] : [],
    ),
    MissingImages: images.filter(({ part }) => part === undefined).map(({ contentId }) => contentId),
    Removed: filtered.removed.map(({ name, count }) => ({ Name: name, Count: count })),
    Addresses: [...filtered.addresses],
  };
}
