import { expandMacros, MacroError, scanMacros } from '../config/macros.ts';
import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { listSetNames } from './known-names.ts';
import { listSettings, type SettingOf } from './settings-of.ts';

/** `$name` that stands for nothing, and what can't be expanded at all. */
export function* checkMacros(world: CheckWorld): Generator<Finding> {
  const { known } = world;
  const set = listSetNames(world);
  for (const setting of listSettings(world)) {
    const { name, value, placeOf } = setting;
    // In these, names are left for later, and are others.
    if (world.parameters.get(name)?.type === 'raw string' || !value.includes('$')) continue;
    const asked = new Set<Octets>();
    const warnings = scanMacros(value, (one) => void asked.add(one));
    if (warnings.length > 0) {
      yield toSyntaxFinding(setting, warnings[0] ?? '');
      continue;
    }
    const undefinedNames = [...asked].filter((one) => !known.isPostfix(one) && !known.isOurs(one) && !set.has(one));
    // Who misspells a parameter's name is told of that; what its value says doesn't count.
    if (!known.isPostfix(name) && !known.isUsed(name)) continue;
    for (const one of undefinedNames) yield toUndefinedFinding(setting, one);
    const loop = findLoop(setting, world);
    if (loop !== undefined) {
      yield {
        severity: 'error',
        code: 'macro-loop',
        at: placeOf(value.indexOf('$')),
        problem: loop,
        why: 'No program of Postfix starts with it.',
        hint: `take the $name that leads back to ${name} out`,
        postfixLine: `warning: ${loop}`,
      };
    }
  }
}

/** @returns what Postfix warns of where a value needs itself */
function findLoop({ value }: SettingOf, world: CheckWorld): Octets | undefined {
  try {
    expandMacros(value, world.raw);
    return undefined;
  } catch (error) {
    if (!(error instanceof MacroError)) throw error;
    return error.warnings.find((warning) => warning.startsWith('unreasonable macro call nesting'));
  }
}

function toUndefinedFinding({ value, placeOf, file }: SettingOf, name: Octets): Finding {
  const place = value.search(new RegExp(`\\$[({]?[ \\t]*${name.replace(/\W/g, '\\$&')}(?!\\w)`));
  return {
    severity: 'warning',
    code: 'undefined-parameter',
    at: placeOf(Math.max(0, place)),
    problem: `nothing defines $${name}`,
    why: 'Postfix puts nothing in its place.',
    hint: `set ${name}, correct the name, or write $$ for a dollar sign`,
    postfixLine: `warning: ${file}: undefined parameter: ${name}`,
  };
}

function toSyntaxFinding({ value, placeOf }: SettingOf, warning: Octets): Finding {
  return {
    severity: 'error',
    code: 'macro-syntax',
    at: placeOf(Math.max(0, value.indexOf('$'))),
    problem: warning,
    why: 'No program of Postfix starts with it.',
    hint: 'write $name or ${name}, and $$ for a dollar sign',
    postfixLine: `warning: ${warning}`,
  };
}
