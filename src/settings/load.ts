import { createHash } from 'node:crypto';
import { ConfigError, ConfigErrors } from '../rules/config/config-error.ts';
import { expandValue, type WrittenValue } from '../rules/config/expand.ts';
import { escapeMacros } from '../rules/config/macros.ts';
import { convertValue, formatValue, parseValue, type Value } from '../rules/config/parameter-value.ts';
import type { ParameterName, ParameterValue } from '../rules/config/parameters.ts';
import { findParameter, getParameter, PARAMETER_NAMES, toMainCf, type Options } from '../rules/config/spelling.ts';
import { findDefaultDataDirectory, toAbsolutePath, type Environment } from './data-directory.ts';
import { toMyHostName, type Machine } from './machine.ts';
import type { Settings, SettingSource } from './settings.ts';
import { readEnvironment, readFlags, readOptions, readOverrides, type Given } from './sources.ts';

/** Everything that settings are made of. */
export interface SettingsSources {
  /** From the command line, by parameter. */
  readonly flags?: Readonly<Partial<Record<ParameterName, string>>>;
  /** From a program that uses the library. */
  readonly options?: Options;
  /** Variables that begin with `POSTFIXTURE_` are parameters; of others only those that name the state directory count. */
  readonly environment?: Environment;
  /** Each `name=value`, as after `-o`. */
  readonly overrides?: readonly string[];
  readonly machine: Machine;
}

/**
 * Makes the settings: flag or option, else environment, else `-o`, else the default.
 * @throws {ConfigErrors} with every mistake of every source
 */
export function loadSettings(sources: SettingsSources): Settings {
  const errors = new Map<string, ConfigError>();
  // Two parameters that need a broken third one find the same mistake.
  const report = (error: ConfigError) => void errors.set(error.message, error);
  const assignments = collect(sources, report);
  const values = evaluateAll(assignments, report);
  if (errors.size > 0) throw new ConfigErrors([...errors.values()]);

  const directory = values.get('catch_data_directory');
  if (typeof directory === 'string') values.set('catch_data_directory', toAbsolutePath(sources.machine, directory));
  return freezeSettings(values, new Map([...assignments].map(([name, { source }]) => [name, source])));
}

/** The one assignment of each parameter that counts. */
function collect(sources: SettingsSources, report: (error: ConfigError) => void): ReadonlyMap<ParameterName, Given> {
  const environment = sources.environment ?? {};
  const weakestFirst: readonly Given[] = [
    ...PARAMETER_NAMES.map(toDefault),
    ...readOverrides(sources.overrides ?? [], report),
    ...readEnvironment(environment, report),
    ...readOptions(sources.options ?? {}, report),
    ...readFlags(sources.flags ?? {}),
  ];
  const meantByEmpty: Partial<Record<ParameterName, string>> = {
    myhostname: toMyHostName(sources.machine),
    catch_data_directory: findDefaultDataDirectory(sources.machine, environment),
  };
  return new Map(
    weakestFirst.map((given) => {
      const meant = given.value === '' ? meantByEmpty[given.name] : undefined;
      return [given.name, meant === undefined ? given : { ...given, value: escapeMacros(meant) }];
    }),
  );
}

function toDefault(name: ParameterName): Given {
  return { name, source: 'default', spelled: name, at: { file: '<default>' }, value: getParameter(name).default };
}

function evaluateAll(
  assignments: ReadonlyMap<ParameterName, Given>,
  report: (error: ConfigError) => void,
): Map<ParameterName, Value> {
  const find = (spelled: string): WrittenValue | undefined => {
    const name = findParameter(spelled, toMainCf);
    const given = name === undefined ? undefined : assignments.get(name);
    return given && { text: toText(given), at: given.at };
  };
  const values = new Map<ParameterName, Value>();
  for (const [name, given] of assignments) {
    try {
      values.set(name, evaluate(given, find));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      report(error);
    }
  }
  return values;
}

function evaluate(given: Given, find: (spelled: string) => WrittenValue | undefined): Value {
  if (typeof given.value !== 'string') return convertValue(given, given.value);
  return parseValue(given, expandValue(given.name, { text: given.value, at: given.at }, find));
}

/** As another parameter that names this one gets it. */
function toText(given: Given): string {
  return typeof given.value === 'string' ? given.value : formatValue(given.name, convertValue(given, given.value));
}

function freezeSettings(
  values: ReadonlyMap<ParameterName, Value>,
  origins: ReadonlyMap<ParameterName, SettingSource>,
): Settings {
  const canonical = JSON.stringify([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
  return Object.freeze({
    // The table says which type a parameter has, and parseValue and convertValue keep to it.
    get: <N extends ParameterName>(name: N) => values.get(name) as ParameterValue<N>,
    sourceOf: (name: ParameterName) => origins.get(name) ?? 'default',
    hash: createHash('sha256').update(canonical).digest('hex').slice(0, 16),
  });
}
