import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { MimePart } from '../../message/parsed.ts';
import { decodePart, findPart } from '../../message/part.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { Store } from '../../store/store.ts';
import { CONTENT_POLICY } from '../security-headers.ts';
import { toDisposition } from './content-disposition.ts';
import { getParsedMessage, LatestQuery } from './find-message.ts';
import { MessageParams } from './message-params.ts';
import { toPartType } from './part-type.ts';
import type { Ports } from './ports.ts';
import { RequestError } from './request-error.ts';
import { NotFound, octetReply } from './schemas/reply.ts';

/** `/message/{ID}/part/{PartID}`: a decoded part; what could run in a browser is a file to be saved. */
export const partRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const schema = {
    operationId: 'getPart',
    summary: 'A decoded part; HTML, XML and scripts as octets, and only pictures and plain text are shown in a browser',
    params: Type.Object({ ...MessageParams.properties, partId: Type.String({ description: 'Its path: `2`, `1.2`' }) }),
    querystring: LatestQuery,
    response: {
      200: octetReply('application/octet-stream', 'Its own type, unless a browser could run it'),
      404: NotFound,
    },
  };
  app.get('/message/:id/part/:partId', { schema }, async ({ params, query }, reply) => {
    const { id, parsed } = await getParsedMessage(ports, params.id, query);
    const part = parsed && findPart(parsed.root, params.partId);
    if (part === undefined) throw new RequestError(404, '404 page not found');
    const { contentType, isShown } = toPartType(part);
    const name = part.fileName ?? part.contentId ?? `part-${part.partId}`;
    return reply
      .type(contentType)
      .header('Content-Security-Policy', CONTENT_POLICY)
      .header('Content-Disposition', toDisposition(isShown ? 'inline' : 'attachment', name))
      .send(await loadPart(ports.store, id, part));
  });
};

/**
 * The decoded octets of a part.
 * @throws {RequestError} 404, when the message was deleted meanwhile
 */
export async function loadPart(store: Store, id: QueueId, part: MimePart): Promise<Uint8Array> {
  const encoded = await store.readRaw(id, { start: part.bodyStart, end: part.bodyEnd });
  if (encoded === undefined) throw new RequestError(404, '404 page not found');
  return decodePart(encoded, part);
}
