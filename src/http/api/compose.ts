import MailComposer from 'nodemailer/lib/mail-composer';
import type Mail from 'nodemailer/lib/mailer';
import type { Envelope } from '../../rules/envelope.ts';
import { RequestError } from './request-error.ts';
import type { SendRequest } from './schemas/request.ts';

/** An address as a program writes it: one `@`, nothing that could end a header field or begin another address. */
const ADDRESS =
  /^(?:"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])+"|[^\s\p{Cc}"<>()[\],;:\\@]+)@(?:[^\s\p{Cc}"<>()[\],;:\\@]+|\[[\w.:]+\])$/u;
const MAX_ADDRESS_LENGTH = 1000;
const FIELD_NAME = /^[\x21-\x39\x3b-\x7e]{1,200}$/;
/** These are made of what else is in the request. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'To',
  'From',
  'Cc',
  'Bcc',
  'Reply-To',
  'Date',
  'Subject',
  'Content-Type',
  'Mime-Version',
]);
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

type Mailbox = NonNullable<SendRequest['From']>;

/** A message to be handed in. */
export interface Composed {
  readonly envelope: Envelope;
  readonly raw: Uint8Array;
}

/**
 * Makes the message that a request describes, in MIME, and its envelope: from From to To, Cc and Bcc.
 * @throws {RequestError} 400, in Mailpit's words
 */
export async function composeMessage(request: SendRequest): Promise<Composed> {
  const { From, To = [], Cc = [], Bcc = [], ReplyTo = [], Subject = '', Text = '', HTML = '' } = request;
  const sender = From?.Email ?? '';
  if (sender === '') throw new RequestError(400, 'error building message: From is missing');
  checkAddress('From', sender);
  const recipients = [
    ...To.map(({ Email = '' }) => checkAddress('To', Email)),
    ...Cc.map(({ Email = '' }) => checkAddress('Cc', Email)),
    ...Bcc.map((address) => checkAddress('Bcc', address)),
  ];
  for (const { Email = '' } of ReplyTo) checkAddress('Reply-To', Email);
  if (recipients.length === 0) throw new RequestError(400, 'error building message: no recipients (to, cc, bcc) set');
  const node = new MailComposer({
    from: toMailbox(From ?? {}),
    to: To.map(toMailbox),
    cc: Cc.map(toMailbox),
    bcc: Bcc,
    replyTo: ReplyTo.map(toMailbox),
    subject: Subject,
    text: Text,
    ...(HTML !== '' && { html: HTML }),
    headers: readFields(request),
    attachments: readAttachments(request),
    // What a request holds is all that goes in: no file, no URL.
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  // Whoever is named in Bcc is named in the message as it was handed in; cleanup(8) takes the field out.
  node.keepBcc = true;
  const raw = await node.build();
  return {
    envelope: {
      reversePath: sender,
      recipients: recipients.map((address) => ({ address, reply: '' })),
      smtputf8: [sender, ...recipients].some((address) => /[^\x00-\x7f]/.test(address)),
    },
    raw,
  };
}

/** Whether a program may name somebody so. */
export function isAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text);
}

function checkAddress(field: string, address: string): string {
  if (isAddress(address)) return address;
  throw new RequestError(400, `invalid ${field} address: ${address}`);
}

function toMailbox({ Email = '', Name = '' }: Mailbox): { readonly name: string; readonly address: string } {
  return { name: Name, address: Email };
}

function readFields({ Headers = {}, Tags = [] }: SendRequest): { key: string; value: string }[] {
  const fields = Object.entries(Headers).map(([key, value]) => {
    if (OWN_FIELDS.has(key) || (key === 'X-Tags' && Tags.length > 0)) {
      throw new RequestError(400, `cannot overwrite header: "${key}"`);
    }
    if (!FIELD_NAME.test(key)) throw new RequestError(400, `invalid header name: "${key}"`);
    return { key, value };
  });
  return Tags.length === 0 ? fields : [...fields, { key: 'X-Tags', value: Tags.join(', ') }];
}

function readAttachments({ Attachments = [] }: SendRequest): Mail.Attachment[] {
  return Attachments.map(({ Content = '', Filename = '', ContentType = '', ContentID = '' }) => ({
    content: decodeContent(Content, Filename),
    filename: Filename,
    ...(ContentType !== '' && { contentType: ContentType }),
    ...(ContentID !== '' && { cid: ContentID, contentDisposition: 'inline' as const }),
  }));
}

/** @throws {RequestError} 400, when it isn't Base64 */
function decodeContent(content: string, fileName: string): Buffer {
  const comma = /^data:[^,]{0,200},/.exec(content)?.[0].length ?? 0;
  const base64 = content.slice(comma).replace(/\s+/g, '');
  if (base64.length % 4 === 0 && BASE64.test(base64)) return Buffer.from(base64, 'base64');
  throw new RequestError(400, `error decoding base64 attachment "${fileName}": it is no Base64`);
}
