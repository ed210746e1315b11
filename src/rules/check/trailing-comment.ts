import type { Finding } from '../config/finding.ts';
import { toPrintable } from '../octets.ts';
import { findComments } from './comment.ts';
import type { CheckWorld } from './check-world.ts';
import { listSettings, type SettingOf } from './settings-of.ts';
import { describeReaders } from './parameter-readers.ts';
import { findValueFault } from './value-fault.ts';

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

function toFinding(setting: SettingOf, start: number, { parameters }: CheckWorld): Finding {
  const { name, value, written, placeOf, file, expand } = setting;
  const parameter = parameters.get(name);
  const fault = parameter && findValueFault(parameter, expand(written), file);
  return {
    severity: 'error',
    code: 'trailing-comment',
    at: placeOf(start),
    problem: `the comment is a part of the value of ${name}`,
    why: `Postfix knows comments only on lines of their own.${fault === undefined ? '' : ` ${describeReaders(name)}`}`,
    hint: `move the comment to the line above, so that this one is ${name} = ${value}`,
    ...(fault === undefined ? {} : { postfixLine: `fatal: ${toPrintable(fault.problem)}` }),
  };
}
