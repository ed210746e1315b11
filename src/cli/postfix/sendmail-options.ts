import { readVerpDelimiters, type VerpOptions } from '../../rules/address/verp.ts';
import type { Notify } from '../../rules/envelope.ts';
import { readWord, type OptionStep } from '../getopt.ts';
import { toUsageError } from '../postfix-tool.ts';
import { readEnvid, readNotify, readRet } from './sendmail-notices.ts';

/** What sendmail(1) is asked to do: `-bX` says it, or the name that it is called by. */
export type SendmailMode = 'enqueue' | 'aliases' | 'list queue' | 'flush queue' | 'daemon' | 'smtp session' | 'nothing';

/** A command line of sendmail(1). */
export interface SendmailRequest {
  readonly mode: SendmailMode;
  /** `-f`, as written. */
  readonly sender: string | undefined;
  /** `-F` */
  readonly fullName: string | undefined;
  /** `-t` */
  readonly extractsRecipients: boolean;
  /** Not with `-i`. */
  readonly endsAtDot: boolean;
  /** `-B` */
  readonly body: '7BIT' | '8BITMIME' | undefined;
  /** `-N`; empty if nothing was asked for. */
  readonly notify: readonly Notify[];
  /** `-R` */
  readonly ret: 'FULL' | 'HDRS' | undefined;
  /** `-V` */
  readonly envid: string | undefined;
  /** `-XV`: each recipient has a sender of its own, made with these two characters. */
  readonly verp: string | undefined;
  /** `-G` */
  readonly isGateway: boolean;
  /** `-v`, `-bv` */
  readonly trace: 'record' | 'verify' | undefined;
  /** `-qRsite`, `-qIid`: what is to be flushed. */
  readonly flush: { readonly kind: 'site' | 'queue ID'; readonly name: string } | undefined;
  /** `-oA`, where alias_database doesn't count. */
  readonly aliasDatabase: string | undefined;
  /** As written: addresses, or lists of them. */
  readonly operands: readonly string[];
}

/** What of main.cf the command line is read by. */
export interface OptionSettings {
  readonly verp: VerpOptions;
}

const LETTERS = 'A:B:C:F:GIL:N:O:R:UV:X:b:ce:f:h:imno:p:r:q:tvx';

const MODES: Readonly<Record<string, SendmailMode>> = {
  d: 'daemon',
  h: 'nothing',
  H: 'nothing',
  i: 'aliases',
  m: 'enqueue',
  p: 'list queue',
  s: 'smtp session',
};

/**
 * The directory that `-C` names. QUIRK: the command line is read twice, and what getopt(3) doesn't know is said twice.
 * @param complain gets what getopt(3) prints
 */
export function findConfigurationOption(
  argv: readonly string[],
  complain: (message: string) => void,
): string | undefined {
  let directory: string | undefined;
  for (const { steps } of readWords(argv, (word) => word)) {
    for (const step of steps) {
      if (step.kind === 'fault') complain(step.message);
      else if (step.letter === 'C') directory = (step.value ?? '').replace(/(?:^|(?<=\/)|\/)main\.cf$/, '') || '.';
    }
  }
  return directory;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What is known while the command line is read. */
interface Reading {
  readonly request: Mutable<SendmailRequest>;
  readonly settings: OptionSettings;
  readonly warn: (text: string) => void;
  verbosity: number;
  verifies: boolean;
  /** `-q10m`: only a daemon minds. */
  hasInterval: boolean;
}

/**
 * Reads the command line of sendmail(1), and of newaliases and mailq, which are the same program.
 * @param options.complain gets what getopt(3) prints
 * @param options.warn gets what follows `warning: `
 * @throws {FatalError} in Postfix's words
 * @see sendmail(1)
 */
export function readSendmailRequest(
  argv: readonly string[],
  mode: SendmailMode,
  options: {
    readonly name: string;
    readonly settings: OptionSettings;
    readonly warn: (text: string) => void;
    readonly complain: (message: string) => void;
  },
): SendmailRequest {
  const { settings, warn } = options;
  const request: Mutable<SendmailRequest> = { ...PLAIN, mode };
  const reading: Reading = { request, settings, warn, verbosity: 0, verifies: false, hasInterval: false };
  let read = 0;
  for (const { steps, isFlush, next } of readWords(argv, (word, after) => toPresentOption(word, after, warn))) {
    read = next;
    if (isFlush) askForFlush(reading);
    for (const step of steps) {
      if (step.kind === 'fault') {
        options.complain(step.message);
        throw toUsageError(`usage: ${options.name} [options]`);
      }
      takeOption(reading, step.letter, step.value ?? '');
    }
  }
  request.operands = argv.slice(read);
  settle(reading);
  return request;
}

const PLAIN: Omit<SendmailRequest, 'mode'> = {
  sender: undefined,
  fullName: undefined,
  extractsRecipients: false,
  endsAtDot: true,
  body: undefined,
  notify: [],
  ret: undefined,
  envid: undefined,
  verp: undefined,
  isGateway: false,
  trace: undefined,
  flush: undefined,
  aliasDatabase: undefined,
  operands: [],
};

interface OptionWord {
  readonly steps: readonly OptionStep[];
  /** It is `-q` alone, which getopt(3) doesn't read. */
  readonly isFlush: boolean;
  /** The index of the argument after it. */
  readonly next: number;
}

/** The words of a command line that are options; the last one may be `--`. */
function* readWords(
  argv: readonly string[],
  toWord: (word: string, next: string | undefined) => string,
): Generator<OptionWord> {
  for (let at = 0; at < argv.length;) {
    const next = argv[at + 1];
    const word = toWord(argv[at] ?? '', next);
    if (word === '-q') {
      yield { steps: [], isFlush: true, next: at + 1 };
      at += 1;
      continue;
    }
    if (word === '-' || !word.startsWith('-')) return;
    if (word === '--') {
      yield { steps: [], isFlush: false, next: at + 1 };
      return;
    }
    const { found, takesNext } = word === '-XV' ? VERP : readWord(word, next, LETTERS);
    at += takesNext ? 2 : 1;
    yield { steps: found, isFlush: false, next: at };
  }
}

/** `-XV` alone: the delimiters are main.cf's. */
const VERP: ReturnType<typeof readWord> = {
  found: [{ kind: 'option', letter: 'X', value: 'V' }],
  takesNext: false,
};

/** `-V` once asked for VERP. */
function toPresentOption(word: string, next: string | undefined, warn: Reading['warn']): string {
  if (word === '-V' && next?.length === 2) {
    warn('option -V is deprecated with Postfix 2.3; specify -XV instead');
    return '-XV';
  }
  if (!word.startsWith('-V') || word.length !== 4) return word;
  warn(`option ${word} is deprecated with Postfix 2.3; specify -X${word.slice(1)} instead`);
  return `-X${word.slice(1)}`;
}

function askForFlush({ request, warn }: Reading): void {
  if (request.mode === 'daemon') warn('ignoring -q option in daemon mode');
  else request.mode = 'flush queue';
}

function takeOption(reading: Reading, letter: string, value: string): void {
  const { request, warn } = reading;
  switch (letter) {
    case 'n':
      throw toUsageError('-n option not supported');
    case 'B':
      if (value !== '8BITMIME' && value !== '7BIT') throw toUsageError('-B option needs 8BITMIME or 7BIT');
      request.body = value;
      break;
    case 'F':
      request.fullName = value;
      break;
    case 'G':
      request.isGateway = true;
      break;
    case 'I':
      request.mode = 'aliases';
      break;
    case 'N':
      request.notify = readNotify(value, warn);
      break;
    case 'R':
      request.ret = readRet(value, warn);
      break;
    case 'V':
      request.envid = readEnvid(value, warn) ?? request.envid;
      break;
    case 'X':
      takeVerp(reading, value);
      break;
    case 'b':
      takeMode(reading, value);
      break;
    case 'f':
    case 'r':
      request.sender = value;
      break;
    case 'i':
      request.endsAtDot = false;
      break;
    case 'o':
      takeLongAgo(reading, value);
      break;
    case 'q':
      takeFlush(reading, value);
      break;
    case 't':
      request.extractsRecipients = true;
      break;
    case 'v':
      reading.verbosity += 1;
      break;
    // The others mean nothing to Postfix.
  }
}

function takeVerp({ request, settings }: Reading, value: string): void {
  if (!value.startsWith('V')) throw toUsageError(`unsupported: -X${value.slice(0, 1)}`);
  const { delimiters, filter } = settings.verp;
  request.verp = readVerpDelimiters(value.slice(1) || delimiters, settings.verp);
  if (request.verp === undefined) throw toUsageError(`-V requires two characters from ${filter}`);
}

function takeMode(reading: Reading, value: string): void {
  const { request, warn } = reading;
  const [first = ''] = value;
  if (first === 'v') {
    reading.verifies = true;
    return;
  }
  const mode = MODES[first];
  if (mode === undefined) throw toUsageError(`unsupported: -b${first}`);
  if (mode === 'daemon' && request.mode === 'flush queue') warn('ignoring -q option in daemon mode');
  request.mode = mode;
}

/** `-oX`, as sendmail had it long ago. */
function takeLongAgo({ request }: Reading, value: string): void {
  if (value.startsWith('i')) request.endsAtDot = false;
  if (!value.startsWith('A')) return;
  if (value === 'A') throw toUsageError('-oA requires pathname');
  request.aliasDatabase = value.slice(1);
}

function takeFlush(reading: Reading, value: string): void {
  const [first = ''] = value;
  const name = value.slice(1);
  if (/[0-9]/.test(first)) {
    reading.hasInterval = true;
  } else if (first === 'R') {
    if (name === '') throw toUsageError('specify: -qRsitename');
    reading.request.flush = { kind: 'site', name };
  } else if (first === 'I') {
    if (name === '') throw toUsageError('specify: -qIqueueid');
    reading.request.flush = { kind: 'queue ID', name };
  } else {
    throw toUsageError(`-q${first} is not implemented`);
  }
}

/** Looks at options that don't go together. */
function settle({ request, verbosity, verifies, hasInterval }: Reading): void {
  const isDelivery = request.mode === 'enqueue';
  if (request.extractsRecipients && !isDelivery) throw toUsageError('-t can be used only in delivery mode');
  if (request.flush !== undefined && !isDelivery) {
    throw toUsageError(`-q${request.flush.kind === 'site' ? 'R' : 'I'} can be used only in delivery mode`);
  }
  if (verifies && request.extractsRecipients) throw toUsageError('-t option cannot be used with -bv');
  if (verifies && request.notify.length > 0) throw toUsageError('-N option cannot be used with -bv');
  if (verifies && request.ret !== undefined) throw toUsageError('-R option cannot be used with -bv');
  if (verifies && verbosity === 1) throw toUsageError('-v option cannot be used with -bv');
  if (verifies) request.trace = 'verify';
  else if (isDelivery && verbosity === 1) request.trace = 'record';
  // One `-v` is about the message; what more of them tell of the inside of the program isn't told.
  if (hasInterval && request.mode !== 'daemon') request.mode = 'nothing';
}
