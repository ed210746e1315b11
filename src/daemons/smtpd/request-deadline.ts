import type { Clock } from '../../clock.ts';
import type { SessionRules } from './rules.ts';

/** How long a client may take for one request: for a whole command line, or for the content of a message. */
export interface RequestDeadline extends Disposable {
  /** The client may begin a request: it has smtpd_timeout for it. */
  restart(): void;
  /** Octets of content came: as many as smtpd_min_data_rate asks for in a second give it another. */
  extend(octets: number): void;
}

const NONE: RequestDeadline = { restart: () => {}, extend: () => {}, [Symbol.dispose]: () => {} };

/**
 * Opens one that isn't running. Who sends an octet now and then is never silent for smtpd_timeout, and would hold the
 * connection for ever.
 * @param options.limitMs smtpd_timeout
 * @param options.exceeded called once it is over
 * @see postconf(5), smtpd_per_request_deadline, smtpd_min_data_rate
 */
export function openRequestDeadline(
  rules: SessionRules | undefined,
  { clock, limitMs, exceeded }: { readonly clock: Clock; readonly limitMs: number; readonly exceeded: () => void },
): RequestDeadline {
  if (rules?.view.isYes('smtpd_per_request_deadline') !== true) return NONE;
  const octetsPerMs = rules.view.integer('smtpd_min_data_rate') / 1000;
  let atMs = 0;
  let timer: Disposable | undefined;
  const stop = () => {
    timer?.[Symbol.dispose]();
    timer = undefined;
  };
  /** It may have been put off while the timer ran. */
  const look = () => {
    timer = undefined;
    const leftMs = atMs - clock.nowMs();
    if (leftMs <= 0) exceeded();
    else timer = clock.setTimer(leftMs, look);
  };
  return {
    restart() {
      atMs = clock.nowMs() + limitMs;
      timer ??= clock.setTimer(limitMs, look);
    },
    extend(octets) {
      atMs = Math.min(atMs + octets / octetsPerMs, clock.nowMs() + limitMs);
    },
    [Symbol.dispose]: stop,
  };
}
