// The log that main.cf of the base names. @see take_log in oracle/pforacle.py
import { readFile } from 'node:fs/promises';
import { toRegExp } from './python/regexp.ts';
import { decodeText } from './python/text.ts';
import type { Sandbox } from './sandbox.ts';

/** A line of the log, without its time and host. */
export interface LogLine {
  /** `postfix/smtpd`. */
  readonly program: string;
  readonly text: string;
}

const LINE = toRegExp(String.raw`^\w+ +\d+ [\d:]+ \S+ ([\w./-]+)\[(\d+)\]: (.*)$`);

/** All that has been logged; nothing if there is no log. */
export async function readLog(sandbox: Sandbox): Promise<readonly LogLine[]> {
  const octets = await readFile(sandbox.locate('/var/log/postfix.log')).catch(() => Buffer.alloc(0));
  return decodeText(octets)
    .split('\n')
    .flatMap((line) => {
      const [, program, , text] = LINE.exec(line) ?? [];
      return program === undefined || text === undefined ? [] : [{ program, text }];
    });
}
