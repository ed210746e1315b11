import type { Octets } from '../octets.ts';

/** A reply of Postfix's to a command (RFC 5321 §4.2). */
export interface Reply {
  /** 400–599. */
  readonly code: number;
  /** RFC 3463: `5.7.1`. */
  readonly enhanced: string;
  readonly text: Octets;
}
