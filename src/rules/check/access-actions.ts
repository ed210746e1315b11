import { splitItems } from '../tables/braces.ts';
import type { Finding } from '../config/finding.ts';
import { findNearestName } from '../config/nearest-name.ts';
import { measureHeaderName } from '../mime/known-headers.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { readClasses, readRestrictions, type RestrictionClasses } from './restriction-list.ts';
import { RESTRICTION_LISTS, RESTRICTIONS } from './restriction-names.ts';
import { checkList } from './restrictions.ts';
import { isOpenAnswer, listAnswers, MOST_OF_A_TABLE, placeOfAnswer, type Answer } from './table-entries.ts';
import { openViews, type View, type Word } from './view.ts';

/** What smtpd does itself, whatever follows. @see access(5) */
const OWN_ACTIONS = ['DEFER', 'DEFER_IF_PERMIT', 'DEFER_IF_REJECT', 'DUNNO', 'HANGUP', 'INFO', 'OK', 'REJECT', 'RELAY'];

/** What it leaves to cleanup(8): one that is malformed is left out. */
const DELEGATED = ['BCC', 'DISCARD', 'FILTER', 'HOLD', 'PREPEND', 'REDIRECT'];

const ACTIONS = [...OWN_ACTIONS, 'WARN', ...DELEGATED];

const SERVER_ERROR =
  'smtpd answers 451 4.3.5 Server configuration error where the entry matches, and is silent until then.';
const LEFT_OUT = 'Postfix says so only when the entry matches, and goes on as if it were not there.';

/** Where a table is asked. */
interface Use {
  readonly view: View;
  readonly list: Octets;
  readonly classes: RestrictionClasses;
}

/** What is wrong with one answer. `line` is Postfix's own words; without it, it says nothing. */
type Fault = Pick<Finding, 'severity' | 'code' | 'problem' | 'why' | 'hint'> & { readonly line?: string };

/**
 * What access tables answer that is no action, lacks what it needs, or can't be had in the list that asks. Postfix reads
 * an entry when it matches: until then it is silent.
 * @see access(5), "ACCEPT ACTIONS" and what follows; Postfix's smtpd_check.c, check_table_result
 */
export function* checkAccessActions(world: CheckWorld): Generator<Finding> {
  for (const view of openViews(world, ['smtpd'])) {
    const classes = readClasses(view);
    for (const list of RESTRICTION_LISTS.keys()) {
      yield* checkTablesOf(view.words(list), { view, list, classes }, world);
    }
    for (const words of classes.values()) {
      yield* checkTablesOf(words, { view, list: 'smtpd_recipient_restrictions', classes }, world);
    }
  }
}

function* checkTablesOf(words: readonly Word[], use: Use, world: CheckWorld): Generator<Finding> {
  for (const { kind, argument } of readRestrictions(words, use.list, use.classes)) {
    if (kind !== 'table' || argument === undefined) continue;
    const named = world.tables.find(({ spec }) => spec === argument.text);
    if (named === undefined) continue;
    let count = 0;
    for (const hit of listAnswers(named.table)) {
      const answer = { ...hit, parameter: use.list, spec: named.spec, isOpen: isOpenAnswer(hit, named.table) };
      for (const finding of checkAnswer(answer, use, world)) {
        if (++count > MOST_OF_A_TABLE) break;
        yield finding;
      }
      if (count > MOST_OF_A_TABLE) break;
    }
  }
}

function* checkAnswer(answer: Answer, use: Use, world: CheckWorld): Generator<Finding> {
  const { value } = answer;
  const [, word = '', text = ''] = /^([^ \t]*)[ \t]*(.*)$/s.exec(value) ?? [];
  const action = word.toUpperCase();
  // What a pattern makes of its groups can't be known; a table without values has been reported.
  if (word === '' || word.includes('$')) return;
  const fault = findFault(answer, { action, text }, use);
  if (fault !== undefined) {
    const { line, ...told } = fault;
    yield { at: placeOfAnswer(answer, world), ...told, ...(line !== undefined && { postfixLine: `warning: ${line}` }) };
    return;
  }
  if (ACTIONS.includes(action) || /^[0-9]+$/.test(value) || /^[45][0-9][0-9]$/.test(word)) return;
  const words = splitItems(value).map((one) => {
    return { text: one, at: placeOfAnswer(answer, world, one), isWritten: true };
  });
  yield* checkList(readRestrictions(words, use.list, use.classes), use.list, use.classes);
}

interface Action {
  /** In upper case. */
  readonly action: string;
  readonly text: Octets;
}

function findFault(answer: Answer, { action, text }: Action, use: Use): Fault | undefined {
  const { value, spec } = answer;
  if (DELEGATED.includes(action)) {
    return findUnavailable(answer, action, use) ?? findArgumentFault(answer, { action, text });
  }
  if (ACTIONS.includes(action)) return undefined;
  if (/^[45][0-9][0-9]$/.test(value)) {
    return {
      severity: 'warning',
      code: 'access-code-permits',
      problem: `${value} without a text lets in`,
      why: 'Postfix takes a value of digits alone for OK, whatever the number: nobody is refused, and it says nothing.',
      hint: `write ${value} with a text, or ${value.startsWith('4') ? 'DEFER' : 'REJECT'}`,
    };
  }
  if (/^[0-9]+$/.test(value) || (/^[45][0-9][0-9]$/.test(action) && text !== '')) return undefined;
  if (value.includes(':')) return toTableWithin(spec, value);
  return isRestriction(action, answer, use) ? undefined : toUnknown(value, use);
}

function isRestriction(action: string, { value }: Answer, { classes }: Use): boolean {
  const [first = ''] = splitItems(value);
  return action === '' || RESTRICTIONS.has(first.toLowerCase()) || classes.has(first);
}

function toTableWithin(spec: Octets, value: Octets): Fault {
  const [, word = '', text = ''] = /^([A-Za-z_]+):\s*(.*)$/s.exec(value) ?? [];
  return {
    severity: 'error',
    code: 'access-names-table',
    problem: `${value} names a lookup table, as all that has a colon`,
    why: SERVER_ERROR,
    hint: ACTIONS.includes(word.toUpperCase())
      ? `write ${`${word} ${text}`.trim()}, without the colon`
      : 'write the restriction into a class of smtpd_restriction_classes, and the name of the class here',
    line: `access table ${spec} has entry with lookup table: ${value}`,
  };
}

function toUnknown(value: Octets, { classes }: Use): Fault {
  const [first = ''] = splitItems(value);
  return {
    severity: 'error',
    code: 'access-action',
    problem: `${first} is no action, and no restriction`,
    why: SERVER_ERROR,
    hint: `write ${suggest(value, first, classes)}`,
    line: `unknown smtpd restriction: "${first}"`,
  };
}

function suggest(value: Octets, first: Octets, classes: RestrictionClasses): string {
  const [, code, separated = ''] = /^([45][0-9][0-9])[-,;.]\s*(.*)$/s.exec(value) ?? [];
  if (code !== undefined && separated !== '') return `${code} ${separated}`;
  if (/^2[0-9][0-9]$/.test(first)) return 'OK';
  if (/^[0-9]+$/.test(first)) return 'a code from 400 to 599 with a text, or an action';
  if (/^[45]\.[0-9]+\.[0-9]+$/.test(first)) return `${first.startsWith('4') ? 'DEFER' : 'REJECT'} ${value}`;
  const near = findNearestName(first, [...ACTIONS, ...RESTRICTIONS.keys(), ...classes.keys()]);
  return near ?? 'an action of access(5), or a restriction; a class must be in smtpd_restriction_classes';
}

/** Where smtpd can't hand an action on. */
function findUnavailable({ spec }: Answer, action: string, { view, list }: Use): Fault | undefined {
  const toFault = (problem: string, hint: string, line: string): Fault => {
    const told = { severity: 'warning', code: 'access-action-unavailable', why: LEFT_OUT } as const;
    return { ...told, problem, hint, line: `access table ${spec}: ${line}` };
  };
  if (action !== 'PREPEND' && view.get('smtpd_proxy_filter') !== '') {
    return toFault(
      `with smtpd_proxy_filter, nobody can do ${action}`,
      'write an action that smtpd does itself, or take smtpd_proxy_filter out',
      `with smtpd_proxy_filter specified, action ${action} is unavailable`,
    );
  }
  if (action !== 'PREPEND' && list === 'smtpd_etrn_restrictions') {
    const line = `action ${action} is unavailable in smtpd_etrn_restrictions`;
    return toFault(`with ETRN there is no message for ${action}`, 'write REJECT or DUNNO', line);
  }
  if (action === 'PREPEND' && list === 'smtpd_end_of_data_restrictions') {
    return toFault(
      'after the message it is too late for PREPEND',
      'move the lookup to smtpd_data_restrictions',
      'action PREPEND must be used before smtpd_end_of_data_restrictions',
    );
  }
  if (!/^smtpd_(?:client|helo)_restrictions$/.test(list) || view.isYes('smtpd_delay_reject')) return undefined;
  return toFault(
    `with smtpd_delay_reject = no there is no message yet for ${action}`,
    'move the lookup to smtpd_sender_restrictions, or set smtpd_delay_reject = yes',
    `with smtpd_delay_reject=no, action ${action} is always skipped in Client host or Helo command restrictions`,
  );
}

function findArgumentFault({ spec, key, isOpen }: Answer, { action, text }: Action): Fault | undefined {
  const toFault = (problem: string, hint: string, line: string): Fault => {
    const told = { severity: 'warning', code: 'access-argument', why: LEFT_OUT } as const;
    return { ...told, problem, hint, line: `access table ${spec} entry "${key}" ${line}` };
  };
  if (isOpen) return undefined;
  switch (action) {
    case 'FILTER': {
      const hint = 'write FILTER smtp:[127.0.0.1]:10025';
      if (text === '') return toFault('FILTER has no transport:destination', hint, 'has FILTER entry without value');
      if (text.includes(':')) return undefined;
      return toFault(`FILTER has ${text}, which is no transport:destination`, hint, 'requires transport:destination');
    }
    case 'REDIRECT':
    case 'BCC':
      if (text.includes('@')) return undefined;
      return toFault(
        text === '' ? `${action} has no address` : `${action} has ${text}, which is no address with a domain`,
        `write ${action} ${text === '' ? 'user' : text}@example.com`,
        'requires user@domain target',
      );
    case 'PREPEND':
      if (measureHeaderName(text) > 0) return undefined;
      return toFault(
        text === '' ? 'PREPEND has no header' : `PREPEND has ${text}, which is no header`,
        'write PREPEND with a name, a colon and a value: X-Spam: yes',
        'requires header: text',
      );
    default:
      return undefined;
  }
}
