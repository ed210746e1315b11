// What is logged of sessions: the server's own log has it.
import { silentLog, type Log } from '../../../src/log.ts';
import type { LogLine } from '../../../src/rules/journey.ts';
import { toOctets } from '../../../src/rules/octets.ts';

/** A line of a session; where it is about a message that was refused, with its queue ID. */
export interface SessionLine extends LogLine {
  readonly queueId?: string;
}

/** A log that remembers what is said of sessions. */
export interface SessionLog {
  readonly log: Log;
  /** What was said since the last time. */
  take(): readonly SessionLine[];
}

/** All else that a server logs is dropped. */
export function openSessionLog(): SessionLog {
  let lines: SessionLine[] = [];
  return {
    log: {
      ...silentLog,
      info(fields, text) {
        if (!('session' in fields)) return;
        const { program, queueId } = fields;
        lines.push({
          program: typeof program === 'string' ? program : 'smtpd',
          text: toOctets(text),
          ...(typeof queueId === 'string' && { queueId }),
        });
      },
    },
    take() {
      const taken = lines;
      lines = [];
      return taken;
    },
  };
}
