import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Inspector } from '../../message/inspect/inspector.ts';
import type { AskedMail } from '../../rules/asked-mail.ts';
import type { Envelope } from '../../rules/envelope.ts';
import type { FaultRule } from '../../rules/chaos/fault-rule.ts';
import type { FaultCount } from '../../rules/chaos/faults.ts';
import type { ExplainedNotice } from '../../rules/explain-session-notice.ts';
import type { Journey } from '../../rules/journey.ts';
import type { LiveSettings } from '../../settings/live-settings.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { SessionNotice, StoredSession } from '../../store/session.ts';
import type { Store } from '../../store/store.ts';
import type { ChangeHub } from '../change-hub.ts';
import type { ListenAddress } from '../listen.ts';
import type { Bodies } from './wire.ts';

/** What the SMTP side tells: where it listens, and what it counted since it started. */
export interface SmtpStatus {
  readonly addresses: readonly ListenAddress[];
  /** Each listener, by the service of master.cf that it is. */
  readonly services: readonly { readonly name: string; readonly port: number; readonly isImplicitTls: boolean }[];
  readonly stats: {
    readonly accepted: number;
    readonly acceptedBytes: number;
    readonly rejected: number;
    readonly ignored: number;
  };
}

/** What the routes use. */
export interface Ports {
  readonly store: Store;
  readonly settings: LiveSettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly hub: ChangeHub;
  /** Aborts when the server stops: whoever waits answers with what there is. */
  readonly closing: AbortSignal;
  /** Decodes the text and HTML bodies of a message, in the parser's thread. Rejects if they can't be had. */
  readonly bodies: (raw: Uint8Array) => Promise<Bodies>;
  /** Looks at pictures and HTML of mails, in a thread of its own. */
  readonly inspector: Omit<Inspector, keyof AsyncDisposable>;
  /**
   * Where mail would go, by the current settings.
   * @throws {AskError} if it can't be asked so
   */
  readonly explain: (mail: AskedMail, options: { readonly signal: AbortSignal }) => Promise<Journey>;
  /** What Postfix would tell the postmaster of a session, and where that would go, by the current settings. */
  readonly explainNotice: (
    notice: SessionNotice,
    session: Pick<StoredSession, 'lines'>,
    options: { readonly signal: AbortSignal },
  ) => Promise<ExplainedNotice>;
  /**
   * Takes in a message that was handed in here: it goes the way of one that sendmail(1) hands in. Its octets may be handed
   * over to another thread.
   * @returns its queue ID, once it is kept
   */
  readonly submit: (message: {
    readonly envelope: Envelope;
    readonly raw: Uint8Array;
    readonly origin: 'api' | 'sendmail';
  }) => Promise<QueueId>;
  /** Tells this run of the server from any other. */
  readonly instance: string;
  /** The mistakes that are made on purpose: @see chaosRoutes */
  readonly chaos: {
    /** In the place of catch_chaos, unless undefined, and before it. */
    replace(asked: { readonly extra: readonly FaultRule[]; readonly rules: readonly FaultRule[] | undefined }): void;
    list(): readonly FaultCount[];
  };
  readonly version: string;
  /** When the server was started, ms since 1970. */
  readonly startedAtMs: number;
  readonly smtp: () => SmtpStatus;
}
