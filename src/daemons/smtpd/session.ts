import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { MailParameters } from '../../rules/address/parameters.ts';
import type { Path } from '../../rules/address/path.ts';
import type { EnvelopeRecipient } from '../../rules/envelope.ts';
import type { Settings } from '../../settings/settings.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { SessionStart } from '../../store/session.ts';
import type { Store } from '../../store/store.ts';
import type { Accept } from '../cleanup/accept.ts';
import type { Content } from './content.ts';
import type { Answer, Decide } from './decide.ts';
import { openDialogue, type Dialogue } from './dialogue.ts';
import type { IntakeBudget, IntakeShare } from './intake-budget.ts';

/** How many came, since the start. */
export interface SmtpdStats {
  /** Messages kept, and their octets. */
  readonly accepted: number;
  readonly acceptedBytes: number;
  /** Refused senders, recipients and messages. */
  readonly rejected: number;
  /** Messages taken and thrown away. */
  readonly ignored: number;
}

/** What all sessions of a listener share. */
export interface Surroundings {
  /** The settings of the listener's service as they are now: a session keeps those that it began with. */
  readonly currentSettings: () => Settings;
  readonly store: Pick<Store, 'newQueueId' | 'newSessionId' | 'journal'>;
  readonly accept: Accept;
  readonly clock: Clock;
  readonly log: Log;
  readonly decide: Decide | undefined;
  readonly budget: IntakeBudget;
  readonly stats: { -readonly [K in keyof SmtpdStats]: SmtpdStats[K] };
}

/** A mail transaction (RFC 5321 §3.3): from MAIL to the end of the message, or RSET. */
export interface Transaction {
  readonly reversePath: Path;
  readonly parameters: MailParameters;
  /** The number of the MAIL command's line in the dialogue. */
  readonly startLine: number;
  /** Those accepted. */
  readonly recipients: EnvelopeRecipient[];
  /** Allocated at the first accepted recipient. */
  queueId: QueueId | undefined;
}

/** Content on its way in, and the memory that it takes. */
export interface Receiving {
  readonly content: Content;
  readonly share: IntakeShare;
}

/** One client's conversation with us: what its commands have set so far. */
export interface Session extends Omit<Surroundings, 'currentSettings'>, SessionStart {
  readonly settings: Settings;
  readonly dialogue: Dialogue;
  /** As HELO or EHLO gave it; undefined before. */
  helo: string | undefined;
  /** SASL login; undefined before AUTH. */
  username: string | undefined;
  transaction: Transaction | undefined;
  /** Set between 354 and the end of the content. */
  receiving: Receiving | undefined;
  /** Takes the next line in the place of a command. */
  continuation: ((line: string) => Answer) | undefined;
}

/** A session in which nothing was said yet. */
export function openSession({ currentSettings, ...shared }: Surroundings, start: SessionStart): Session {
  const dialogue = openDialogue(shared.store.newSessionId(), start, shared);
  return {
    ...shared,
    ...start,
    settings: currentSettings(),
    dialogue,
    helo: undefined,
    username: undefined,
    transaction: undefined,
    receiving: undefined,
    continuation: undefined,
  };
}
