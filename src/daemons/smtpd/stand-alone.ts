import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Settings } from '../../settings/settings.ts';
import { createQueueIdSource } from '../../store/queue-id-source.ts';
import { parseSessionId } from '../../store/session.ts';
import type { Accept } from '../cleanup/accept.ts';
import { openClientRates } from './client-rates.ts';
import { openConversation } from './conversation.ts';
import { openIntakeBudget } from './intake-budget.ts';
import { INTAKE_BYTES } from './listener.ts';
import { openSession } from './session.ts';

/** What a dialogue on standard input and output is made of. */
export interface StandAloneOptions {
  readonly settings: Settings;
  /** Keeps messages, or hands them on to who does. */
  readonly accept: Accept;
  readonly input: AsyncIterable<string | Uint8Array>;
  readonly write: (text: string) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const THIS_MACHINE = { address: '127.0.0.1', port: 0 };

/**
 * Holds one SMTP dialogue without a socket, until it is over or there is no more input. Who is on this machine already
 * isn't asked for access, can't log in, and needs no TLS.
 * @see smtpd(8), -S; sendmail(1), -bs
 */
export async function serveStandAlone(options: StandAloneOptions): Promise<void> {
  const { settings, accept, input, write, clock, log, signal } = options;
  const newId = createQueueIdSource(clock);
  const newSessionId = () => {
    const id = parseSessionId(newId());
    if (id === undefined) throw new Error('a queue ID is no session ID');
    return id;
  };
  const session = openSession(
    {
      currentSettings: () => withoutLogin(settings),
      store: { newQueueId: newId, newSessionId, journal: () => {} },
      accept,
      clock,
      log,
      decide: undefined,
      decideContent: undefined,
      service: 'smtpd/stdio',
      currentRules: undefined,
      rates: openClientRates({ clock }),
      budget: openIntakeBudget(INTAKE_BYTES),
      certificate: undefined,
      stats: { accepted: 0, acceptedBytes: 0, rejected: 0, ignored: 0 },
    },
    {
      start: { startedAtMs: Math.floor(clock.nowMs()), client: THIS_MACHINE, server: THIS_MACHINE },
      signal,
    },
  );
  const over = new AbortController();
  const conversation = openConversation(session, {
    write: (text) => {
      write(text);
      return true;
    },
    whenDrained: (callback) => callback(),
    hangUp: () => over.abort(),
    startTls: () => {
      throw new Error('there is no TLS without a socket');
    },
  });
  conversation.greet();
  for await (const chunk of input) {
    if (over.signal.aborted) break;
    await new Promise<void>((resolve) => {
      over.signal.addEventListener('abort', () => resolve(), { once: true });
      conversation.receive(Buffer.from(chunk), resolve);
    });
  }
  conversation.endOfInput();
  conversation.end();
}

/** Nobody logs in without a socket. */
function withoutLogin(settings: Settings): Settings {
  const get: Settings['get'] = (name) =>
    (name === 'smtpd_sasl_auth_enable' ? false : settings.get(name)) as ReturnType<typeof settings.get<typeof name>>;
  return { ...settings, get };
}
