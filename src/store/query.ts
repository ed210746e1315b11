import type { DeliveryStatus } from '../rules/trace.ts';

/**
 * A parsed search: one shape for the API, the fixture's `waitFor` and whatever else picks messages.
 * Text matches as a substring of the decoded text, without regard to case.
 */
export type Query =
  | { readonly kind: 'and'; readonly terms: readonly Query[] }
  | { readonly kind: 'or'; readonly terms: readonly Query[] }
  | { readonly kind: 'not'; readonly term: Query }
  /** Headers, envelope, visible text and file names. */
  | { readonly kind: 'text'; readonly text: string }
  /** A header field of addresses (names and addresses), the subject, the Message-ID. */
  | { readonly kind: 'field'; readonly field: QueryField; readonly text: string }
  /** An envelope address, whole: exact but for the case of its domain … and of ASCII letters. */
  | { readonly kind: 'envelope'; readonly side: 'from' | 'to'; readonly address: string }
  | { readonly kind: 'tag'; readonly tag: string }
  /** A delivery stands so. */
  | { readonly kind: 'verdict'; readonly status: DeliveryStatus }
  /** A delivery goes by this transport, to this next hop, or by both (`smtp:[mx.test]:587`): whole, without regard to case. */
  | { readonly kind: 'via'; readonly name: string }
  /** A parameter, table or `file:line` that decided something has this in its name. */
  | { readonly kind: 'rule'; readonly text: string }
  | { readonly kind: 'read'; readonly read: boolean }
  | { readonly kind: 'tagged' }
  | { readonly kind: 'has'; readonly what: 'attachment' | 'inline' }
  /** Received before (exclusive) or from (inclusive) this time, ms since 1970. */
  | { readonly kind: 'before'; readonly timeMs: number }
  | { readonly kind: 'after'; readonly timeMs: number }
  /** Strictly larger or smaller, in octets of the raw message. */
  | { readonly kind: 'larger'; readonly sizeBytes: number }
  | { readonly kind: 'smaller'; readonly sizeBytes: number }
  /** Kept by this commit or before: what comes later isn't meant. */
  | { readonly kind: 'upto'; readonly seq: number };

/** `addressed` is any of from, to, cc, bcc and reply-to. */
export type QueryField = 'from' | 'to' | 'cc' | 'bcc' | 'reply-to' | 'addressed' | 'subject' | 'message-id';
