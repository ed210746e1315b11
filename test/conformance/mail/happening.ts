// What mail of a probe led to, as the product tells it: the raw material of the outcome.
import type { Journey } from '../../../src/rules/journey.ts';
import type { RecordedAct } from './recorder.ts';
import type { SessionLine } from './session-log.ts';

/** A message that was taken, and all that came of it. */
export interface TakenMail {
  readonly queueId: string;
  readonly journey: Journey;
}

/** All that happened since the probe before. */
export interface Happening {
  /** In the order in which they were taken. */
  readonly mails: readonly TakenMail[];
  /** What smtpd(8) logged of the session. */
  readonly sessionLog: readonly SessionLine[];
  readonly acts: readonly RecordedAct[];
}

/** What of the configuration shows in the log. */
export interface LogFacts {
  /** How the log calls the program behind a transport: `local`, `smtp`, `retry`; pipe services have their own names. */
  nameAgent(transport: string): string;
  /** The name before the program's: `postfix`, `postfix/submission`. */
  nameSystem(program: string): string;
  /** Whether text beyond ASCII is logged as it is. */
  readonly isUtf8: boolean;
  /** Whether addresses are logged in external form: info_log_address_format. */
  readonly isExternal: boolean;
  /** Whether the case has policy servers: then what smtpd(8) says of them counts. */
  readonly hasPolicy?: boolean;
}
