import type { FastifyReply } from 'fastify';
import { Type, type TSchema, type TUnsafe } from 'typebox';

/** A reply that isn't JSON says so by `contentMediaType`: the OpenAPI document takes the type from there. */
export function textReply(description: string): ReturnType<typeof Type.String> {
  return Type.String({ contentMediaType: 'text/plain', description });
}

/** A reply of octets, or of text that is a mail’s. @param contentMediaType its type */
export function octetReply(contentMediaType: string, description: string): TUnsafe<Uint8Array> {
  return Type.Unsafe<Uint8Array>({ contentMediaType, description });
}

/** What a route that changes something answers. */
export const Ok = textReply('`ok`');

/** Answers that it is done. */
export function sendOk(reply: FastifyReply): FastifyReply {
  return reply.type('text/plain').send('ok');
}

/** The client's mistake, in one line. */
export const BadRequest = textReply('What is wrong with the request');

/** What was asked for isn't there. */
export const NotFound = textReply('There is no such message, or no such part of it');

/** A body as it comes in: octets, whatever Content-Type says. @param schema what `parseBody` reads it as */
export function jsonBody(schema: TSchema): TUnsafe<Buffer | undefined> {
  return Type.Unsafe<Buffer | undefined>({ contentMediaType: 'application/json', contentSchema: schema });
}
