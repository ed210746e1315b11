import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Envelope } from '../../rules/envelope.ts';
import { StoreFullError } from '../../store/store.ts';
import type { Ports } from './ports.ts';
import { parseBody } from './request-body.ts';
import { RequestError } from './request-error.ts';
import { BadRequest, jsonBody, textReply } from './schemas/reply.ts';
import { SendConfirmation } from './schemas/request.ts';
import { SendmailMessage } from './schemas/sendmail.ts';

/** The body when message_size_limit sets no bound. */
const MAX_BODY_BYTES = 512 * 1024 * 1024;
/** Beside the content: as much as ten thousand recipients take, and more. */
const ENVELOPE_BYTES = 2 * 1024 * 1024;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** `/postfix/sendmail`: takes what the sendmail command hands in, as postdrop(1) does. */
export const sendmailRoutes: FastifyPluginAsyncTypebox<Ports> = async (app, { settings, submit, instance }) => {
  const limit = (): number => settings.current().get('message_size_limit');
  const schema = {
    operationId: 'sendmail',
    summary: 'Hand a message in with its envelope, as the sendmail command does; its octets are kept as they are',
    body: jsonBody(SendmailMessage),
    response: {
      200: SendConfirmation,
      400: BadRequest,
      409: textReply('Another server is meant'),
      413: textReply('The message is larger than message_size_limit'),
      507: textReply('There is no room: nothing was kept'),
    },
  };
  const bodyLimit = limit() === 0 ? MAX_BODY_BYTES : Math.ceil(limit() / 3) * 4 + ENVELOPE_BYTES;
  app.post('/postfix/sendmail', { schema, bodyLimit }, async ({ body }) => {
    const message = parseBody(SendmailMessage, body);
    if (message.Instance !== undefined && message.Instance !== instance) {
      throw new RequestError(409, 'Another server is meant.');
    }
    const raw = decodeContent(message.Content);
    if (limit() > 0 && raw.byteLength > limit()) {
      throw new RequestError(413, `The message has ${raw.byteLength} octets: message_size_limit is ${limit()}.`);
    }
    try {
      return { ID: await submit({ envelope: toEnvelope(message), raw, origin: 'sendmail' }) };
    } catch (error) {
      if (error instanceof StoreFullError) throw new RequestError(507, 'There is no room: nothing was kept.');
      throw error;
    }
  });
};

function decodeContent(content: string): Buffer {
  if (content.length % 4 === 0 && BASE64.test(content)) return Buffer.from(content, 'base64');
  throw new RequestError(400, 'The content is no Base64.');
}

function toEnvelope(message: SendmailMessage): Envelope {
  const { Sender, Recipients, Body, Return, EnvelopeID, VERP, Submitter, Context, Trace } = message;
  return {
    reversePath: Sender,
    recipients: Recipients.map(({ Address, Notify }) => ({
      address: Address,
      reply: '',
      ...(Notify !== undefined && { notify: Notify }),
    })),
    smtputf8: [Sender, ...Recipients.map(({ Address }) => Address)].some((address) => /[^\x00-\x7f]/.test(address)),
    ...(Body !== undefined && { body: Body }),
    ...(Return !== undefined && { ret: Return }),
    ...(EnvelopeID !== undefined && { envid: EnvelopeID }),
    ...(VERP !== undefined && { verp: VERP }),
    submission: {
      uid: Submitter.UID,
      user: Submitter.User,
      fullName: Submitter.FullName,
      ...(Context !== undefined && { context: Context }),
      ...(Trace !== undefined && { trace: Trace }),
    },
  };
}
