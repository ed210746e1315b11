// What smtpd(8) logs of its sessions: the server's own log has it.
import { silentLog, type Log } from '../../../src/log.ts';
import type { LogLine } from '../../../src/rules/journey.ts';
import { toOctets } from '../../../src/rules/octets.ts';

/** A log that remembers what is said of sessions. */
export interface SessionLog {
  readonly log: Log;
  /** What was said since the last time. */
  take(): readonly LogLine[];
}

/** All else that a server logs is dropped. */
export function openSessionLog(): SessionLog {
  let lines: LogLine[] = [];
  return {
    log: {
      ...silentLog,
      info(fields, text) {
        if ('session' in fields) lines.push({ program: 'smtpd', text: toOctets(text) });
      },
    },
    take() {
      const taken = lines;
      lines = [];
      return taken;
    },
  };
}
