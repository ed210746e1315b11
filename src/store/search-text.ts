import type { MailAddress, MessageSummary } from '../message/summary.ts';
import { hiddenRecipients } from './hidden-recipients.ts';

/** What search sees of a message: each member folded by {@link foldText}. */
export interface SearchDocument {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  readonly replyTo: string;
  readonly messageId: string;
  /** The reverse-path between two line feeds; so that a whole address can be told from a part of one. */
  readonly envelopeFrom: string;
  /** The recipients, with a line feed before, between and after. */
  readonly envelopeTo: string;
  /** Visible text; empty until the message is parsed. */
  readonly body: string;
  readonly fileNames: string;
}

/** What a {@link SearchDocument} is made of. */
export interface SearchSource {
  readonly summary: MessageSummary;
  readonly reversePath: string;
  /** Every recipient as sent. */
  readonly recipients: readonly string[];
  /** From the parser. */
  readonly searchText?: string;
  readonly fileNames?: readonly string[];
}

/** What a search without a prefix looks through. The Message-ID isn't: its host name would match every mail of a test. */
export const TEXT_FIELDS = [
  'subject',
  'from',
  'to',
  'cc',
  'bcc',
  'replyTo',
  'envelopeFrom',
  'envelopeTo',
  'body',
  'fileNames',
] as const satisfies readonly (keyof SearchDocument)[];

/** Those of {@link TEXT_FIELDS} that a single character is looked for in: it would be in every body. */
export const HEADER_FIELDS = TEXT_FIELDS.filter((field) => field !== 'body' && field !== 'fileNames');

/** What counts as white space where words are compared, as in Mailpit: so `Ada Lovelace ada@example.com` is found in From. */
const GAPS = /[\s<>",;()]+/g;

/**
 * Brings text into the form that is compared: lower case (of all scripts), composed (NFC), runs of white space and of the
 * marks `<>",;()` as one space. NUL, U+0001 (which the index ends texts with) and lone surrogates become U+FFFD.
 */
export function foldText(text: string): string {
  return foldAddress(text).replace(GAPS, ' ');
}

/** The words of a search term, so that a mark or blank at its end needn't be in the text, too. */
export function toWords(text: string): string {
  return text.replace(GAPS, ' ').trim();
}

/** As {@link foldText}, but keeps white space as it is: in an envelope address each space counts. */
export function foldAddress(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\0\u0001]|\p{Surrogate}/gu, '\uFFFD');
}

/** The text that is in {@link SearchDocument.envelopeFrom} or `envelopeTo` if `address` is one of its addresses. */
export function toEnvelopeNeedle(address: string): string {
  return `\n${foldAddress(address)}\n`;
}

/** Makes what search sees of a message. */
export function toSearchDocument(source: SearchSource): SearchDocument {
  const { summary } = source;
  return {
    subject: foldText(summary.subject),
    from: foldMailboxes([summary.from]),
    to: foldMailboxes(summary.to),
    cc: foldMailboxes(summary.cc),
    bcc: foldMailboxes([...summary.bcc, ...hiddenMailboxes(source)]),
    replyTo: foldMailboxes(summary.replyTo),
    messageId: foldText(summary.messageId),
    envelopeFrom: toEnvelopeNeedle(source.reversePath),
    envelopeTo: `\n${source.recipients.map(foldAddress).join('\n')}\n`,
    body: foldText(source.searchText ?? ''),
    fileNames: (source.fileNames ?? []).map(foldText).join('\n'),
  };
}

/** Whoever got a blind copy, named in a field or not, is found by `bcc:`. */
function hiddenMailboxes({ summary, recipients }: SearchSource): readonly MailAddress[] {
  return hiddenRecipients(summary, recipients).map((address) => ({ name: '', address }));
}

/** `name <address>`, as people copy it from a mail program; mailboxes are kept apart by a line feed. */
function foldMailboxes(mailboxes: readonly MailAddress[]): string {
  return mailboxes
    .map(({ name, address }) => foldText(name === '' ? address : address === '' ? name : `${name} <${address}>`))
    .join('\n');
}
