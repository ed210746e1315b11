import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { parseAliasValue, type AliasTarget } from './alias-value.ts';
import type { CheckWorld } from './check-world.ts';
import { listAnswersFor, openLimit, placeOfAnswer, type Answer } from './table-entries.ts';

/** How the answers of a table are read. */
type Kind = 'alias' | 'virtual' | 'canonical' | 'one word';

const KINDS: ReadonlyMap<Octets, Kind> = new Map<Octets, Kind>([
  ['alias_maps', 'alias'],
  ['virtual_alias_maps', 'virtual'],
  ['canonical_maps', 'canonical'],
  ['recipient_canonical_maps', 'canonical'],
  ['sender_canonical_maps', 'canonical'],
  ['transport_maps', 'one word'],
  ['sender_dependent_default_transport_maps', 'one word'],
  ['sender_dependent_relayhost_maps', 'one word'],
  ['virtual_mailbox_maps', 'one word'],
]);

/** A `#` that begins a word: a comment, as whoever wrote it thought. */
const COMMENT = /(?:^|[ \t])#/;

/** A command that isn't quoted, and what stands behind it. */
const BARE_COMMAND = /(?:^|[,\s])(\|[^\s",|][^\s",]*)[ \t]+([^\s,#][^,]*)/;

/** What is wrong with one answer; `part` is where. */
type Fault = Pick<Finding, 'severity' | 'code' | 'problem' | 'why' | 'hint' | 'postfixLine'> & {
  readonly part?: Octets;
};

/**
 * Answers of alias, canonical and transport tables that mean something else than what was meant. Postfix is silent until
 * mail comes, and then returns it.
 * @see aliases(5), virtual(5), canonical(5), transport(5)
 */
export function* checkAddressValues(world: CheckWorld): Generator<Finding> {
  const saysMore = openLimit();
  for (const answer of listAnswersFor(world, new Set(KINDS.keys()))) {
    const fault = findFault(answer);
    if (fault === undefined || !saysMore(`${fault.code} ${answer.spec}`)) continue;
    const { part, ...told } = fault;
    yield { at: placeOfAnswer(answer, world, part), ...told };
  }
}

function findFault(answer: Answer): Fault | undefined {
  const { value, parameter } = answer;
  const kind = KINDS.get(parameter);
  if (value.includes('#') && COMMENT.test(value)) return findComment(answer, kind);
  switch (kind) {
    case 'alias':
      return value.includes('|') ? findBareCommand(answer) : undefined;
    case 'virtual':
      return /[|/]|:include:/i.test(value) ? findLocalTarget(answer) : undefined;
    case 'one word':
      return parameter === 'transport_maps' && /^error:?\s*$/.test(value) ? findNoText(answer) : undefined;
    case 'canonical':
      return /[\s,]/.test(value) ? findSeveral(answer) : undefined;
    case undefined:
      return undefined;
  }
}

function findComment({ key, value }: Answer, kind: Kind | undefined): Fault | undefined {
  const start = value.search(COMMENT);
  const meant = value.slice(0, start).trimEnd();
  // `error:` has a text for people behind it, a command its arguments.
  if (/^(?:error|retry|discard|lmtp|local|virtual|\S*pipe):/.test(value) || /["']/.test(meant)) return undefined;
  return {
    severity: 'error',
    code: 'table-value-comment',
    problem: `the comment is a part of what ${key} stands for`,
    why:
      kind === 'one word'
        ? 'Postfix knows comments only on lines of their own: the mail goes wrong, or waits.'
        : 'Postfix knows comments only on lines of their own: each word of it is one more recipient.',
    hint: `move the comment to the line above, so that this one ends with ${meant === '' ? key : meant}`,
    part: value.slice(start).trimStart(),
  };
}

function findBareCommand({ key, value }: Answer): Fault | undefined {
  const [, command, rest] = BARE_COMMAND.exec(value) ?? [];
  if (command === undefined || rest === undefined) return undefined;
  return {
    severity: 'error',
    code: 'alias-command-unquoted',
    problem: `the command of ${key} is ${command} alone, and ${rest} are recipients`,
    why: 'White space ends a command that isn’t quoted: it runs without its arguments, and mail to each of them is returned.',
    hint: `write "${command} ${rest.trimEnd()}", with the quotes`,
    part: command,
  };
}

function findLocalTarget({ key, value }: Answer): Fault | undefined {
  const target = parseAliasValue(value).find(isLocalTarget);
  if (target === undefined) return undefined;
  const written = { command: `|${target.text}`, include: `:include:${target.text}`, file: target.text }[target.kind];
  return {
    severity: 'error',
    code: 'virtual-alias-target',
    problem: `${key} leads to ${written}, and virtual aliases lead to addresses alone`,
    why: `It is taken for a name at $myorigin: mail is returned, 5.1.1 unknown user: "${written}". Until mail comes, Postfix is silent.`,
    hint: 'let it lead to a local alias, and write this into the table of alias_maps',
  };
}

function isLocalTarget(target: AliasTarget): target is AliasTarget & { readonly kind: 'command' | 'file' | 'include' } {
  const { kind, text } = target;
  return kind === 'command' || kind === 'include' || (kind === 'file' && !text.includes('@'));
}

function findNoText({ key }: Answer): Fault {
  return {
    severity: 'note',
    code: 'transport-no-text',
    problem: `mail for ${key} is refused, and nobody says why`,
    why: 'Without a text the sender reads: 5.1.1 Address is undeliverable.',
    hint: 'write the text behind the colon: error:5.1.6 this office has moved',
  };
}

function findSeveral({ key, value, parameter }: Answer): Fault | undefined {
  const [first, second] = parseAliasValue(value);
  if (first === undefined || second === undefined) return undefined;
  return {
    severity: 'warning',
    code: 'canonical-several',
    problem: `${key} becomes one address, and ${second.text} is none of it`,
    why: `An address is rewritten to one other: ${first.text} counts, what follows does not.`,
    hint: `write ${first.text} alone, or use virtual_alias_maps for several recipients`,
    postfixLine: `warning: multi-valued ${parameter} entry for ${key}`,
    part: second.text,
  };
}
