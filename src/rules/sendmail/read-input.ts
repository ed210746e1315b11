import { listAddresses } from '../address/address-list.ts';
import { toInternalText } from '../address/address-tokens.ts';
import { cutLine } from '../mime/content-records.ts';
import { openMimeMachine, type MimeHeader } from '../mime/mime-machine.ts';
import type { Octets } from '../octets.ts';

/** How sendmail(1) reads the message on its standard input. */
export interface InputOptions {
  /** Whether a line with a dot alone is the end: without `-i`. */
  readonly endsAtDot: boolean;
  /** sendmail_fix_line_endings: whether the CR before a line end belongs to it; `strict`: as the first line says. */
  readonly fixLineEndings: 'always' | 'strict' | 'never';
  /** line_length_limit: longer lines are handed on in pieces. */
  readonly lineLimit: number;
}

const CR = 0x0d;
const LF = 0x0a;
const CRLF = Buffer.from('\r\n');
const DOT = 0x2e;

/**
 * The message on sendmail(1)'s standard input as mail: each line ends in CRLF, the octets between stay as they are. The
 * lines that mailboxes begin with, `From …` and `>From …`, are left out, and what stands behind the end.
 * @see sendmail(1); Postfix's sendmail(1), enqueue
 */
export function readInput(input: Buffer, options: InputOptions): Buffer {
  const lines: Buffer[] = [];
  let isFirst = true;
  let stripsCr = options.fixLineEndings === 'always';
  for (const { text, isEnded } of splitLines(input)) {
    const isWhole = isEnded && text.length < options.lineLimit;
    if (isFirst && options.fixLineEndings === 'strict' && isWhole) stripsCr = text.at(-1) === CR;
    if (isFirst && isWhole && isMailboxLine(text)) continue;
    isFirst = false;
    const kept = stripsCr && isEnded ? withoutCr(text) : text;
    if (options.endsAtDot && kept.length === 1 && kept[0] === DOT) break;
    lines.push(kept);
    if (isEnded) lines.push(CRLF);
  }
  return Buffer.concat(lines);
}

interface InputLine {
  /** Without LF. */
  readonly text: Buffer;
  /** Whether there was one: the last line may lack it. */
  readonly isEnded: boolean;
}

function* splitLines(input: Buffer): Generator<InputLine> {
  for (let start = 0; start < input.length;) {
    const end = input.indexOf(LF, start);
    yield { text: input.subarray(start, end < 0 ? input.length : end), isEnded: end >= 0 };
    start = end < 0 ? input.length : end + 1;
  }
}

function isMailboxLine(text: Buffer): boolean {
  return /^>*From /.test(text.toString('latin1', 0, Math.min(text.length, 1024)));
}

function withoutCr(text: Buffer): Buffer {
  let end = text.length;
  while (end > 0 && text[end - 1] === CR) end -= 1;
  return text.subarray(0, end);
}

/** The headers that name recipients, by their names; the others, beginning with `resent-`, count alone where there is one. */
const NAMING = ['to', 'cc', 'bcc'];
const NAMING_AGAIN = NAMING.map((name) => `resent-${name}`);

/**
 * Whom the headers of a message name as its recipients, as `sendmail -t` does it.
 * @param raw with CRLF
 * @returns in internal form; undefined if a header is longer than the limit, so that some may be missing
 * @see sendmail(1), -t; Postfix's sendmail(1), output_header
 */
export function extractRecipients(
  raw: Buffer,
  { lineLimit, headerLimit }: { readonly lineLimit: number; readonly headerLimit: number },
): readonly Octets[] | undefined {
  const found: { readonly plain: Octets[]; again?: Octets[]; isCut?: true } = { plain: [] };
  const take = (header: MimeHeader): void => {
    if (header.text.length >= headerLimit && header.text.length < measureHeader(raw, header)) found.isCut = true;
    const isAgain = NAMING_AGAIN.includes(header.name);
    if (!isAgain && !NAMING.includes(header.name)) return;
    const named = readAddresses(header.text.slice(header.text.indexOf(':') + 1));
    if (isAgain) (found.again ??= []).push(...named);
    else found.plain.push(...named);
  };
  const limits = { headerLimit, boundaryLimit: 0, nestingLimit: 0 };
  const machine = openMimeMachine(
    { ...limits, isDisabled: true, faults: new Set() },
    { header: take, endOfHeaders: () => {}, body: () => {}, fault: () => {} },
  );
  let at = 0;
  while (at < raw.length && !machine.isInBody()) at = cutLine(raw, at, lineLimit, (record) => machine.push(record));
  machine.finish(at);
  return found.isCut ? undefined : (found.again ?? found.plain);
}

/** How long a header is with LF between its lines, and without the blanks before its colon. */
function measureHeader(raw: Buffer, { start, end }: MimeHeader): number {
  const text = raw.toString('latin1', start, end);
  return text
    .replaceAll(/\r*\n/g, '\n')
    .trimEnd()
    .replace(/[ \t]+:/, ':').length;
}

/** The addresses of a text that is like a header's, in internal form. */
export function readAddresses(text: Octets): readonly Octets[] {
  return listAddresses(text).map((tokens) => toInternalText(tokens));
}
