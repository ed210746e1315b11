import { Type, type Static } from 'typebox';
import { VerdictSummary } from './journey.ts';

/** A mailbox of a header field. */
export const Address = Type.Object({
  Name: Type.String({ description: 'Display name, decoded; empty if there is none' }),
  Address: Type.String({ description: 'As written; empty if the field could not be parsed' }),
});
export type Address = Static<typeof Address>;

/** Who really was to receive it. No peer keeps this: an additional member. */
export const EnvelopeSummary = Type.Object({
  From: Type.String({ description: 'Reverse-path as sent; empty for <>' }),
  To: Type.Array(Type.String(), { description: 'The first 100 forward-paths as sent' }),
  Count: Type.Integer({ description: 'How many recipients there are' }),
});
export type EnvelopeSummary = Static<typeof EnvelopeSummary>;

/** How far parsing has come. An additional member. */
export const ParseState = Type.Object({
  State: Type.Union([Type.Literal('pending'), Type.Literal('parsed'), Type.Literal('failed')]),
  Reason: Type.String({ description: 'Why it failed; else empty' }),
});
export type ParseState = Static<typeof ParseState>;

/** What Postfix would do with it, in short; null until that is decided. An additional member. */
const Verdict = Type.Union([VerdictSummary, Type.Null()]);

/** A message in a list, and in the `new` event. */
export const MessageSummary = Type.Object({
  ID: Type.String({ description: 'The queue ID' }),
  MessageID: Type.String({ description: 'Without angle brackets' }),
  Read: Type.Boolean(),
  From: Type.Union([Address, Type.Null()]),
  To: Type.Array(Address),
  Cc: Type.Array(Address),
  Bcc: Type.Array(Address, { description: 'Those of the field, then recipients that no field names' }),
  ReplyTo: Type.Array(Address),
  Subject: Type.String({ description: 'Decoded' }),
  Created: Type.String({ description: 'When it was received, RFC 3339' }),
  Username: Type.String({ description: 'SASL login; empty if there was none' }),
  Tags: Type.Array(Type.String(), { description: 'Sorted' }),
  Size: Type.Integer({ description: 'Octets of the raw message' }),
  Attachments: Type.Integer({ description: 'Inline parts not counted' }),
  Snippet: Type.String({ description: 'At most 200 octets of visible text' }),
  Seq: Type.Integer({ description: 'Number of the commit that kept it: the order of the list' }),
  Envelope: EnvelopeSummary,
  Parse: ParseState,
  Verdict,
});
export type MessageSummary = Static<typeof MessageSummary>;

/** A page of messages. */
export const MessagesSummary = Type.Object({
  total: Type.Integer({ description: 'Messages in the inbox' }),
  unread: Type.Integer({ description: 'Unread messages in the inbox' }),
  count: Type.Integer({ description: 'Messages on this page' }),
  messages_count: Type.Integer({ description: 'Messages that match' }),
  messages_unread: Type.Integer({ description: 'Unread messages that match' }),
  start: Type.Integer(),
  tags: Type.Array(Type.String(), { description: 'All tags in use, sorted' }),
  messages: Type.Array(MessageSummary),
  Seq: Type.Integer({ description: 'The last change that this page takes in: resume the events from here' }),
});
export type MessagesSummary = Static<typeof MessagesSummary>;

/** A part with a file name or a Content-ID. */
export const Attachment = Type.Object({
  PartID: Type.String(),
  FileName: Type.String({ description: 'Falls back to the Content-ID' }),
  ContentType: Type.String(),
  ContentID: Type.String(),
  Size: Type.Integer({ description: 'Octets, decoded' }),
  Checksums: Type.Object({ MD5: Type.String(), SHA1: Type.String(), SHA256: Type.String() }),
});
export type Attachment = Static<typeof Attachment>;

/** One RCPT command. */
export const EnvelopeRecipient = Type.Object({
  Address: Type.String({ description: 'Forward-path as sent' }),
  Notify: Type.Array(Type.String(), { description: 'NOTIFY as asked; empty if it was not given' }),
  Orcpt: Type.String({ description: 'ORCPT as sent, or empty' }),
  Reply: Type.String({ description: 'The reply that the client was given' }),
});
export type EnvelopeRecipient = Static<typeof EnvelopeRecipient>;

/** The whole envelope. */
export const Envelope = Type.Object({
  From: Type.String({ description: 'Reverse-path as sent; empty for <>' }),
  To: Type.Array(EnvelopeRecipient),
  Hidden: Type.Array(Type.String(), { description: 'Recipients that no field of the header names: the last of `Bcc`' }),
  Body: Type.String({ description: 'BODY= as sent, or empty' }),
  SMTPUTF8: Type.Boolean(),
  Ret: Type.String({ description: 'RET= as sent, or empty' }),
  Envid: Type.String({ description: 'ENVID= as sent, or empty' }),
  Verp: Type.String({ description: 'The delimiters of XVERP, or empty' }),
});
export type Envelope = Static<typeof Envelope>;

/** A node of the MIME tree. */
export interface Part {
  PartID: string;
  ContentType: string;
  Charset: string;
  Encoding: string;
  Disposition: string;
  FileName: string;
  ContentID: string;
  /** Octets, decoded. */
  Size: number;
  SHA256: string;
  Parts: Part[];
}
export const Part = Type.Unsafe<Part>({
  type: 'object',
  required: [
    'PartID',
    'ContentType',
    'Charset',
    'Encoding',
    'Disposition',
    'FileName',
    'ContentID',
    'Size',
    'SHA256',
    'Parts',
  ],
  properties: {
    PartID: Type.String({ description: 'Path in the tree: `1.2`; empty for the root of several' }),
    ContentType: Type.String({ description: 'Lower case, without parameters' }),
    Charset: Type.String(),
    Encoding: Type.String({ description: 'Content-Transfer-Encoding' }),
    Disposition: Type.String({ description: '`inline`, `attachment` or empty' }),
    FileName: Type.String(),
    ContentID: Type.String(),
    Size: Type.Integer({ description: 'Octets, decoded' }),
    SHA256: Type.String({ description: 'Of the decoded octets; empty for those that have parts' }),
    Parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
  },
});

/** Something that its reader should know. */
export const Finding = Type.Object({ Code: Type.String(), Text: Type.String() });
export type Finding = Static<typeof Finding>;

/** One message. */
export const Message = Type.Object({
  ID: Type.String(),
  MessageID: Type.String(),
  Read: Type.Literal(true, {
    description: 'Asking for it marks it as read. Mailpit left this out; older clients need it',
  }),
  From: Type.Union([Address, Type.Null()]),
  To: Type.Array(Address),
  Cc: Type.Array(Address),
  Bcc: Type.Array(Address, { description: 'Those of the field, then recipients that no field names' }),
  ReplyTo: Type.Array(Address),
  ReturnPath: Type.String({ description: 'The reverse-path; of the null sender, the address in From' }),
  Subject: Type.String(),
  ListUnsubscribe: Type.Object({
    Header: Type.String(),
    Links: Type.Array(Type.String()),
    Errors: Type.String(),
    HeaderPost: Type.String(),
  }),
  Date: Type.String({ description: 'The Date field with its own offset; when it was received, if there is none' }),
  Tags: Type.Array(Type.String()),
  Username: Type.String(),
  Text: Type.String({ description: 'With the line ends that were sent' }),
  HTML: Type.String({ description: 'As sent: hostile. Show it by /view/{ID}.html only' }),
  Size: Type.Integer(),
  Inline: Type.Array(Attachment),
  Attachments: Type.Array(Attachment),
  TextFromHTML: Type.Boolean({ description: 'There is no text part: `Text` was made of the HTML' }),
  Seq: Type.Integer(),
  Created: Type.String({ description: 'When it was received, RFC 3339' }),
  Envelope,
  Session: Type.String({ description: 'The session that it came in, or empty' }),
  Parse: ParseState,
  Verdict,
  Root: Type.Union([Part, Type.Null()], { description: 'The MIME tree' }),
  Findings: Type.Array(Finding),
  HeaderCount: Type.Integer({ description: 'Header fields' }),
  Codes: Type.Array(Type.String(), { description: 'One-time codes that were found in what a reader sees' }),
  Links: Type.Array(Type.String(), { description: 'http and https links, each once; the first 100' }),
});
export type Message = Static<typeof Message>;

/** Header fields by canonical name: values raw, unfolded. */
export const Headers = Type.Record(Type.String(), Type.Array(Type.String()));
export type Headers = Static<typeof Headers>;

/** One header field in the order of the wire. */
export const HeaderField = Type.Object({
  Name: Type.String({ description: 'As written' }),
  Value: Type.String({ description: 'Decoded and unfolded' }),
  Raw: Type.String({ description: 'As sent, folding included' }),
});
export type HeaderField = Static<typeof HeaderField>;
