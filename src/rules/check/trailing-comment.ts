import type { Finding } from '../config/finding.ts';
import { toPrintable } from '../octets.ts';
import { findComments } from './comment.ts';
import type { CheckWorld } from './check-world.ts';
import { listSettings, type SettingOf } from './settings-of.ts';
import { isMatchList, toMatchListLine } from './match-list-comment.ts';
import { isTableList } from './named-tables.ts';
import { describeReaders } from './parameter-readers.ts';
import { listClassNames } from './restriction-list.ts';
import { RESTRICTION_LISTS } from './restriction-names.ts';
import { findValueFault } from './value-fault.ts';
import { isOlder } from './versions.ts';

/** What Postfix makes of a comment. */
interface Taken {
  readonly why: string;
  readonly line?: string;
}

/**
 * Comments behind values: to Postfix they are a part of the value. Of a parameter that nobody reads nothing is said:
 * the whole line goes.
 * @see postconf(5), "the general format of main.cf"
 */
export function* checkTrailingComments(world: CheckWorld): Generator<Finding> {
  const { known } = world;
  for (const setting of listSettings(world)) {
    const { name, written, value } = setting;
    if (written === value || !(known.isPostfix(name) || known.isOurs(name) || known.isUsed(name))) continue;
    const [comment] = findComments({ value: written, placeOf: toEntryPlace(setting) });
    if (comment !== undefined) yield toFinding(setting, comment.start, world);
  }
}

function toEntryPlace({ placeOf }: SettingOf): Parameters<typeof findComments>[0]['placeOf'] {
  return (offset) => {
    const { file, line = 1, column = 1 } = placeOf(offset);
    return { file, line, column };
  };
}

function toFinding(setting: SettingOf, start: number, world: CheckWorld): Finding {
  const { name, value, placeOf } = setting;
  const { why, line } = describe(setting, start, world);
  return {
    severity: 'error',
    code: 'trailing-comment',
    at: placeOf(start),
    problem: `the comment is a part of the value of ${name}`,
    why,
    hint: `move the comment to the line above, so that this one is ${name} = ${value}`,
    ...(line !== undefined && { postfixLine: line }),
  };
}

function describe({ name, written, file, expand }: SettingOf, start: number, world: CheckWorld): Taken {
  const only = 'Postfix knows comments only on lines of their own.';
  const comment = expand(written.slice(start));
  const [word = ''] = /^[^ \t\r\n,]+/.exec(comment) ?? [];
  if (isMatchList(name)) {
    const why = `${only} Here it ends the list: whatever stands on the lines that follow does not count.`;
    return { why, line: toMatchListLine(name, comment) };
  }
  if (RESTRICTION_LISTS.has(name) || listClassNames(world).includes(name)) {
    const why = `${only} ${word} is no restriction: smtpd answers 451 4.3.5 where it comes to it.`;
    return { why, line: `warning: unknown smtpd restriction: "${toPrintable(word)}"` };
  }
  if (isTableList(name)) {
    const line = `fatal: open dictionary: expecting "type:name" form instead of "${toPrintable(word)}"`;
    return { why: `${only} ${word} is no table: each program that opens this list ends.`, line };
  }
  const parameter = world.parameters.get(name);
  const fault = parameter && findValueFault(parameter, expand(written), file);
  if (fault !== undefined) {
    return { why: `${only} ${describeReaders(name)}`, line: `fatal: ${toPrintable(fault.problem)}` };
  }
  // From then on postconf looks for comments. @see RELEASE_NOTES-3.8, "configuration checks"
  if (isOlder(world.version, '3.8')) return { why: only };
  const shown = toPrintable(`${word} ${comment.slice(word.length + 1, word.length + 21)}`);
  return { why: only, line: `warning: ${file}: #comment after other text is not allowed: ${shown}...` };
}
