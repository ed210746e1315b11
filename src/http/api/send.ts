import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { composeMessage } from './compose.ts';
import type { Ports } from './ports.ts';
import { parseBody } from './request-body.ts';
import { RequestError } from './request-error.ts';
import { jsonBody } from './schemas/reply.ts';
import { SendConfirmation, SendError, SendRequest } from './schemas/request.ts';

/** The body when message_size_limit sets no bound. */
const MAX_BODY_BYTES = 512 * 1024 * 1024;

/** `/send`: hands a message in as sendmail(1) would. Its errors are JSON, as in Mailpit. */
export const sendRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, { settings, submit, log }) => {
  const limit = (): number => settings.current().get('message_size_limit');
  const schema = {
    operationId: 'sendMessage',
    summary: 'Hand a message in, as sendmail(1) would',
    body: jsonBody(SendRequest),
    response: { 200: SendConfirmation, 400: SendError, 413: SendError, 500: SendError },
  };
  app.post(
    '/send',
    {
      schema,
      bodyLimit: limit() || MAX_BODY_BYTES,
      errorHandler: (error, _request, reply) => {
        const status = error.statusCode ?? 500;
        if (status >= 500) log.error({ err: error }, 'a message that was handed in was not kept');
        const Error = status >= 500 ? 'The server failed: its log says why.' : error.message;
        void reply.code(status >= 500 ? 500 : status === 413 ? 413 : 400).send({ Error });
      },
    },
    async ({ body }) => {
      const { envelope, raw } = await composeMessage(parseBody(SendRequest, body));
      const sizeLimit = limit();
      if (sizeLimit > 0 && raw.byteLength > sizeLimit) {
        throw new RequestError(413, `the message has ${raw.byteLength} octets: message_size_limit is ${sizeLimit}`);
      }
      return { ID: await submit({ envelope, raw, origin: 'api' }) };
    },
  );
};
