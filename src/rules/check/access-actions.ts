import { findDelegationFault, type DelegationFault } from '../access/delegation-fault.ts';
import {
  ACCESS_ACTIONS,
  parseTableValue,
  toTableWithinLine,
  type DelegatedName,
  type TableValue,
} from '../access/table-value.ts';
import type { Finding } from '../config/finding.ts';
import { findNearestName } from '../config/nearest-name.ts';
import type { Octets } from '../octets.ts';
import { splitItems } from '../tables/braces.ts';
import type { TableHit } from '../tables/lookup-table.ts';
import { describeArgumentFault, needsArgument, type ArgumentFault } from './action-argument.ts';
import type { CheckWorld } from './check-world.ts';
import { readClasses, readRestrictions, type RestrictionClasses } from './restriction-list.ts';
import { RESTRICTION_LISTS, RESTRICTIONS } from './restriction-names.ts';
import { checkList } from './restrictions.ts';
import { isOpenAnswer, listAnswers, MOST_OF_A_TABLE, placeOfAnswer } from './table-entries.ts';
import { openViews, type View, type Word } from './view.ts';

/** The commands of lists where not every action can be had. */
const COMMANDS: ReadonlyMap<Octets, string> = new Map([
  ['smtpd_etrn_restrictions', 'ETRN'],
  ['smtpd_end_of_data_restrictions', 'END-OF-MESSAGE'],
]);

const SERVER_ERROR =
  'smtpd answers 451 4.3.5 Server configuration error where the entry matches, and is silent until then.';
const LEFT_OUT = 'Postfix says so only when the entry matches, and goes on as if it were not there.';

/** Where a table is asked. */
interface Use {
  readonly view: View;
  readonly list: Octets;
  readonly classes: RestrictionClasses;
}

/** What a table answers. */
interface Answer extends TableHit {
  readonly spec: Octets;
  /** Whether it may become another text: a pattern puts its groups in. */
  readonly isOpen: boolean;
}

/** What is wrong with one answer. `line` is Postfix's own words; without it, it says nothing. */
type Fault = Pick<Finding, 'severity' | 'code' | 'problem' | 'why' | 'hint'> & { readonly line?: string };

/**
 * What access tables answer that is no action, lacks what it needs, or can't be had in the list that asks. Postfix reads
 * an entry when it matches: until then it is silent.
 * @see access(5), "ACCEPT ACTIONS" and what follows; Postfix's smtpd_check.c, check_table_result
 */
export function* checkAccessActions(world: CheckWorld): Generator<Finding> {
  // A table may have a million entries, and be asked in each list of each service: it is read once.
  const uses = collectUses(world);
  for (const { spec, table } of new Map(world.tables.map((named) => [named.spec, named])).values()) {
    const asked = uses.get(spec);
    if (asked === undefined) continue;
    let count = 0;
    for (const hit of listAnswers(table)) {
      const { key, value, source } = hit;
      const findings = checkAnswer({ key, value, source, spec, isOpen: isOpenAnswer(hit, table) }, asked, world);
      if (findings.length === 0) continue;
      if (++count > MOST_OF_A_TABLE) break;
      yield* findings;
    }
  }
}

/** The tables that restrictions name, and where. */
function collectUses(world: CheckWorld): ReadonlyMap<Octets, readonly Use[]> {
  const uses = new Map<Octets, Use[]>();
  const collect = (words: readonly Word[], use: Use) => {
    for (const { kind, argument } of readRestrictions(words, use.list, use.classes)) {
      if (kind !== 'table' || argument === undefined) continue;
      const known = uses.get(argument.text);
      if (known === undefined) uses.set(argument.text, [use]);
      else if (!known.includes(use)) known.push(use);
    }
  };
  for (const view of openViews(world, ['smtpd'])) {
    const classes = readClasses(view);
    for (const list of RESTRICTION_LISTS.keys()) collect(view.words(list), { view, list, classes });
    const ofClasses = { view, list: 'smtpd_recipient_restrictions', classes };
    for (const words of classes.values()) collect(words, ofClasses);
  }
  return uses;
}

function checkAnswer(answer: Answer, uses: readonly Use[], world: CheckWorld): readonly Finding[] {
  const value = parseTableValue(answer.value);
  // What a pattern makes of its groups can't be known; a table without values has been reported.
  if (value.kind === 'own' || value.word === '' || value.word.includes('$')) return [];
  return uses.flatMap((use) => {
    const fault = findFault(answer, value, use);
    if (fault === undefined) return value.kind === 'restrictions' ? checkWithin(answer, use, world) : [];
    const { line, ...told } = fault;
    return [
      { at: placeOfAnswer(answer, world), ...told, ...(line !== undefined && { postfixLine: `warning: ${line}` }) },
    ];
  });
}

/** The restrictions that stand in the table. */
function checkWithin(answer: Answer, { list, classes }: Use, world: CheckWorld): readonly Finding[] {
  const words = splitItems(answer.value).map((text) => {
    return { text, at: placeOfAnswer(answer, world, text), isWritten: true };
  });
  return [...checkList(readRestrictions(words, list, classes), list, classes)];
}

function findFault(answer: Answer, parsed: TableValue, use: Use): Fault | undefined {
  const { value, spec } = answer;
  switch (parsed.kind) {
    case 'own':
    case 'code':
      return undefined;
    case 'delegated':
      return findUndelegated(answer, parsed, use);
    case 'number':
      return /^[45][0-9][0-9]$/.test(value) ? toPermitting(value) : undefined;
    case 'table':
      return toTableWithin(spec, value);
    case 'restrictions': {
      const [first = ''] = parsed.restrictions;
      const isKnown = RESTRICTIONS.has(first.toLowerCase()) || use.classes.has(first);
      return isKnown ? undefined : toUnknown(value, first, use);
    }
  }
}

function toPermitting(value: Octets): Fault {
  return {
    severity: 'warning',
    code: 'access-code-permits',
    problem: `${value} without a text lets in`,
    why: 'Postfix takes a value of digits alone for OK, whatever the number: nobody is refused, and it says nothing.',
    hint: `write ${value} with a text, or ${value.startsWith('4') ? 'DEFER' : 'REJECT'}`,
  };
}

function toTableWithin(spec: Octets, value: Octets): Fault {
  const [, word = '', text = ''] = /^([A-Za-z_]+):\s*(.*)$/s.exec(value) ?? [];
  return {
    severity: 'error',
    code: 'access-names-table',
    problem: `${value} names a lookup table, as all that has a colon`,
    why: SERVER_ERROR,
    hint: ACCESS_ACTIONS.some((action) => action === word.toUpperCase())
      ? `write ${`${word} ${text}`.trim()}, without the colon`
      : 'write the restriction into a class of smtpd_restriction_classes, and the name of the class here',
    line: toTableWithinLine(spec, value),
  };
}

function toUnknown(value: Octets, first: Octets, { classes }: Use): Fault {
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
  const near = findNearestName(first, [...ACCESS_ACTIONS, ...RESTRICTIONS.keys(), ...classes.keys()]);
  return near ?? 'an action of access(5), or a restriction; a class must be in smtpd_restriction_classes';
}

function findUndelegated(
  { spec, key, isOpen }: Answer,
  { action, text }: TableValue & { readonly kind: 'delegated' },
  { view, list }: Use,
): Fault | undefined {
  const fault = findDelegationFault(
    { action, text, table: spec, key },
    {
      hasProxyFilter: view.get('smtpd_proxy_filter') !== '',
      where: COMMANDS.get(list) ?? '',
      hasMessage: view.isYes('smtpd_delay_reject') || !/^smtpd_(?:client|helo)_restrictions$/.test(list),
    },
  );
  if (fault === undefined) return undefined;
  const { cause, line } = fault;
  const shared = { severity: 'warning', why: LEFT_OUT, line } as const;
  if (cause !== 'argument')
    return { code: 'access-action-unavailable', ...describeUnavailable(action, cause), ...shared };
  if (isOpen || !needsArgument(action)) return undefined;
  return { code: 'access-argument', ...describeArgumentFault(action, text), ...shared };
}

/** Where smtpd can't hand an action on. */
function describeUnavailable(
  action: DelegatedName,
  cause: Exclude<DelegationFault['cause'], 'argument'>,
): ArgumentFault {
  switch (cause) {
    case 'proxy filter':
      return {
        problem: `with smtpd_proxy_filter, nobody can do ${action}`,
        hint: 'write an action that smtpd does itself, or take smtpd_proxy_filter out',
      };
    case 'no message':
      return { problem: `with ETRN there is no message for ${action}`, hint: 'write REJECT or DUNNO' };
    case 'too late':
      return {
        problem: 'after the message it is too late for PREPEND',
        hint: 'move the lookup to smtpd_data_restrictions',
      };
    case 'too early':
      return {
        problem: `with smtpd_delay_reject = no there is no message yet for ${action}`,
        hint: 'move the lookup to smtpd_sender_restrictions, or set smtpd_delay_reject = yes',
      };
  }
}
