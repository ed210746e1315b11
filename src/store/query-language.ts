import { parseLocalTime } from './local-time.ts';
import type { DeliveryStatus } from '../rules/trace.ts';
import type { Query, QueryField } from './query.ts';
import { toWords } from './search-text.ts';

/** What a search text is read with. */
export interface QueryOptions {
  /** ms since 1970. */
  readonly nowMs: number;
  /** IANA name of the zone that dates without one are in. @default the machine's own */
  readonly timeZone?: string;
}

const FIELDS: ReadonlySet<string> = new Set<QueryField>([
  'from',
  'to',
  'cc',
  'bcc',
  'reply-to',
  'addressed',
  'subject',
  'message-id',
]);

/** Prefixes beside {@link FIELDS} that say nothing without a value. */
const PREFIXES: ReadonlySet<string> = new Set(['rcpt', 'env-from', 'tag', 'before', 'after', 'verdict', 'via', 'rule']);

/** The statuses, and what people call them. */
const STATUSES: ReadonlyMap<string, DeliveryStatus> = new Map([
  ['rejected', 'rejected'],
  ['reject', 'rejected'],
  ['sent', 'sent'],
  ['delivered', 'sent'],
  ['deferred', 'deferred'],
  ['defer', 'deferred'],
  ['bounced', 'bounced'],
  ['bounce', 'bounced'],
  ['discarded', 'discarded'],
  ['discard', 'discarded'],
  ['expired', 'expired'],
  ['held', 'held'],
  ['hold', 'held'],
  ['forwarded', 'forwarded'],
  ['forward', 'forwarded'],
  ['filtered', 'filtered'],
  ['filter', 'filtered'],
  ['deliverable', 'deliverable'],
  ['undeliverable', 'undeliverable'],
] as const);

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, kb: 1024, m: 1024 * 1024, mb: 1024 * 1024 };

/**
 * Reads a search as Mailpit writes it: terms between spaces, all of which must hold; `"…"` keeps spaces, `-` or `!`
 * negates; `from:` `to:` `cc:` `bcc:` `reply-to:` `addressed:` `subject:` `message-id:` `tag:` `is:read|unread|tagged`
 * `has:attachment|inline` `before:` `after:` `larger:` `smaller:`. Ours beside it: `rcpt:` and `env-from:`, an address
 * of the envelope, whole; `verdict:` how a delivery ends (`verdict:bounced`), `via:` its transport or next hop, `rule:` a
 * parameter, table or `file:line` that decided something, `queue:hold|deferred`, `upto:` the number of a change, for what
 * was kept until then.
 *
 * Never fails: a date that can't be read and a prefix without a value are left out; what else can't be read is text.
 * A term of nothing but the marks `<>",;()` is left out, too.
 * @see {@link https://mailpit.axllent.org/docs/usage/search-filters/}
 */
export function parseQuery(text: string, options: QueryOptions): Query {
  const terms = splitTerms(text).flatMap((term) => parseTerm(term, options) ?? []);
  const [only] = terms;
  return only !== undefined && terms.length === 1 ? only : { kind: 'and', terms };
}

interface Term {
  readonly negated: boolean;
  /** Without its quotes. */
  readonly text: string;
  /** A quote came before any colon: then there is no prefix. */
  readonly isQuoted: boolean;
}

/** Quotes may stand anywhere in a term; one that isn't closed goes to the end. */
function splitTerms(text: string): readonly Term[] {
  const terms: Term[] = [];
  for (const [whole] of text.matchAll(/(?:"[^"]*(?:"|$)|[^\s"])+/g)) {
    const negated = /^[-!]./.test(whole);
    const body = negated ? whole.slice(1) : whole;
    const unquoted = body.replaceAll('"', '').replace(/\s+/g, ' ').trim();
    if (unquoted !== '') terms.push({ negated, text: unquoted, isQuoted: body.startsWith('"') });
  }
  return terms;
}

function parseTerm({ negated, text, isQuoted }: Term, options: QueryOptions): Query | undefined {
  const query =
    (isQuoted ? undefined : parsePrefixed(text, options)) ?? toTerm(text, (words) => ({ kind: 'text', text: words }));
  if (query === 'ignored') return undefined;
  return negated ? { kind: 'not', term: query } : query;
}

/** A term that looks for words, if there are any. */
function toTerm(text: string, toQuery: (words: string) => Query): Query | 'ignored' {
  const words = toWords(text);
  return words === '' ? 'ignored' : toQuery(words);
}

/** @returns undefined if the term is plain text after all */
function parsePrefixed(text: string, options: QueryOptions): Query | 'ignored' | undefined {
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  const prefix = text.slice(0, colon).toLowerCase();
  const value = text.slice(colon + 1).trim();
  if (isField(prefix)) return toTerm(value, (words) => ({ kind: 'field', field: prefix, text: words }));
  if (value === '') return PREFIXES.has(prefix) ? 'ignored' : undefined;
  switch (prefix) {
    case 'rcpt':
      return { kind: 'envelope', side: 'to', address: value };
    case 'env-from':
      return { kind: 'envelope', side: 'from', address: value === '<>' ? '' : value };
    case 'tag':
      return toTerm(value, (words) => ({ kind: 'tag', tag: words }));
    case 'verdict':
      return parseStatus(value);
    case 'queue':
      return /^(?:hold|held|deferred?)$/i.test(value) ? parseStatus(value) : undefined;
    case 'via':
      return { kind: 'via', name: value };
    case 'rule':
      return { kind: 'rule', text: value };
    case 'is':
      return parseIs(value.toLowerCase());
    case 'has':
      return parseHas(value.toLowerCase());
    case 'before':
    case 'after': {
      const timeMs = parseLocalTime(value, options);
      return timeMs === undefined ? 'ignored' : { kind: prefix, timeMs };
    }
    case 'larger':
    case 'smaller': {
      const sizeBytes = parseSize(value.toLowerCase());
      return sizeBytes === undefined ? undefined : { kind: prefix, sizeBytes };
    }
    case 'upto':
      return /^\d{1,15}$/.test(value) ? { kind: 'upto', seq: Number(value) } : undefined;
    default:
      return undefined;
  }
}

function isField(prefix: string): prefix is QueryField {
  return FIELDS.has(prefix);
}

function parseStatus(value: string): Query | undefined {
  const status = STATUSES.get(value.toLowerCase());
  return status && { kind: 'verdict', status };
}

function parseIs(value: string): Query | undefined {
  switch (value) {
    case 'read':
      return { kind: 'read', read: true };
    case 'unread':
      return { kind: 'read', read: false };
    case 'tagged':
      return { kind: 'tagged' };
    default:
      return undefined;
  }
}

function parseHas(value: string): Query | undefined {
  switch (value) {
    case 'attachment':
    case 'attachments':
      return { kind: 'has', what: 'attachment' };
    case 'inline':
    case 'inlines':
      return { kind: 'has', what: 'inline' };
    default:
      return undefined;
  }
}

function parseSize(value: string): number | undefined {
  const { number, unit } = /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>[a-z]*)$/.exec(value)?.groups ?? {};
  const factor = unit === undefined ? undefined : UNITS[unit];
  return number === undefined || factor === undefined ? undefined : Math.round(Number(number) * factor);
}
