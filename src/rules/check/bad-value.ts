import { ConfigError } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import { scanMacros } from '../config/macros.ts';
import { listTransportParameters } from '../config/transport-parameters.ts';
import type { PostfixParameter } from '../config/postfix-parameters.ts';
import { parseValue } from '../config/parameter-value.ts';
import { findParameter, toMainCf } from '../config/spelling.ts';
import { fromOctets, toPrintable, type Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { describeReaders } from './parameter-readers.ts';
import { listSettings, type SettingOf } from './settings-of.ts';
import { findValueFault } from './value-fault.ts';

/** Text that an example has in the place of what is to be filled in. */
const PLACEHOLDER = /^\.\.\.$|<[A-Za-z][^<>\s]*>/;

/** Values with which a program of Postfix ends: bad numbers, times, yes or no, names; and examples that nobody filled in. */
export function* checkValues(world: CheckWorld): Generator<Finding> {
  const ofTransports = new Map(
    world.services.flatMap(({ fields }) => {
      const program = fields.command.slice(fields.command.lastIndexOf('/') + 1);
      return listTransportParameters(fields.service, program).map(({ name, from }) => [name, from] as const);
    }),
  );
  const find = (name: Octets): PostfixParameter | undefined => {
    const parameter = world.parameters.get(name) ?? world.parameters.get(ofTransports.get(name) ?? '');
    return parameter && { ...parameter, name };
  };
  for (const setting of listSettings(world)) {
    const parameter = find(setting.name);
    const finding = parameter === undefined ? checkOurValue(setting) : checkValue(setting, parameter, world);
    if (finding !== undefined) yield finding;
  }
}

/** A value of a parameter of this program's own. */
function checkOurValue({ name, value, at, placeOf, expand }: SettingOf): Finding | undefined {
  const ours = findParameter(name, toMainCf);
  if (ours === undefined) return undefined;
  try {
    parseValue({ name: ours, spelled: name, at }, fromOctets(expand(value)));
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      severity: 'error',
      code: 'bad-value',
      at: placeOf(0),
      problem: error.problem,
      why: 'Its default holds instead.',
      hint: error.hint ?? 'see postfixture help parameters',
    };
  }
}

/** Whether nothing stands behind any `$name` of a value: it is empty because of that, and not because it can't be expanded. */
function isOfUndefinedNames(value: Octets, { raw }: CheckWorld): boolean {
  const asked: Octets[] = [];
  const warnings = scanMacros(value, (name) => void asked.push(name));
  return warnings.length === 0 && asked.length > 0 && asked.every((name) => raw(name) === undefined);
}

function checkValue(setting: SettingOf, parameter: PostfixParameter, world: CheckWorld): Finding | undefined {
  const { name, value, written, placeOf, file, expand } = setting;
  const isRaw = parameter.type === 'raw string';
  const text = isRaw ? value : expand(value);
  // What can't be expanded is another check's.
  if (text === '' && value !== '' && !isRaw && !isOfUndefinedNames(value, world)) return undefined;
  const fault = findValueFault(parameter, text, file);
  // Of a comment behind the value Postfix says more: that is another finding.
  const postfixLine = fault && written === value ? `fatal: ${toPrintable(fault.problem)}` : undefined;
  if (!isRaw && PLACEHOLDER.test(value)) {
    return {
      severity: fault ? 'error' : 'warning',
      code: 'placeholder',
      at: placeOf(0),
      problem: `the value of ${name} is an example that was not filled in: ${value}`,
      why: fault ? describeReaders(name) : 'Postfix takes it to the letter.',
      hint: fault?.hint ?? `write your own value, or take ${name} out: its default holds then`,
      ...(postfixLine === undefined ? {} : { postfixLine }),
    };
  }
  if (fault === undefined) return undefined;
  return {
    severity: 'error',
    code: 'bad-value',
    at: placeOf(0),
    problem: fault.problem,
    why: describeReaders(name),
    hint: fault.hint,
    ...(postfixLine === undefined ? {} : { postfixLine }),
  };
}
