import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import type { MessageRecord } from '../../store/store.ts';
import type { HtmlReader } from '../html/html-reader.ts';
import { parseRemoteChoice } from '../html/remote-hosts.ts';
import { readShownHtml, renderHtml } from '../html/shown-html.ts';
import { CONTENT_POLICY } from '../security-headers.ts';
import type { Site } from '../static.ts';
import { getBodies, markRead } from './bodies.ts';
import { findLatest, getMessage, getParsedMessage, LatestQuery } from './find-message.ts';
import { loadPart } from './parts.ts';
import { readableText } from './wire.ts';
import type { Ports } from './ports.ts';
import { RequestError } from './request-error.ts';
import { Busy } from './busy.ts';
import { NotFound, octetReply, textReply } from './schemas/reply.ts';

const ViewQuery = Type.Object({
  ...LatestQuery.properties,
  remote: Type.Optional(
    Type.String({
      description:
        'Whose images, styles, fonts and media are loaded: `1` (every public host that the HTML names), hosts, or both: `1,localhost:3000`',
    }),
  ),
  images: Type.Optional(Type.String({ description: '`1`: inline images over 2 MB are shown' })),
  all: Type.Optional(Type.String({ description: '`1`: all of it; else the first 2 million characters' })),
  dark: Type.Optional(Type.String({ description: '`1`: as in a mail program that inverts colours' })),
});
type ViewQuery = Static<typeof ViewQuery>;

/** What views need beside the ports. */
interface ViewParts {
  readonly site: Site;
  readonly htmlReader: HtmlReader;
}

/**
 * `/view/{ID}.html`, `.txt` and `.raw`: what a message holds, to be looked at in a browser; `/view/latest` leads to the
 * newest. `/view/{ID}` itself is the page's: `site` answers it.
 */
export const viewRoutes: FastifyPluginAsyncTypebox<Ports & ViewParts> = async (app, { site, htmlReader, ...ports }) => {
  const schema = {
    operationId: 'viewMessage',
    summary: 'The HTML, the text or the source of a message, for eyes',
    params: Type.Object({ name: Type.String({ description: '`{ID}.html`, `{ID}.txt`, `{ID}.raw`, or `latest`' }) }),
    querystring: ViewQuery,
    response: {
      200: octetReply('text/html', 'HTML, or text/plain'),
      302: textReply('To the view of the newest message'),
      404: NotFound,
      503: Busy,
    },
  };
  app.get('/view/:name', { schema }, async (request, reply) => {
    const { params, query, method } = request;
    if (params.name === 'latest') return reply.redirect(await findViewOfLatest(ports, query), 302);
    const [, id = '', form] = /^([^.]*)\.(html|txt|raw)$/.exec(params.name) ?? [];
    if (form === undefined) return await site.sendPage(request, reply);
    const find = form === 'raw' ? getMessage : getParsedMessage;
    const record = await find(ports, id, query).catch((error: unknown) => {
      throw error instanceof RequestError ? new RequestError(404, 'Message not found') : error;
    });
    if (form !== 'raw' && method !== 'HEAD') await markRead(record, ports);
    switch (form) {
      case 'html':
        return await sendHtml(record, { query, ports, htmlReader, reply });
      case 'txt':
        return sendText(reply, readableText(await getBodies(record, ports)));
      default:
        return sendText(reply, await ports.store.readRaw(record.id));
    }
  });
};

async function findViewOfLatest(ports: Ports, query: ViewQuery): Promise<string> {
  const id = await findLatest(ports, query);
  return id === undefined ? '/' : `/view/${id}`;
}

async function sendHtml(
  record: MessageRecord,
  {
    query,
    ports,
    htmlReader,
    reply,
  }: {
    readonly query: ViewQuery;
    readonly ports: Ports;
    readonly htmlReader: HtmlReader;
    readonly reply: FastifyReply;
  },
): Promise<FastifyReply> {
  const shown = await readShownHtml(record, htmlReader, { isWhole: query.all === '1' });
  const { html, policy } = await renderHtml(
    shown,
    {
      remote: parseRemoteChoice(query.remote),
      hasLargeImages: query.images === '1',
      isDark: query.dark === '1',
    },
    (part) => loadPart(ports.store, record.id, part),
  );
  return reply
    .type('text/html; charset=utf-8')
    .header('Content-Security-Policy', policy)
    .header('X-Frame-Options', 'SAMEORIGIN')
    .header('X-DNS-Prefetch-Control', 'off')
    .send(html);
}

function sendText(reply: FastifyReply, text: string | Uint8Array | undefined): FastifyReply {
  return reply
    .type('text/plain; charset=utf-8')
    .header('Content-Security-Policy', CONTENT_POLICY)
    .send(text ?? '');
}
