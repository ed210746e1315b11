import { createHash } from 'node:crypto';
import { ConfigError, ConfigErrors, type SourceLocation } from '../rules/config/config-error.ts';
import { FatalError } from '../rules/config/fatal-error.ts';
import type { Finding, ReportFinding } from '../rules/config/finding.ts';
import { planListeners, type ListenerPlan } from '../rules/config/listeners.ts';
import { escapeMacros } from '../rules/config/macros.ts';
import { toServiceName, type MasterEntry } from '../rules/config/master-cf.ts';
import { viewOf } from '../rules/config/services.ts';
import { parsePortMap } from '../rules/config/tcp-ports.ts';
import type { ParameterName, ParameterValue } from '../rules/config/parameters.ts';
import { getParameter, PARAMETER_NAMES, toEnvironmentVariable, type Options } from '../rules/config/spelling.ts';
import { fromOctets, toOctets, type Octets } from '../rules/octets.ts';
import type { Ask } from '../rules/question.ts';
import { checkConfiguration } from './check.ts';
import { findDefaultDataDirectory, toAbsolutePath, type Environment } from './data-directory.ts';
import { evaluateAll, type Evaluated, type EvaluationContext } from './evaluate.ts';
import { readMainCf, readServiceOverrides } from './file-source.ts';
import { toMyHostName, type Machine } from './machine.ts';
import { readMasterCf } from './master-cf.ts';
import { readPostfixConfiguration, type PostfixConfiguration } from './postfix-configuration.ts';
import type { Settings } from './settings.ts';
import {
  listPostfixOverrides,
  readEnvironment,
  readFlags,
  readOptions,
  readOverrides,
  type Given,
  type Report,
} from './sources.ts';
import type { TableHistory } from './table-history.ts';

/** Everything that settings are made of. */
export interface SettingsSources {
  /** From the command line, by parameter. */
  readonly flags?: Readonly<Partial<Record<ParameterName, string>>>;
  /** The directory of main.cf, and what names it where no flag does; goes before all else. */
  readonly directory?: { readonly path: string; readonly spelled: string; readonly at: SourceLocation };
  /** From a program that uses the library. */
  readonly options?: Options;
  /** Variables that begin with `POSTFIXTURE_` are parameters; of others only those that name the state directory count. */
  readonly environment?: Environment;
  /** Each `name=value`, as after `-o`. */
  readonly overrides?: readonly string[];
  readonly machine: Machine;
  /**
   * How old the maps of tables are is counted from this, in ms since 1970.
   * @default now
   */
  readonly nowMs?: number;
  /** Answers from outside, for lookup tables; without it no question has an answer. */
  readonly ask?: Ask;
  /** Gets what tables find when rules ask them. */
  readonly reportLookup?: ReportFinding;
}

/**
 * Makes the settings: flag or option, else environment, else `-o`, else main.cf, else the default. A mistake in Postfix's
 * files is a finding, and the parameter keeps its default: mail is caught all the same.
 * @param tablesBefore of the settings that hold: a table that can't be opened any more goes on answering as it did there.
 *   No source, since what is made here keeps its sources: each settings would keep all that were before
 * @throws {ConfigErrors} with every mistake of the other sources; if a directory is named that has no main.cf
 */
export function loadSettings(sources: SettingsSources, tablesBefore?: TableHistory): Settings {
  const errors = new Map<string, ConfigError>();
  const findings = new Map<string, Finding>();
  // Two parameters that need a broken third one find the same mistake, as do the services.
  const report = (error: ConfigError) => void errors.set(error.message, error);
  const reportFinding = (finding: Finding) => void findings.set(JSON.stringify(finding), finding);
  const given = readGiven(sources, report);
  const configuration = findConfiguration(sources, given, reportFinding);
  const main = readMainCf(configuration);
  const defaults = listDefaults([...main, ...given], configuration);
  const context = { configuration, defaults: collect(sources, defaults), report, reportFinding };
  const evaluated = evaluateAll(collect(sources, [...defaults, ...main, ...given]), context);
  if (errors.size > 0) throw new ConfigErrors([...errors.values()]);

  const services = readMasterCf(configuration, reportFinding);
  const views = new Map(
    services.flatMap((entry) => {
      const own = readServiceOverrides(entry);
      if (own.length === 0) return [];
      return [[toServiceName(entry), evaluateAll(collect(sources, [...defaults, ...main, ...own, ...given]), context)]];
    }),
  );
  const listeners = listListeners(services, evaluated, context);
  const checked = checkConfiguration(
    {
      configuration,
      services,
      env: sources.environment ?? {},
      now: sources.nowMs ?? Date.now(),
      ...(sources.ask && { ask: sources.ask }),
      ...(sources.reportLookup && { reportLookup: sources.reportLookup }),
      ...(tablesBefore && { tablesBefore }),
    },
    [...findings.values()],
  );
  const { openTables, ...found } = checked;
  const openTable: Settings['openTable'] = (spec, at, options) => openTables.open(spec, at, options);
  const opened = { openTable, ask: openTables.ask, tableHistory: openTables.history };
  return freezeSettings(evaluated, { sources, configuration, services, listeners, views, ...opened, ...found });
}

/** What was given for this run, weakest first. */
function readGiven(sources: SettingsSources, report: Report): readonly Given[] {
  return [
    ...readOverrides(sources.overrides ?? [], report),
    ...readEnvironment(sources.environment ?? {}, report),
    ...readOptions(sources.options ?? {}, report),
    ...readFlags(sources.flags ?? {}),
    ...readDirectory(sources),
  ];
}

function readDirectory({ directory }: SettingsSources): readonly Given[] {
  if (directory === undefined) return [];
  const { path, spelled, at } = directory;
  return [{ name: 'config_directory', source: 'flag', spelled, at, value: path }];
}

function findConfiguration(
  { machine, environment = {}, overrides = [] }: SettingsSources,
  given: readonly Given[],
  report: ReportFinding,
): PostfixConfiguration {
  // What main.cf is read with may itself be given for this run.
  const variables = given.flatMap(({ name, value }) =>
    typeof value === 'string' ? [[toEnvironmentVariable(name), value] as const] : [],
  );
  const named = given.findLast(({ name, value }) => name === 'config_directory' && value !== '');
  const sources = {
    program: 'postfixture',
    overrides: listPostfixOverrides(overrides),
    ...(named && { directory: String(named.value) }),
    cwd: machine.cwd,
    env: { ...environment, ...Object.fromEntries(variables) },
  };
  try {
    return readPostfixConfiguration(sources, report);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    const { problem, hint } = error.finding;
    if (named) {
      throw new ConfigErrors([new ConfigError(`${named.spelled}: ${problem}`, named.at, { hint, cause: error })]);
    }
    report(error.finding);
    return readPostfixConfiguration({ ...sources, isDefaultsOnly: true }, report);
  }
}

function listListeners(
  entries: readonly MasterEntry[],
  { values }: Evaluated,
  { configuration, reportFinding }: EvaluationContext,
): readonly ListenerPlan[] {
  const ports = values.get('catch_port_map');
  return planListeners(entries, {
    valueOf(entry, name) {
      const view = viewOf(entry, (asked) => configuration.raw(asked));
      return configuration.expand(view(name) ?? '', view);
    },
    portMap: parsePortMap(Array.isArray(ports) ? ports.map(toOctets) : [], { file: 'catch_port_map' }, reportFinding),
    report: reportFinding,
  });
}

/** The assignment of each parameter that counts. @param given weakest first */
function collect(
  { machine, environment = {} }: SettingsSources,
  given: readonly Given[],
): ReadonlyMap<ParameterName, Given> {
  const named = given.findLast(({ name, value }) => name === 'catch_machine_name' && value !== '')?.value;
  const hostname = typeof named === 'string' ? named : machine.hostname;
  const meantByEmpty: Partial<Record<ParameterName, string>> = {
    myhostname: toMyHostName({ hostname }),
    catch_data_directory: findDefaultDataDirectory(machine, environment),
  };
  return new Map(
    given.map((one) => {
      const meant = one.value === '' ? meantByEmpty[one.name] : undefined;
      return [one.name, meant === undefined ? one : { ...one, value: escapeMacros(meant) }];
    }),
  );
}

/** What holds where nothing is said: as catch_defaults has it. @param said weakest first */
function listDefaults(said: readonly Given[], { parameters }: PostfixConfiguration): readonly Given[] {
  const isPostfix = said.findLast(({ name }) => name === 'catch_defaults')?.value === 'postfix';
  return PARAMETER_NAMES.map((name) => {
    // Nobody is shown mail because a profile was chosen: to listen everywhere is said by itself.
    const theirs = isPostfix && name !== 'inet_interfaces' ? parameters.get(name)?.default : undefined;
    const value = theirs === undefined || theirs === '' ? getParameter(name).default : fromOctets(theirs);
    return { name, source: 'default', spelled: name, at: { file: '<default>' }, value };
  });
}

interface SettingsParts extends Pick<
  Settings,
  'configuration' | 'findings' | 'services' | 'tables' | 'openTable' | 'ask' | 'tableHistory' | 'listeners'
> {
  readonly sources: SettingsSources;
  /** Of the services that have parameters of their own. */
  readonly views: ReadonlyMap<Octets, Evaluated>;
}

function freezeSettings({ values, origins }: Evaluated, parts: SettingsParts): Settings {
  const { sources, views, ...shared } = parts;
  const dataDirectory = toAbsolutePath(sources.machine, String(values.get('catch_data_directory')));
  const canonical = JSON.stringify([
    [...values].sort(byName),
    [...shared.configuration.values].filter(([name]) => name !== 'config_directory').sort(byName),
  ]);
  const settings: Settings = Object.freeze({
    ...shared,
    // The table says which type a parameter has, and parseValue and convertValue keep to it.
    get: <N extends ParameterName>(name: N) =>
      (name === 'catch_data_directory' ? dataDirectory : values.get(name)) as ParameterValue<N>,
    sourceOf: (name: ParameterName) => origins.get(name) ?? 'default',
    service: (name: Octets) => ofServices.get(name) ?? settings,
    hash: createHash('sha256').update(canonical).digest('hex').slice(0, 16),
  });
  const ofServices = new Map(
    [...views].map(([name, evaluated]) => [name, freezeSettings(evaluated, { ...parts, views: new Map() })]),
  );
  return settings;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
