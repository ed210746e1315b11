import type { Octets } from '../octets.ts';

/** What a restriction says: nothing, let it in, or refuse. */
export type Outcome = 'dunno' | 'ok' | 'reject';

/** What a list of restrictions is about: how replies name it. */
export interface Subject {
  /** The client, the HELO name, the address: what stands in `<>` in the reply. */
  readonly name: Octets;
  /** What it is. */
  readonly what: SubjectKind;
}

/** How replies call what is refused. @see Postfix's smtpd_check.c */
export type SubjectKind =
  | 'Client certificate'
  | 'Client host'
  | 'Unverified Client host'
  | 'SASL login name'
  | 'Helo command'
  | 'Sender address'
  | 'Recipient address'
  | 'Etrn command'
  | 'Data command'
  | 'End-of-data';

/**
 * A list can't be evaluated any further: its stage ends with this outcome, wherever it is. Never leaves `decideAccess`.
 */
export class StageEnded extends Error {
  override readonly name = 'StageEnded';
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome);
    this.outcome = outcome;
  }
}
