import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { parseHeaderFields, type HeaderField as ParsedField } from '../../message/header-fields.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { Store } from '../../store/store.ts';
import { CONTENT_POLICY } from '../security-headers.ts';
import { parseRange } from './byte-range.ts';
import { getMessage, LatestQuery } from './find-message.ts';
import { MessageParams } from './message-params.ts';
import type { Ports } from './ports.ts';
import { RequestError } from './request-error.ts';
import { HeaderField, Headers } from './schemas/message.ts';
import { NotFound, octetReply, textReply } from './schemas/reply.ts';

/** Header fields are looked for in the first octets of a message only: a body is no place for them. */
const HEADER_LIMIT_BYTES = 4 * 1024 * 1024;

/** `/message/{ID}/headers` and `/raw`, as Mailpit has them. Neither marks the message as read. */
export const sourceRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const headersSchema = {
    operationId: 'getHeaders',
    summary: 'The header fields by name: raw, unfolded',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: Headers, 404: NotFound },
  };
  app.get('/message/:id/headers', { schema: headersSchema }, async ({ params, query }) => {
    const { id } = await getMessage(ports, params.id, query);
    return toHeaders(await readFields(ports.store, id));
  });

  const rawSchema = {
    operationId: 'getRaw',
    summary: 'The octets that the client sent; a Range is honoured',
    params: MessageParams,
    querystring: Type.Object({
      ...LatestQuery.properties,
      dl: Type.Optional(Type.String({ description: '`1`: as a file to be saved' })),
    }),
    response: {
      200: octetReply('text/plain', 'All octets'),
      206: octetReply('text/plain', 'Those of the Range'),
      404: NotFound,
      416: textReply('There are not so many octets'),
    },
  };
  app.get('/message/:id/raw', { schema: rawSchema }, async ({ params, query, headers }, reply) => {
    const { id, sizeBytes } = await getMessage(ports, params.id, query);
    reply.type('text/plain; charset=utf-8').header('Content-Security-Policy', CONTENT_POLICY);
    reply.header('Accept-Ranges', 'bytes');
    if (query.dl === '1') reply.header('Content-Disposition', `attachment; filename="${id}.eml"`);
    const range = parseRange(headers.range, { conditional: headers['if-range'] !== undefined, sizeBytes });
    if (range === 'unsatisfiable') {
      reply.header('Content-Range', `bytes */${sizeBytes}`);
      throw new RequestError(416, `The message has ${sizeBytes} octets.`);
    }
    const octets = await ports.store.readRaw(id, range);
    if (octets === undefined) throw new RequestError(404, '404 page not found');
    if (range) reply.code(206).header('Content-Range', `bytes ${range.start}-${range.end - 1}/${sizeBytes}`);
    return reply.send(octets);
  });
};

/** `/message/{ID}/fields`: an addition of ours. */
export const fieldsRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const schema = {
    operationId: 'getFields',
    summary: 'The header fields in the order of the wire, decoded and raw',
    params: MessageParams,
    querystring: LatestQuery,
    response: { 200: Type.Array(HeaderField), 404: NotFound },
  };
  app.get('/message/:id/fields', { schema }, async ({ params, query }) => {
    const { id } = await getMessage(ports, params.id, query);
    const fields = await readFields(ports.store, id);
    return fields.map(({ name, value, raw }) => ({ Name: name, Value: value, Raw: raw }));
  });
};

async function readFields(store: Store, id: QueueId): Promise<readonly ParsedField[]> {
  const octets = await store.readRaw(id, { start: 0, end: HEADER_LIMIT_BYTES });
  if (octets === undefined) throw new RequestError(404, '404 page not found');
  return parseHeaderFields(octets);
}

/** Values by canonical name, names sorted. */
function toHeaders(fields: readonly ParsedField[]): Headers {
  const values = new Map<string, string[]>();
  for (const { name, rawValue } of fields) {
    const canonical = canonicalName(name);
    const same = values.get(canonical);
    if (same) same.push(rawValue);
    else values.set(canonical, [rawValue]);
  }
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** As Go writes names: `Message-Id`, `Mime-Version`. A name with other than letters, digits and such stays as it is. */
function canonicalName(name: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
  return name.toLowerCase().replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
