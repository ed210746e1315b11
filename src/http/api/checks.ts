import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { CheckCode } from '../../message/check-codes.ts';
import type { MailCheck } from '../../message/mail-check.ts';
import { findPart } from '../../message/part.ts';
import { listHeaderChanges } from '../../rules/header-changes.ts';
import { getBodies } from './bodies.ts';
import { Busy, toBusy } from './busy.ts';
import { getJudgedMessage, getParsedMessage, LatestQuery } from './find-message.ts';
import { toHtmlCheck } from './html-check-wire.ts';
import { findJourneyChecks } from './journey-checks.ts';
import { toHeaderChange } from './journey-wire.ts';
import { checkLinks } from './link-check.ts';
import { MessageParams } from './message-params.ts';
import { loadPart } from './parts.ts';
import type { Ports } from './ports.ts';
import { RequestError } from './request-error.ts';
import { ChecksResponse, type JourneyCheckCode, HTMLCheckResponse, LinkCheckResponse } from './schemas/check.ts';
import { BadRequest, NotFound, octetReply } from './schemas/reply.ts';

/** A part that is larger isn't made a thumbnail of: decoded, it would take all memory. */
const MAX_IMAGE_BYTES = 32 * 1024 * 1024;
const WEIGHTS = ['error', 'warning', 'note'] as const;

/** `/message/{ID}/part/{PartID}/thumb`, `/checks`, `/html-check` and `/link-check`: what a look into a message tells. */
export const checkRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const { inspector, store } = ports;
  const thumbSchema = {
    operationId: 'getThumbnail',
    summary: 'A picture in 180 by 120 pixels; white for what is none, or has more than 20 million pixels',
    params: Type.Object({ ...MessageParams.properties, partId: Type.String({ description: 'Its path: `2`, `1.2`' }) }),
    response: { 200: octetReply('image/jpeg', 'The thumbnail'), 400: BadRequest, 503: Busy },
  };
  app.get('/message/:id/part/:partId/thumb', { schema: thumbSchema }, async ({ params }, reply) => {
    // QUIRK: in Mailpit an unknown part is 400 here, and `latest` isn't known.
    const record = params.id === 'latest' ? undefined : await getParsedMessage(ports, params.id, {}).catch(toNothing);
    const part = record?.parsed && findPart(record.parsed.root, params.partId);
    if (!record || !part) throw new RequestError(400, 'There is no such message, or no such part of it.');
    const isSmall = part.bodyEnd - part.bodyStart <= MAX_IMAGE_BYTES;
    const octets = isSmall ? await loadPart(store, record.id, part) : new Uint8Array();
    return reply
      .type('image/jpeg')
      .header('Cache-Control', 'private, max-age=3600')
      .send(await inspector.thumbnail(octets).catch(toBusy));
  });

  const checksSchema = {
    operationId: 'getChecks',
    summary: 'What may go wrong with the message elsewhere, and what Postfix would change of it; nothing is fetched',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: ChecksResponse, 404: NotFound },
  };
  app.get('/message/:id/checks', { schema: checksSchema }, async ({ params, query }) => {
    const { id, parsed, reversePath } = await getParsedMessage(ports, params.id, query);
    await getJudgedMessage(ports, id, {});
    const journey = await store.journey(id);
    const found = [...(parsed?.checks ?? []), ...(journey ? findJourneyChecks(journey, reversePath) : [])];
    return {
      Checks: WEIGHTS.flatMap((weight) => found.filter((check) => check.weight === weight)).map(toCheck),
      HeaderChanges: listHeaderChanges(journey?.messages[0]?.steps ?? []).map(toHeaderChange),
    };
  });

  const htmlSchema = {
    operationId: 'checkHtml',
    summary: 'Which mail programs show the HTML as it is meant, by caniemail.com; nothing is fetched',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: HTMLCheckResponse, 400: BadRequest, 404: NotFound, 503: Busy },
  };
  app.get('/message/:id/html-check', { schema: htmlSchema }, async ({ params, query }) => {
    const record = await getParsedMessage(ports, params.id, query);
    const { html } = await getBodies(record, ports);
    if (html === '') throw new RequestError(400, 'message does not contain HTML');
    return toHtmlCheck(await inspector.checkHtml(html).catch(toBusy));
  });

  const linkSchema = {
    operationId: 'checkLinks',
    summary: 'The links of a message; with `follow` each is asked for, if its address is public',
    params: MessageParams,
    querystring: Type.Object({
      ...LatestQuery.properties,
      follow: Type.Optional(Type.String({ description: '`true` or `1`: asks for each. Without it nothing is asked' })),
    }),
    response: { 200: LinkCheckResponse, 404: NotFound },
  };
  app.get('/message/:id/link-check', { schema: linkSchema }, async ({ params, query, signal }) => {
    const { parsed } = await getParsedMessage(ports, params.id, query);
    const isAsked = query.follow === 'true' || query.follow === '1';
    return await checkLinks(parsed?.links ?? [], { isAsked, signal: AbortSignal.any([signal, ports.closing]) });
  });
};

function toCheck({
  code,
  weight,
  count,
  about,
}: MailCheck<CheckCode | JourneyCheckCode>): ChecksResponse['Checks'][number] {
  return { Code: code, Weight: weight, Count: count, About: [...about] };
}

function toNothing(error: unknown): undefined {
  if (!(error instanceof RequestError)) throw error;
  return undefined;
}
