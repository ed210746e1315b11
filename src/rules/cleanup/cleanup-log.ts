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

/** Opens a log without a line. @param logsUtf8 whether characters beyond ASCII show as they are: smtputf8_enable */
export function openCleanupLog({ queueId }: { readonly queueId: Octets }, logsUtf8: boolean): CleanupLog {
  const lines: LogLine[] = [];
  const toLine = (text: Octets): LogLine => ({ program: 'cleanup', text: toPrintable(text, logsUtf8) });
  const write = (line: Octets): void => void lines.push({ ...toLine(line), isBare: true });
  return {
    lines,
    info: (text) => void lines.push(toLine(text)),
    write,
    warn: (text) => write(`warning: ${text}`),
    warnOfMessage: (text) => write(`warning: ${queueId}: ${text}`),
    append(others) {
      for (const line of others) lines.push(line);
    },
  };
}
