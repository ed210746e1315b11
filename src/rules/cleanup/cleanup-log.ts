import type { LogLine } from '../journey.ts';
import { toPrintable, type Octets } from '../octets.ts';

/** What cleanup(8) logs of a message. */
export interface CleanupLog {
  readonly lines: readonly LogLine[];
  /** Of the message. */
  info(text: Octets): void;
  /** A line of the program itself, as it is: `warning: …`. */
  write(line: Octets): void;
  /** A warning of the program itself. @param text without the word */
  warn(text: Octets): void;
  /** A warning of the message. QUIRK: Postfix writes the queue ID behind the word `warning`. */
  warnOfMessage(text: Octets): void;
  /** Lines that were logged elsewhere. */
  append(lines: readonly LogLine[]): void;
}

/** Postfix's log has so much of a line, queue ID included. @see Postfix's msg_output(3) */
const LOGGED_CHARACTERS = 2000;

/** Opens a log without a line. @param logsUtf8 whether characters beyond ASCII show as they are: smtputf8_enable */
export function openCleanupLog({ queueId }: { readonly queueId: Octets }, logsUtf8: boolean): CleanupLog {
  const lines: LogLine[] = [];
  const ownLength = LOGGED_CHARACTERS - `${queueId}: `.length;
  const toLine = (text: Octets, length: number): LogLine => ({
    program: 'cleanup',
    text: toPrintable(text.slice(0, length), logsUtf8),
  });
  const write = (line: Octets): void => void lines.push({ isBare: true, ...toLine(line, LOGGED_CHARACTERS) });
  return {
    lines,
    info: (text) => void lines.push(toLine(text, ownLength)),
    write,
    warn: (text) => write(`warning: ${text}`),
    warnOfMessage: (text) => write(`warning: ${queueId}: ${text}`),
    append(others) {
      for (const line of others) lines.push(line);
    },
  };
}
