import type { MimePart, ParsedMessage } from '../../message/parsed.ts';
import { groupAttachments } from '../../message/attachments.ts';
import type { MailAddress, MessageSummary as MailSummary } from '../../message/summary.ts';
import type { Envelope as StoredEnvelope } from '../../rules/envelope.ts';
import { hiddenRecipients } from '../../store/hidden-recipients.ts';
import type { MessageRecord, ParseState as StoredParseState, StoredMessage } from '../../store/store.ts';
import { toVerdictSummary } from './journey-wire.ts';
import { toTime } from './time.ts';
import type { Address, Attachment, Envelope, Message, MessageSummary, ParseState, Part } from './schemas/message.ts';

/** The decoded bodies of a message. */
export interface Bodies {
  readonly text: string;
  readonly html: string;
  /** The HTML as text, if there is no text; else empty. */
  readonly standIn: string;
}

const MAX_LINKS = 100;
const NO_UNSUBSCRIBE = { header: '', links: [], errors: '', headerPost: '' };

/** A message as lists and the feed show it. */
export function toSummary(message: StoredMessage): MessageSummary {
  const { summary, parse } = message;
  return {
    ID: message.id,
    MessageID: summary.messageId,
    Read: message.read,
    From: toAddress(summary.from),
    To: summary.to.map(toAddress),
    Cc: summary.cc.map(toAddress),
    Bcc: toBcc(summary, hiddenRecipients(summary, message.recipients)),
    ReplyTo: summary.replyTo.map(toAddress),
    Subject: summary.subject,
    Created: toTime(message.receivedAtMs),
    Username: message.username,
    Tags: [...message.tags],
    Size: message.sizeBytes,
    Attachments: parse.state === 'parsed' ? parse.attachmentCount : 0,
    Snippet: parse.state === 'parsed' ? parse.snippet : '',
    Seq: message.seq,
    Envelope: { From: message.reversePath, To: [...message.recipients], Count: message.recipientCount },
    Parse: toParseState(parse),
    Verdict: message.verdict ? toVerdictSummary(message.verdict) : null,
  };
}

/** One message in full. */
export function toMessage(record: MessageRecord, bodies: Bodies): Message {
  const { parsed } = record;
  const summary = parsed?.summary ?? record.summary;
  const unsubscribe = parsed?.listUnsubscribe ?? NO_UNSUBSCRIBE;
  const created = toTime(record.receivedAtMs);
  const { inline, attached } = parsed ? groupAttachments(parsed.root) : { inline: [], attached: [] };
  const hidden = hiddenRecipients(
    summary,
    record.envelope.recipients.map(({ address }) => address),
  );
  return {
    ID: record.id,
    MessageID: summary.messageId,
    Read: true,
    From: toAddress(summary.from),
    To: summary.to.map(toAddress),
    Cc: summary.cc.map(toAddress),
    Bcc: toBcc(summary, hidden),
    ReplyTo: summary.replyTo.map(toAddress),
    // As in Mailpit: `Envelope.From` tells the null sender from others.
    ReturnPath: record.reversePath === '' ? summary.from.address : record.reversePath,
    Subject: summary.subject,
    ListUnsubscribe: {
      Header: unsubscribe.header,
      Links: [...unsubscribe.links],
      Errors: unsubscribe.errors,
      HeaderPost: unsubscribe.headerPost,
    },
    Date: summary.date === '' ? created : summary.date,
    Tags: [...record.tags],
    Username: record.username,
    Text: readableText(bodies),
    HTML: bodies.html,
    Size: record.sizeBytes,
    Inline: inline.map(toAttachment),
    Attachments: attached.map(toAttachment),
    TextFromHTML: bodies.text === '' && bodies.standIn !== '',
    Seq: record.seq,
    Created: created,
    Envelope: { ...toEnvelope(record.envelope), Hidden: [...hidden] },
    Session: record.session?.id ?? '',
    Parse: toParseState(record.parse),
    Verdict: record.verdict ? toVerdictSummary(record.verdict) : null,
    Root: parsed ? toPart(parsed.root) : null,
    Findings: toFindings(parsed),
    HeaderCount: parsed?.fieldCount ?? 0,
    Codes: [...(parsed?.codes ?? [])],
    Links: (parsed?.links ?? []).slice(0, MAX_LINKS),
  };
}

/** The text of a message; of one that has none, its HTML as text. */
export function readableText({ text, standIn }: Bodies): string {
  return text === '' ? standIn : text;
}

/** Whom a message was copied to blindly: those that Bcc names, then those that no field names. As in Mailpit. */
function toBcc({ bcc }: MailSummary, hidden: readonly string[]): Address[] {
  return [...bcc.map(toAddress), ...hidden.map((address) => ({ Name: '', Address: address }))];
}

function toAddress(mailbox: MailAddress): Address {
  return { Name: mailbox.name, Address: mailbox.address };
}

function toParseState(parse: StoredParseState): ParseState {
  return { State: parse.state, Reason: parse.state === 'failed' ? parse.reason : '' };
}

function toEnvelope(envelope: StoredEnvelope): Omit<Envelope, 'Hidden'> {
  return {
    From: envelope.reversePath,
    To: envelope.recipients.map(({ address, notify, orcpt, reply }) => ({
      Address: address,
      Notify: [...(notify ?? [])],
      Orcpt: orcpt ?? '',
      Reply: reply,
    })),
    Body: envelope.body ?? '',
    SMTPUTF8: envelope.smtputf8,
    Ret: envelope.ret ?? '',
    Envid: envelope.envid ?? '',
    Verp: envelope.verp ?? '',
  };
}

function toAttachment(part: MimePart): Attachment {
  return {
    PartID: part.partId,
    FileName: part.fileName ?? part.contentId ?? '',
    ContentType: part.contentType,
    ContentID: part.contentId ?? '',
    Size: part.sizeBytes,
    Checksums: { MD5: part.sums?.md5 ?? '', SHA1: part.sums?.sha1 ?? '', SHA256: part.sums?.sha256 ?? '' },
  };
}

function toPart(part: MimePart): Part {
  return {
    PartID: part.partId,
    ContentType: part.contentType,
    Charset: part.charset ?? '',
    Encoding: part.encoding,
    Disposition: part.disposition ?? '',
    FileName: part.fileName ?? '',
    ContentID: part.contentId ?? '',
    Size: part.sizeBytes,
    SHA256: part.sums?.sha256 ?? '',
    Parts: part.children.map(toPart),
  };
}

function toFindings(parsed: ParsedMessage | undefined): Message['Findings'] {
  return (parsed?.findings ?? []).map(({ code, text }) => ({ Code: code, Text: text }));
}
