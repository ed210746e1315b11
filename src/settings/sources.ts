import { ConfigError } from '../rules/config/config-error.ts';
import { findNearestName } from '../rules/config/nearest-name.ts';
import type { Assignment } from '../rules/config/parameter-value.ts';
import type { ParameterName } from '../rules/config/parameters.ts';
import { readPostfixParameters } from '../rules/config/postfix-parameters.ts';
import {
  ENVIRONMENT_PREFIX,
  findParameter,
  isParameter,
  PARAMETER_NAMES,
  toEnvironmentVariable,
  toFlag,
  toOption,
} from '../rules/config/spelling.ts';
import type { Environment } from './data-directory.ts';
import type { SettingSource } from './settings.ts';

/** A value that some source gives to a parameter. */
export interface Given extends Assignment {
  readonly source: SettingSource;
  /** Text as in main.cf; from the library also what the option takes. */
  readonly value: unknown;
}

/** Where a reader puts the mistakes that it finds; it goes on reading. */
export type Report = (error: ConfigError) => void;

/** Flags, already told apart by the command line's parser. */
export function readFlags(flags: Readonly<Partial<Record<ParameterName, string>>>): readonly Given[] {
  return PARAMETER_NAMES.flatMap((name) => {
    const value = flags[name];
    if (value === undefined) return [];
    return [{ name, source: 'flag', spelled: `--${toFlag(name)}`, at: { file: '<command line>' }, value }];
  });
}

/** The library's options. An option that is `undefined` isn't given. */
export function readOptions(options: object, report: Report): readonly Given[] {
  const at = { file: '<options>' };
  return Object.entries(options).flatMap(([spelled, value]: [string, unknown]) => {
    if (value === undefined) return [];
    const name = findParameter(spelled, toOption);
    if (name !== undefined) return [{ name, source: 'option', spelled, at, value }];
    report(new ConfigError(`unknown option: ${spelled}`, at, suggest(findNearestName(spelled, spellings(toOption)))));
    return [];
  });
}

/** The variables that begin with `POSTFIXTURE_`. */
export function readEnvironment(environment: Environment, report: Report): readonly Given[] {
  const at = { file: '<environment>' };
  return Object.entries(environment).flatMap(([spelled, value]) => {
    if (!spelled.startsWith(ENVIRONMENT_PREFIX) || value === undefined) return [];
    const name = findParameter(spelled, toEnvironmentVariable);
    if (name !== undefined) return [{ name, source: 'environment', spelled, at, value }];
    const nearest = findNearestName(
      spelled.slice(ENVIRONMENT_PREFIX.length),
      spellings((known) => toEnvironmentVariable(known).slice(ENVIRONMENT_PREFIX.length)),
    );
    report(
      new ConfigError(
        `unknown variable: ${spelled}`,
        at,
        suggest(nearest === undefined ? undefined : ENVIRONMENT_PREFIX + nearest),
      ),
    );
    return [];
  });
}

/**
 * `name=value`, as after `-o`; blanks around the name and the value don't count. Of equal names the last one wins. What
 * only Postfix has is main.cf's, see {@link listPostfixOverrides}.
 */
export function readOverrides(overrides: readonly string[], report: Report): readonly Given[] {
  const at = { file: '-o' };
  const others = new Set(listPostfixOverrides(overrides));
  return overrides.flatMap((override) => {
    if (others.has(override)) return [];
    const { spelled, value } = splitOverride(override);
    if (value === undefined || spelled === '') {
      report(new ConfigError(`missing "=" after name: "${override}"`, at, { hint: 'write -o name=value' }));
      return [];
    }
    if (isParameter(spelled)) return [{ name: spelled, source: 'override', spelled, at, value }];
    report(new ConfigError(`unknown parameter: ${spelled}`, at, suggest(findNearestName(spelled, PARAMETER_NAMES))));
    return [];
  });
}

/** Those of `-o` that name a parameter which Postfix has and this program doesn't use itself. */
export function listPostfixOverrides(overrides: readonly string[]): readonly string[] {
  if (overrides.length === 0) return [];
  const parameters = readPostfixParameters();
  return overrides.filter((override) => {
    const { spelled, value } = splitOverride(override);
    return value !== undefined && !isParameter(spelled) && parameters.has(spelled);
  });
}

function splitOverride(override: string): { readonly spelled: string; readonly value: string | undefined } {
  const [, spelled = '', value] = /^\s*([^=\s]*)\s*(?:=\s*(.*?)\s*)?$/s.exec(override) ?? [];
  return { spelled, value };
}

function spellings(spelling: (name: ParameterName) => string): readonly string[] {
  return PARAMETER_NAMES.map(spelling);
}

function suggest(nearest: string | undefined): { readonly hint?: string } {
  return nearest === undefined ? {} : { hint: `did you mean ${nearest}?` };
}
