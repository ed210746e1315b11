import type { Finding } from '../config/finding.ts';
import { findNearestName } from '../config/nearest-name.ts';
import { measureHeaderName } from '../mime/known-headers.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { listAnswersFor, MOST_OF_A_TABLE, placeOfAnswer, type Answer } from './table-entries.ts';
import { isOlder } from './versions.ts';

/** Who acts: cleanup(8), cleanup for what milters add, or a client that delivers. */
type Reader = 'cleanup' | 'milter' | 'client';

const READERS: ReadonlyMap<Octets, Reader> = new Map([
  ...toRows('header_checks mime_header_checks nested_header_checks body_checks', 'cleanup'),
  ...toRows('milter_header_checks', 'milter'),
  ...toRows('smtp_header_checks smtp_mime_header_checks smtp_nested_header_checks smtp_body_checks', 'client'),
  ...toRows('lmtp_header_checks lmtp_mime_header_checks lmtp_nested_header_checks lmtp_body_checks', 'client'),
]);

/** The actions that every reader has. @see header_checks(5) */
const COMMON = ['DUNNO', 'IGNORE', 'INFO', 'OK', 'PREPEND', 'REPLACE', 'STRIP', 'WARN'];

/** Those that change what becomes of the whole message: a client that delivers it can't. */
const WHOLE_MESSAGE = ['BCC', 'DISCARD', 'FILTER', 'HOLD', 'PASS', 'REDIRECT', 'REJECT'];

/** The versions that brought an action. @see header_checks(5) */
const SINCE: ReadonlyMap<string, string> = new Map([
  ['INFO', '2.8'],
  ['BCC', '3.0'],
  ['PASS', '3.2'],
  ['STRIP', '3.2'],
]);

/** What is wrong with one answer. */
interface Fault extends Pick<Finding, 'code' | 'problem' | 'why' | 'hint'> {
  /** Postfix's own words, without `warning: `; undefined if it says nothing. */
  readonly line: string | undefined;
}

const SILENT_UNTIL_MAIL = 'Postfix says so only when a message matches, and goes on as if the rule were not there.';

/**
 * Actions of header_checks, body_checks and their like that are none, or lack what they need. Postfix reads them when a
 * message matches: until then it is silent.
 * @see header_checks(5), "ACTIONS"; Postfix's cleanup_message.c, header_body_checks.c
 */
export function* checkContentActions(world: CheckWorld): Generator<Finding> {
  const counts = new Map<Octets, number>();
  for (const answer of listAnswersFor(world, new Set(READERS.keys()))) {
    const fault = findFault(answer, world.version);
    if (fault === undefined) continue;
    const key = `${answer.parameter} ${answer.spec}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > MOST_OF_A_TABLE) continue;
    const { line, ...told } = fault;
    const at = placeOfAnswer(answer, world);
    yield { severity: 'warning', at, ...told, ...(line !== undefined && { postfixLine: `warning: ${line}` }) };
  }
}

function findFault(answer: Answer, version: string): Fault | undefined {
  const { value, parameter, isOpen } = answer;
  const reader = READERS.get(parameter) ?? 'cleanup';
  const [, written = '', text = ''] = /^([^ \t]*)[ \t]*(.*)$/s.exec(value) ?? [];
  const action = written.toUpperCase();
  if (isOpen && written.includes('$')) return undefined;
  const known = reader === 'client' ? COMMON : [...COMMON, ...WHOLE_MESSAGE];
  if (!known.includes(action)) return toUnknown(answer, { written, reader, known });
  const since = SINCE.get(action);
  if (since !== undefined && isOlder(version, since)) return toNewer(answer, { action, since, reader });
  return findArgumentFault(action, text, { parameter, reader, isOpen });
}

function toUnknown(
  { value, parameter }: Answer,
  { written, reader, known }: { written: Octets; reader: Reader; known: readonly string[] },
): Fault {
  const action = written.toUpperCase();
  const isElsewhere = WHOLE_MESSAGE.includes(action);
  const bare = action.replace(/[^A-Z]+$/, '');
  const nearest = known.includes(bare) ? bare : findNearestName(action, known);
  return {
    code: 'content-action',
    problem: isElsewhere
      ? `${parameter} can't ${action}: the message is on its way out`
      : `${parameter} has no action ${written === '' ? 'without a name' : written}`,
    why: SILENT_UNTIL_MAIL,
    hint: isElsewhere
      ? `move the rule to ${parameter.replace(/^(?:smtp|lmtp)_/, '')}, which is asked when mail comes in`
      : `write ${nearest ?? `one of ${known.join(', ')}`}`,
    line: toUnknownLine(value, parameter, reader),
  };
}

function toNewer({ value, parameter }: Answer, { action, since, reader }: ActionOfVersion): Fault {
  return {
    code: 'action-of-another-version',
    problem: `the action ${action} came with Postfix ${since}`,
    why: SILENT_UNTIL_MAIL,
    hint: `upgrade, set catch_postfix_version, or write another action`,
    line: toUnknownLine(value, parameter, reader),
  };
}

interface ActionOfVersion {
  readonly action: string;
  readonly since: string;
  readonly reader: Reader;
}

function toUnknownLine(value: Octets, parameter: Octets, reader: Reader): string {
  return `${reader === 'cleanup' ? 'unknown' : 'unsupported'} command in ${parameter} map: ${value}`;
}

function findArgumentFault(
  action: string,
  text: Octets,
  { parameter, reader, isOpen }: Pick<Answer, 'parameter' | 'isOpen'> & { readonly reader: Reader },
): Fault | undefined {
  const toFault = (problem: string, hint: string, line: string): Fault => {
    return { code: 'content-argument', problem, why: SILENT_UNTIL_MAIL, hint, line };
  };
  switch (action) {
    case 'FILTER':
      if (text === '') {
        const line = `missing FILTER command argument in ${parameter} map`;
        return toFault('FILTER has no transport:destination', 'write FILTER smtp:[127.0.0.1]:10025', line);
      }
      if (text.includes(':') || isOpen) return undefined;
      return toFault(
        `FILTER has ${text}, which is no transport:destination`,
        `write FILTER ${text}: for the transport ${text}, or FILTER smtp:[${text}]`,
        `bad FILTER command ${text} in ${parameter} -- need transport:destination`,
      );
    case 'REDIRECT':
    case 'BCC': {
      if (text.includes('@') || isOpen) return undefined;
      const what = action === 'BCC' ? 'address' : 'target';
      return toFault(
        text === '' ? `${action} has no address` : `${action} has ${text}, which is no address with a domain`,
        `write ${action} ${text === '' ? 'user' : text}@example.com`,
        `bad ${action} ${what} "${text}" in ${parameter} map -- need user@domain`,
      );
    }
    case 'PREPEND':
    case 'REPLACE':
      if (action === 'PREPEND' && reader === 'milter') {
        const line = 'the milter_header/body_checks prepend action is not implemented';
        return toFault('milter_header_checks has no PREPEND', 'write another action', line);
      }
      if (text === '') {
        const line = `${action} action without text in ${parameter} map`;
        return toFault(`${action} has no text`, `write ${action} with the text that is meant`, line);
      }
      if (parameter.endsWith('body_checks') || isOpen || measureHeaderName(text) > 0) return undefined;
      return toFault(
        `${action} has ${text}, which is no header`,
        `write ${action} with a name, a colon and a value: X-Spam: yes`,
        `bad ${action} header text "${text}" in ${parameter} map -- need "headername: headervalue"`,
      );
    case 'REJECT': {
      const [code] = /^2\.\d{1,3}\.\d{1,3}(?!\S)/.exec(text) ?? [];
      if (code === undefined) return undefined;
      return {
        code: 'content-argument',
        problem: `REJECT has ${code}, which says that all is well`,
        why: 'Postfix takes it for a temporary refusal: the client comes again and again.',
        hint: `write 5${code.slice(1)} for ever, or 4${code.slice(1)} for now`,
        line: `bad DSN action in ${text} -- need 4.x.x or 5.x.x`,
      };
    }
    default:
      return undefined;
  }
}

function toRows(names: string, reader: Reader): readonly (readonly [Octets, Reader])[] {
  return names.split(' ').map((name) => [name, reader]);
}
