// The lines of the log that are worth comparing. @see outcome in oracle/pforacle.py
import type { JourneyMessage, LogLine } from '../../../src/rules/journey.ts';
import { toPrintable } from '../../../src/rules/octets.ts';
import { toRegExp } from '../python/regexp.ts';
import { decodeText } from '../python/text.ts';
import type { LogFacts } from './happening.ts';
import type { SessionLine } from './session-log.ts';

/** What is told of a session, and of the messages that came of it. */
export interface Told {
  readonly sessionLog: readonly SessionLine[];
  readonly messages: readonly { readonly msg: number; readonly message: JourneyMessage }[];
  /** The numbers of queue IDs, those included of messages that were refused. */
  readonly ids: ReadonlyMap<string, number>;
  readonly facts: LogFacts;
}

/** What Postfix says of a message, behind its queue ID. */
const ACTION = toRegExp(
  '^(reject|abort|hold|discard|warn(?!ing)|redirect|prepend|filter|replace|info|bcc|strip|pass|milter-)',
);
const ABOUT_CONTENT = toRegExp('^warning: (header|body|mime|nested)');
/** What a process says once, when it starts, hangs on the process and not on the probe. */
const AT_START = toRegExp('warning: /etc/postfix/|(regexp|pcre|cidr) map /');
/** Of policy servers, in the cases that have them. */
const POLICY = toRegExp('^warning: (problem talking to server|connect to|access table|restriction) ');
const DIALOGUE = toRegExp('too many errors|improper command pipelining|non-SMTP command');

/** `postfix/cleanup: <Q1>: reject: …`, in order: the session's first. */
export function listLog({ sessionLog, messages, ids, facts }: Told): readonly string[] {
  const told = new Set(sessionLog.map(({ text }) => text));
  const lines = [
    ...sessionLog.map((line) =>
      toLine(line, line.queueId === undefined ? messages[0]?.msg : ids.get(line.queueId), facts),
    ),
    // What smtpd(8) said of a message when it came, its session has.
    ...messages.flatMap(({ message, msg }) =>
      message.log
        // A journey doesn't know that the client was only played.
        .filter(
          ({ program, text }) =>
            program !== 'smtpd' || !(told.has(text) || told.has(text.replace(/\bCONNECT\b/, 'XCLIENT'))),
        )
        .map((line) => toLine(line, msg, facts)),
    ),
  ];
  return lines.filter(({ program, text }) => isWorthComparing(program, text, facts)).map(({ whole }) => whole);
}

function toLine(
  { program, text }: LogLine,
  msg: number | undefined,
  facts: LogFacts,
): { readonly program: string; readonly text: string; readonly whole: string } {
  const logged = decodeText(Buffer.from(toPrintable(text, facts.isUtf8), 'latin1'));
  const isOfMessage = ACTION.test(logged) || (program !== 'smtpd' && ABOUT_CONTENT.test(logged));
  const id = msg !== undefined && isOfMessage ? `<Q${msg}>: ` : '';
  return { program, text: logged, whole: `${facts.nameSystem(program)}/${program}: ${id}${logged}` };
}

function isWorthComparing(program: string, text: string, { hasPolicy }: LogFacts): boolean {
  if (AT_START.test(text) || text.includes('dict_nis_init')) return false;
  const said = text.replace(/^NOQUEUE: /, '');
  switch (program) {
    case 'cleanup':
      return ACTION.test(said) || /unreasonable|expansion|nesting|warning:/.test(said);
    case 'trivial-rewrite':
      return said.includes('do not list');
    case 'local':
      return ACTION.test(said) || said.startsWith('warning:');
    case 'smtpd':
      return ACTION.test(said) || DIALOGUE.test(said) || (hasPolicy === true && POLICY.test(said));
    default:
      return ACTION.test(said) || ABOUT_CONTENT.test(said);
  }
}
