import type { Query, QueryField } from './query.ts';
import { foldText, HEADER_FIELDS, TEXT_FIELDS, toEnvelopeNeedle, type SearchDocument } from './search-text.ts';
import type { StoredMessage } from './store.ts';

/** The members of a {@link SearchDocument} that a field of the query stands for. */
export const DOCUMENT_FIELDS: Readonly<Record<QueryField, readonly (keyof SearchDocument)[]>> = {
  from: ['from'],
  to: ['to'],
  cc: ['cc'],
  bcc: ['bcc'],
  'reply-to': ['replyTo'],
  addressed: ['from', 'to', 'cc', 'bcc', 'replyTo'],
  subject: ['subject'],
  'message-id': ['messageId'],
};

/** Whether a message is one of those that `query` asks for. The index of a database must agree with this. */
export function matchesQuery(query: Query, message: StoredMessage, document: SearchDocument): boolean {
  switch (query.kind) {
    case 'and':
      return query.terms.every((term) => matchesQuery(term, message, document));
    case 'or':
      return query.terms.some((term) => matchesQuery(term, message, document));
    case 'not':
      return !matchesQuery(query.term, message, document);
    case 'text':
      return contains(document, textFields(query.text), foldText(query.text));
    case 'field':
      return contains(document, DOCUMENT_FIELDS[query.field], foldText(query.text));
    case 'envelope':
      return document[query.side === 'from' ? 'envelopeFrom' : 'envelopeTo'].includes(toEnvelopeNeedle(query.address));
    case 'tag':
      return message.tags.some((tag) => foldText(tag) === foldText(query.tag));
    case 'verdict':
      return (message.verdict?.counts[query.status] ?? 0) > 0;
    case 'via':
      return message.verdict?.via.includes(foldText(query.name)) === true;
    case 'rule':
      return message.verdict?.rules.some((rule) => rule.includes(foldText(query.text))) === true;
    case 'read':
      return message.read === query.read;
    case 'tagged':
      return message.tags.length > 0;
    case 'has':
      return message.parse.state === 'parsed' && partCount(message.parse, query.what) > 0;
    case 'before':
      return message.receivedAtMs < query.timeMs;
    case 'after':
      return message.receivedAtMs >= query.timeMs;
    case 'larger':
      return message.sizeBytes > query.sizeBytes;
    case 'smaller':
      return message.sizeBytes < query.sizeBytes;
    case 'upto':
      return message.seq <= query.seq;
  }
}

/** Where a search without a prefix looks for `text`: everywhere, but for a single character only in the header. */
export function textFields(text: string): readonly (keyof SearchDocument)[] {
  return Array.from(foldText(text)).length === 1 ? HEADER_FIELDS : TEXT_FIELDS;
}

function contains(document: SearchDocument, fields: readonly (keyof SearchDocument)[], needle: string): boolean {
  return fields.some((field) => document[field].includes(needle));
}

function partCount(
  parse: { readonly attachmentCount: number; readonly inlineCount: number },
  what: 'attachment' | 'inline',
): number {
  return what === 'attachment' ? parse.attachmentCount : parse.inlineCount;
}
