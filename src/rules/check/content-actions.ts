import {
  CONTENT_ACTIONS,
  findArgumentFault,
  findRejectStatus,
  parseContentAction,
  toUnknownLine,
  type ContentAction,
  type ContentActionName,
} from '../cleanup/content-action.ts';
import type { Finding } from '../config/finding.ts';
import { findNearestName } from '../config/nearest-name.ts';
import type { Octets } from '../octets.ts';
import { describeArgumentFault, needsArgument } from './action-argument.ts';
import type { CheckWorld } from './check-world.ts';
import { listAnswersFor, openLimit, placeOfAnswer, type Answer } from './table-entries.ts';
import { isOlder } from './versions.ts';

/** Who acts: cleanup(8), cleanup for what milters add, or a client that delivers. */
type Reader = 'cleanup' | 'milter' | 'client';

const READERS: ReadonlyMap<Octets, Reader> = new Map([
  ...toRows('header_checks mime_header_checks nested_header_checks body_checks', 'cleanup'),
  ...toRows('milter_header_checks', 'milter'),
  ...toRows('smtp_header_checks smtp_mime_header_checks smtp_nested_header_checks smtp_body_checks', 'client'),
  ...toRows('lmtp_header_checks lmtp_mime_header_checks lmtp_nested_header_checks lmtp_body_checks', 'client'),
]);

/** Those that change what becomes of the whole message: a client that delivers it can't. @see header_checks(5) */
const WHOLE_MESSAGE: readonly ContentActionName[] = ['BCC', 'DISCARD', 'FILTER', 'HOLD', 'PASS', 'REDIRECT', 'REJECT'];

const OF_CLIENTS = CONTENT_ACTIONS.filter((action) => !WHOLE_MESSAGE.includes(action));

/** The versions that brought an action. @see header_checks(5) */
const SINCE: ReadonlyMap<ContentActionName, string> = new Map<ContentActionName, string>([
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
  const saysMore = openLimit();
  for (const answer of listAnswersFor(world, new Set(READERS.keys()))) {
    const fault = findFault(answer, world.version);
    if (fault === undefined || !saysMore(`${answer.parameter} ${answer.spec}`)) continue;
    const { line, ...told } = fault;
    const at = placeOfAnswer(answer, world);
    yield { severity: 'warning', at, ...told, ...(line !== undefined && { postfixLine: `warning: ${line}` }) };
  }
}

function findFault(answer: Answer, version: string): Fault | undefined {
  const { value, parameter, isOpen } = answer;
  const reader = READERS.get(parameter) ?? 'cleanup';
  const parsed = parseContentAction(value);
  const { action, word, text } = parsed;
  if (isOpen && word.includes('$')) return undefined;
  const line = toUnknownLine(value, parameter, reader === 'cleanup' ? 'cleanup' : 'other');
  if (action === undefined || (reader === 'client' && WHOLE_MESSAGE.includes(action))) {
    return toUnknown(parsed, { parameter, known: reader === 'client' ? OF_CLIENTS : CONTENT_ACTIONS, line });
  }
  const since = SINCE.get(action);
  if (since !== undefined && isOlder(version, since)) return toNewer(action, since, line);
  if (action === 'REJECT') return findStatusFault(text);
  if (action === 'PREPEND' && reader === 'milter') return toUnimplemented();
  return isOpen ? undefined : findTextFault(action, text, parameter);
}

interface Unknown {
  readonly parameter: Octets;
  readonly known: readonly ContentActionName[];
  readonly line: string;
}

function toUnknown({ action, word }: ContentAction, { parameter, known, line }: Unknown): Fault {
  const shared = { code: 'content-action', why: SILENT_UNTIL_MAIL, line };
  if (action !== undefined) {
    return {
      ...shared,
      problem: `${parameter} can't ${action}: the message is on its way out`,
      hint: `move the rule to ${parameter.replace(/^(?:smtp|lmtp)_/, '')}, which is asked when mail comes in`,
    };
  }
  const upper = word.toUpperCase();
  const bare = upper.replace(/[^A-Z]+$/, '');
  const nearest = known.find((name) => name === bare) ?? findNearestName(upper, known);
  return {
    ...shared,
    problem: `${parameter} has no action ${word === '' ? 'without a name' : word}`,
    hint: `write ${nearest ?? `one of ${known.join(', ')}`}`,
  };
}

function toNewer(action: ContentActionName, since: string, line: string): Fault {
  return {
    code: 'action-of-another-version',
    problem: `the action ${action} came with Postfix ${since}`,
    why: SILENT_UNTIL_MAIL,
    hint: `upgrade, set catch_postfix_version, or write another action`,
    line,
  };
}

function findStatusFault(text: Octets): Fault | undefined {
  const { code, fault } = findRejectStatus(text) ?? {};
  if (code === undefined || fault === undefined) return undefined;
  return {
    code: 'content-argument',
    problem: `REJECT has ${code}, which says that all is well`,
    why: 'Postfix takes it for a temporary refusal: the client comes again and again.',
    hint: `write 5${code.slice(1)} for ever, or 4${code.slice(1)} for now`,
    line: fault,
  };
}

function toUnimplemented(): Fault {
  return {
    code: 'content-argument',
    problem: 'milter_header_checks has no PREPEND',
    why: SILENT_UNTIL_MAIL,
    hint: 'write another action',
    line: 'the milter_header/body_checks prepend action is not implemented',
  };
}

function findTextFault(action: ContentActionName, text: Octets, parameter: Octets): Fault | undefined {
  const context = parameter.endsWith('body_checks') ? 'body' : 'header';
  const line = findArgumentFault(action, text, { parameter, context });
  if (line === undefined || !needsArgument(action)) return undefined;
  const hasNoText = text === '' && (action === 'PREPEND' || action === 'REPLACE');
  const told = hasNoText
    ? { problem: `${action} has no text`, hint: `write ${action} with the text that is meant` }
    : describeArgumentFault(action, text);
  return { code: 'content-argument', why: SILENT_UNTIL_MAIL, ...told, line };
}

function toRows(names: string, reader: Reader): readonly (readonly [Octets, Reader])[] {
  return names.split(' ').map((name) => [name, reader]);
}
