import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { MailParameters } from '../../rules/address/parameters.ts';
import { identifyClient } from '../../rules/access/client-name.ts';
import type { AccessClient } from '../../rules/access/client.ts';
import type { ClientTls } from '../../rules/access/client-tls.ts';
import { openAccessState, type AccessState, type MailProtocol } from '../../rules/access/state.ts';
import type { ErrorClass } from '../../rules/bounce/error-class.ts';
import type { Path } from '../../rules/address/path.ts';
import { findServicePort } from '../../rules/config/service-port.ts';
import type { MadeFault, RefusedRecipient } from '../../rules/entrance.ts';
import type { EnvelopeRecipient } from '../../rules/envelope.ts';
import { toOctets } from '../../rules/octets.ts';
import type { RecordedAnswers } from '../../rules/question.ts';
import type { Settings } from '../../settings/settings.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { SessionStart } from '../../store/session.ts';
import type { Store } from '../../store/store.ts';
import type { Accept } from '../cleanup/accept.ts';
import { openContent, type Content } from './content.ts';
import type { FindCertificate } from './starttls.ts';
import type { Answer, Decide, DecideContent } from './decide.ts';
import type { DovecotAuth } from './dovecot-auth.ts';
import { openDialogue, type Dialogue } from './dialogue.ts';
import type { IntakeBudget, IntakeShare } from './intake-budget.ts';
import { PLAIN_ALLOWANCE, type Allowance } from './allowance.ts';
import type { ClientRates, ClientTally } from './client-rates.ts';
import { openClientErrors, type ClientErrors } from './client-errors.ts';
import { openErrorRecord, type ErrorRecord } from './error-record.ts';
import { openSessionRules, type SessionRules, type SmtpdRules } from './rules.ts';
import type { TlsOffer } from './tls-offer.ts';

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
  /** What Postfix's cleanup would answer to a message, in strict mode; undefined: it is taken. */
  readonly decideContent: DecideContent | undefined;
  /** The service that listens, as master.cf has it: `25/inet`. */
  readonly service: string;
  /** LMTP is spoken: LHLO in the place of EHLO, and a reply for each recipient behind the content. @see RFC 2033 */
  readonly isLmtp?: boolean | undefined;
  /** Without them nothing is asked of access rules, and nobody may say XCLIENT. */
  readonly currentRules: SmtpdRules | undefined;
  readonly budget: IntakeBudget;
  readonly rates: ClientRates;
  /** Finds the certificate for STARTTLS; undefined: there is no TLS. */
  readonly certificate: FindCertificate | undefined;
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
  /** Those refused, but which access rules haven't forgotten. @see Entrance */
  readonly refused: RefusedRecipient[];
  /** Allocated at the first accepted recipient. */
  queueId: QueueId | undefined;
  /** What policy servers said about what was taken of it. */
  policyAnswers: RecordedAnswers;
  /** How many recipients came beyond smtpd_recipient_limit. */
  overshoot: number;
}

/** Content on its way in, and the memory that it takes. */
export interface Incoming {
  readonly content: Content;
  readonly share: IntakeShare;
}

/** What the octets to come are, in the place of commands. */
export interface Receiving {
  /** Where they go; undefined: nowhere. */
  readonly incoming: Incoming | undefined;
  /** How many they are: a chunk of BDAT's; undefined: up to the dot of DATA. */
  leftBytes: number | undefined;
  /** Answers once they are there. */
  readonly finish: () => Answer;
  /** The message is complete then. */
  readonly endsContent?: true;
}

/** One client's conversation with us: what its commands have set so far. */
export interface Session extends Omit<Surroundings, 'currentSettings' | 'currentRules'>, SessionStart {
  readonly settings: Settings;
  readonly rules: SessionRules | undefined;
  /** Aborts when the connection is gone. */
  readonly signal: AbortSignal;
  /** The client as rules see it: the one that XCLIENT plays, if it does. */
  peer: AccessClient;
  /** What access rules remember of the commands so far. */
  access: AccessState;
  allowance: Allowance;
  /** What the client did so far; undefined: nobody counts. */
  tally: ClientTally | undefined;
  /** Access rules refused the client when it connected: it hears nothing else until it leaves. */
  isDenied: boolean;
  readonly dialogue: Dialogue;
  /** As HELO or EHLO gave it; undefined before. */
  helo: string | undefined;
  /** `ESMTP` after EHLO, `LMTP` after LHLO. */
  protocol: MailProtocol;
  /** Who is asked about logins, once it was looked for. */
  dovecot: Promise<DovecotAuth | undefined> | undefined;
  /** SASL login; undefined before AUTH. */
  username: string | undefined;
  /** The mechanism by which that came: `PLAIN`, or `XCLIENT`. */
  loginMethod: string | undefined;
  /** What policy servers said about the client, its last greeting and its last sender. */
  readonly earlyPolicyAnswers: { [K in 'CONNECT' | 'HELO' | 'MAIL']?: RecordedAnswers };
  transaction: Transaction | undefined;
  /** The transaction ends with the reply that is being made. */
  endsTransaction: boolean;
  /** Set while content comes: between 354 and its end, and behind a BDAT. */
  receiving: Receiving | undefined;
  /** What is wrong with what a proxy said of the client: it is turned away. */
  readonly proxyFault: string | undefined;
  /** Why the client's certificate won't do: its next command is answered with that. */
  certificateFault: string | undefined;
  /** TLS begins behind the reply that is being made, with this offer. */
  startsTls: TlsOffer | undefined;
  /** What BDAT brought so far; `refused`: a chunk was, so that all are until the transaction ends. */
  chunks: Incoming | 'refused' | undefined;
  readonly errors: ClientErrors;
  /** What the postmaster may be told of. */
  readonly record: ErrorRecord;
  /** What kind of error it is if the reply that is being made refuses; undefined: none. */
  blame: ErrorClass | undefined;
  /** The last command, as the log calls it; `CONNECT` before the first. */
  where: string;
  /** Whether the last command can be said for ever without sending mail. */
  isJunk: boolean;
  /** The refusal that is being made isn't held against the client. */
  isRefusalBorne: boolean;
  /** The client sent on where it had to wait for a reply. @see RFC 2920 §3.1 */
  talksAhead: boolean;
  /** What came behind the line that is being carried out. @returns at most so many octets */
  peekAhead: (maxOctets: number) => Buffer;
  /** Faults that were made on purpose since the last message. */
  faults: MadeFault[];
  /** Content is read so slowly, on purpose. */
  octetsPerSecond: number | undefined;
  /** Takes the next line in the place of a command. */
  continuation: ((line: string, options: { readonly isCut: boolean }) => Answer) | undefined;
}

/** A session in which nothing was said yet. */
export function openSession(
  { currentSettings, currentRules, ...shared }: Surroundings,
  {
    start,
    tls,
    certificateFault,
    proxyFault,
    signal,
  }: {
    readonly start: SessionStart;
    readonly tls?: ClientTls | undefined;
    readonly certificateFault?: string | undefined;
    readonly proxyFault?: string | undefined;
    readonly signal: AbortSignal;
  },
): Session {
  const dialogue = openDialogue(shared.store.newSessionId(), start, shared);
  const rules = currentRules && openSessionRules(currentRules, shared.service);
  const server = { address: start.server.address, port: findPort(shared.service, start) };
  const identified = identifyClient({ ...start.client, isEncrypted: tls !== undefined, server }, rules?.world);
  const peer = tls === undefined ? identified : { ...identified, tls };
  return {
    ...shared,
    ...start,
    settings: currentSettings(),
    rules,
    signal,
    peer,
    access: openAccessState(peer),
    allowance: PLAIN_ALLOWANCE,
    tally: undefined,
    isDenied: false,
    dialogue,
    helo: undefined,
    protocol: 'SMTP',
    dovecot: undefined,
    username: undefined,
    loginMethod: undefined,
    earlyPolicyAnswers: {},
    transaction: undefined,
    endsTransaction: false,
    receiving: undefined,
    certificateFault,
    proxyFault,
    startsTls: undefined,
    chunks: undefined,
    errors: openClientErrors(rules?.view),
    record: openErrorRecord(rules, { ...shared, dialogue }),
    blame: 'protocol',
    where: 'CONNECT',
    isJunk: false,
    isRefusalBorne: false,
    talksAhead: false,
    peekAhead: () => NOTHING,
    faults: [],
    octetsPerSecond: undefined,
    continuation: undefined,
  };
}

const NOTHING = Buffer.alloc(0);

/** Postfix's, wherever this program listens. */
function findPort(service: string, { server }: SessionStart): number {
  return findServicePort(toOctets(service)) ?? server.port;
}

/** Begins to take content in. */
export function openIncoming({ settings, budget }: Session): Incoming {
  const share = budget.open();
  return { content: openContent(settings.get('message_size_limit'), share), share };
}

/** Ends the transaction, if there is one, and drops what came of its content. */
export function endTransaction(session: Session): void {
  session.octetsPerSecond = undefined;
  session.transaction = undefined;
  session.endsTransaction = false;
  setChunks(session, undefined);
}

/** Drops what BDAT brought, and says how it stands now. */
export function setChunks(session: Session, chunks: 'refused' | undefined): void {
  if (typeof session.chunks === 'object') session.chunks.share[Symbol.dispose]();
  session.chunks = chunks;
}
