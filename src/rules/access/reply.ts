import type { Octets } from '../octets.ts';

/** What the postmaster may want to hear of. @see postconf(5), notify_classes */
export type Trouble = 'bounce' | 'data' | 'policy' | 'protocol' | 'resource' | 'software';

/** A reply of Postfix's to a command (RFC 5321 §4.2). */
export interface Reply {
  /** 400–599. */
  readonly code: number;
  /** RFC 3463: `5.7.1`. */
  readonly enhanced: string;
  readonly text: Octets;
  /** @default 'policy' */
  readonly trouble?: Trouble;
}
