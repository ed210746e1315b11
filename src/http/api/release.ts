import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { isAddress } from './compose.ts';
import { getMessage } from './find-message.ts';
import { MessageParams } from './message-params.ts';
import type { Ports } from './ports.ts';
import { parseBody } from './request-body.ts';
import { RequestError } from './request-error.ts';
import { BadRequest, jsonBody, NotFound, Ok } from './schemas/reply.ts';
import { ReleaseMessage } from './schemas/request.ts';

/**
 * `/message/{ID}/release`: what Mailpit does with a relay. There is none, and it answers as Mailpit does without: nothing is
 * sent, and that is an error.
 */
export const releaseRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, ports) => {
  const releaseSchema = {
    operationId: 'releaseMessage',
    summary: 'Always refused: nothing is relayed',
    params: MessageParams,
    body: jsonBody(ReleaseMessage),
    response: { 200: Ok, 400: BadRequest, 404: NotFound },
  };
  app.post('/message/:id/release', { schema: releaseSchema }, async ({ params, body }) => {
    // QUIRK: `latest` isn't known here, in Mailpit neither.
    await getMessage(ports, params.id === 'latest' ? '' : params.id, {});
    const { To = [] } = parseBody(ReleaseMessage, body);
    const invalid = To.find((address) => !isAddress(address));
    if (invalid !== undefined) throw new RequestError(400, `Invalid email address: ${invalid}`);
    if (To.length === 0) throw new RequestError(400, 'No valid addresses found');
    throw new RequestError(400, 'SMTP error: there is no relay to release to');
  });
};
