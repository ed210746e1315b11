import type { Octets } from '../octets.ts';

/** What Postfix knows of a header. */
export interface HeaderKind {
  /** In lower case. */
  readonly name: string;
  /** It has addresses of senders, or of recipients, which are rewritten. */
  readonly role?: 'sender' | 'recipient';
  /** mime_header_checks look at it, wherever it stands. */
  readonly isMime?: true;
  /** It is there when a message was sent again: what is added is called `Resent-…`, too. */
  readonly isResent?: true;
}

const SENDERS = [
  'disposition-notification-to',
  'errors-to',
  'from',
  'mail-followup-to',
  'reply-to',
  'resent-from',
  'resent-sender',
  'return-path',
  'return-receipt-to',
  'sender',
];
const RECIPIENTS = [
  'apparently-to',
  'bcc',
  'cc',
  'resent-bcc',
  'resent-cc',
  // QUIRK: its address counts as a recipient's, but that of Reply-To as a sender's.
  'resent-reply-to',
  'resent-to',
  'to',
];
const MIME = [
  'content-description',
  'content-disposition',
  'content-id',
  'content-transfer-encoding',
  'content-type',
  'mime-version',
];
const OTHERS = ['content-length', 'date', 'delivered-to', 'message-id', 'received', 'resent-date', 'resent-message-id'];

/** The headers that Postfix knows, by their names in lower case. @see Postfix's header_opts(3) */
export const KNOWN_HEADERS: ReadonlyMap<Octets, HeaderKind> = new Map(
  [
    ...SENDERS.map((name): HeaderKind => ({ name, role: 'sender' })),
    ...RECIPIENTS.map((name): HeaderKind => ({ name, role: 'recipient' })),
    ...MIME.map((name): HeaderKind => ({ name, isMime: true })),
    ...OTHERS.map((name): HeaderKind => ({ name })),
  ].map((kind) => [kind.name, kind.name.startsWith('resent-') ? { ...kind, isResent: true } : kind]),
);

/** How long the name is if a line begins with a header's name and a colon; otherwise 0. @see Postfix's is_header(3) */
export function measureHeaderName(line: Octets): number {
  return /^([!-9;-~]+)[ \t]*:/.exec(line)?.[1]?.length ?? 0;
}

/** The name of a header, in lower case. @param text it begins with a name and a colon */
export function toHeaderName(text: Octets): Octets {
  return text.slice(0, text.indexOf(':')).trimEnd().toLowerCase();
}
