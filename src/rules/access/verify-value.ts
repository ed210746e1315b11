import type { Octets } from '../octets.ts';

/** What became of a probe: the address can be delivered to, it can't, or that isn't known yet. */
export interface Verification {
  readonly status: 'deliverable' | 'undeliverable' | 'deferred';
  /** Why, as the other side says it. */
  readonly text: Octets;
}

/** What Postfix says where nobody gave a reason. */
const REASONS = {
  deliverable: '250 2.1.5 Ok',
  undeliverable: 'unknown user',
  deferred: 'Address verification in progress',
} as const;

/** Reads what catch_verify_map answers. @returns undefined if it is none of the three */
export function parseVerifyValue(value: Octets): Verification | undefined {
  const [, word = '', text = ''] = /^\s*(\S*)\s*(.*?)\s*$/s.exec(value) ?? [];
  const status = word.toLowerCase();
  if (status !== 'deliverable' && status !== 'undeliverable' && status !== 'deferred') return undefined;
  return { status, text: text === '' ? REASONS[status] : text };
}
