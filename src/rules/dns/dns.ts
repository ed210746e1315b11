import type { Octets } from '../octets.ts';

/** The types of records that rules ask for. */
export const DNS_TYPES = ['A', 'AAAA', 'MX', 'NS', 'TXT', 'PTR', 'CNAME'] as const;

/** A type of DNS record. @see RFC 1035 §3.2.2, RFC 3596 */
export type DnsType = (typeof DNS_TYPES)[number];

/**
 * What DNS says. `no domain`: there is no such name (NXDOMAIN). `no data`: the name is there, but has no record of the
 * type. `try again`: nobody could say.
 */
export type DnsAnswer = DnsRecords | NoRecords;

/** Records that were found. */
export interface DnsRecords {
  readonly status: 'found';
  /** An address, a name without its last dot, `10 mx.example.com`, or a text. */
  readonly records: readonly Octets[];
}

/** Why there are none. */
export interface NoRecords {
  readonly status: 'no domain' | 'no data' | 'try again';
}

/** Asks for the records of a name; one with letters beyond ASCII stands for its A-labels. */
export type AskDns = (name: Octets, type: DnsType) => DnsAnswer;

const FAULTS = {
  'no domain': 'Host not found',
  'no data': 'Host found but no data record of requested type',
  'try again': 'Host not found, try again',
} as const;

/** Why there are no records, in Postfix's words. @see Postfix's dns_strerror(3) */
export function describeDnsFault({ status }: NoRecords): string {
  return FAULTS[status];
}

const RESOLVE_FAULTS = {
  'no domain': 'Name or service not known',
  'no data': 'No address associated with hostname',
  'try again': 'Temporary failure in name resolution',
} as const;

/** Why a host has no address, in the words of the C library. @see gai_strerror(3) */
export function describeResolveFault({ status }: NoRecords): string {
  return RESOLVE_FAULTS[status];
}
