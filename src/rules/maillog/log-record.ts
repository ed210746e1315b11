import type { Octets } from '../octets.ts';

/** One line of a log that a Postfix program wrote. */
export interface LogRecord {
  /** syslog_name: `postfix`, `postfix/submission`, or that of another instance. */
  readonly syslogName: Octets;
  /** The program: `smtpd`, `local`. */
  readonly program: Octets;
  /** Absent where the line names no message. */
  readonly queueId?: Octets;
  /** What it says, without the queue ID. */
  readonly text: Octets;
}

/** Postfix writes 2,000 octets a line at most, syslog daemons cut sooner; whatever is longer is no line of theirs. */
const MAX_LINE = 8192;
/** Time, host and tag stand within so many octets. */
const MAX_HEADER = 512;

/** `postfix/submission/smtpd[123]: `, wherever the line has it: before it stand a time and a host in many forms. */
const TAG = /(?:^|[\s:])([\w.-]+(?:\/[\w.-]+)+)(?:\[\d+\])?:\s/;
/** RFC 5424: version, time, host, program, process, message ID, structured data. */
const RFC5424 =
  /^(?:<\d{1,3}>)?1 \S{1,64} \S{1,255} ([\w.-]+(?:\/[\w.-]+)+) \S{1,128} \S{1,32} (?:-|(?:\[[^\]]{0,1024}\])+) ?(?:\xef\xbb\xbf)?/;
/** Short ones are hexadecimal, long ones have no vowels and a `z` before their inode. NOQUEUE: there is none yet. */
const QUEUE_ID =
  /^(?:([0-9A-F]{5,20}|[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]{10,12}z[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]{1,14})|NOQUEUE): /;

/**
 * Reads one line as syslog daemons (RFC 3164, RFC 5424, ISO times), journalctl and postlogd write it.
 * @returns undefined if no Postfix program wrote it
 */
export function parseLogRecord(written: Octets): LogRecord | undefined {
  const line = written.slice(0, MAX_LINE).trimEnd();
  const found = RFC5424.exec(line) ?? TAG.exec(line.slice(0, MAX_HEADER));
  if (found === null) return undefined;
  const [whole, tag = ''] = found;
  // Solaris writes an identification of its own first.
  const message = line.slice(found.index + whole.length).replace(/^\s*(?:\[ID \d+ [\w.]+\] )?/, '');
  const slash = tag.lastIndexOf('/');
  const [prefix, queueId] = QUEUE_ID.exec(message) ?? [''];
  return {
    syslogName: tag.slice(0, slash),
    program: tag.slice(slash + 1),
    ...(queueId !== undefined && { queueId }),
    text: message.slice(prefix.length),
  };
}
