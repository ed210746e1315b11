import type { SourceLocation } from '../rules/config/config-error.ts';
import { FatalError } from '../rules/config/fatal-error.ts';
import { scanMacros } from '../rules/config/macros.ts';
import { readOverrides, toServiceName, type MasterEntry } from '../rules/config/master-cf.ts';
import { formatValue } from '../rules/config/parameter-value.ts';
import type { ParameterName } from '../rules/config/parameters.ts';
import { viewOf } from '../rules/config/services.ts';
import {
  getParameter,
  isParameter,
  PARAMETER_NAMES,
  toEnvironmentVariable,
  toFlag,
  toOption,
} from '../rules/config/spelling.ts';
import { fromOctets, toOctets, type Octets } from '../rules/octets.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';
import type { Settings, SettingSource } from './settings.ts';

/** A parameter and what it stands for: text, not octets. */
export interface ReportedValue {
  readonly name: string;
  /** As it was written, `$name` not expanded. */
  readonly written: string;
  /** With `$name` expanded; undefined if it can't be. */
  readonly effective: string | undefined;
}

/** A parameter as it holds here, for people. */
export interface ReportedParameter extends ReportedValue {
  /** The service of master.cf whose `-o` this is: `587/inet`. */
  readonly service?: string;
  /** As it would be if nobody set it, `$name` not expanded; absent if there is no such parameter. */
  readonly default?: string;
  readonly source: SettingSource;
  /** Of a value that main.cf or master.cf sets. */
  readonly at?: SourceLocation;
  /** The flag, the variable or the option that sets it: `--smtp-port`. */
  readonly spelled?: string;
  /** What main.cf says, where that doesn't count: something stronger says otherwise, or it isn't followed here. */
  readonly overridden?: { readonly written: string; readonly at: SourceLocation };
  /** What it does; only of parameters that this program itself obeys. */
  readonly meaning?: string;
}

/** Parameters by name. */
export interface ParameterReport {
  readonly parameters: readonly ReportedParameter[];
  /** What the `$name` in their values stand for, and those in turn; without those that are among `parameters`. */
  readonly references: readonly ReportedValue[];
}

/**
 * What is set: by main.cf, by the `-o` of master.cf, and for this run.
 * @param options.withDefaults every other parameter, too
 */
export function reportParameters(
  settings: Settings,
  { withDefaults }: { readonly withDefaults: boolean },
): ParameterReport {
  const { configuration, services } = settings;
  const names = new Set<Octets>([
    ...configuration.entries.map(({ name }) => name),
    ...PARAMETER_NAMES.filter((name) => withDefaults || settings.sourceOf(name) !== 'default'),
    ...(withDefaults ? configuration.parameters.keys() : []),
  ]);
  const main = [...names].map((name) => reportMain(name, settings));
  // Of entries that share their name Postfix runs the last, as of equal `-o` the last counts.
  const running = new Map(services.map((service) => [toServiceName(service), service]));
  const own = [...running.values()].flatMap((service) => reportService(service, configuration));
  return {
    parameters: [...main, ...own].sort(compareNames),
    references: reportReferences([...main, ...own], names, configuration),
  };
}

function reportMain(name: Octets, settings: Settings): ReportedParameter {
  const { configuration } = settings;
  const entry = configuration.entries.findLast((one) => one.name === name);
  const known = isParameter(name) ? name : undefined;
  const source = known === undefined ? (entry ? 'main.cf' : 'default') : settings.sourceOf(known);
  const about = {
    name: fromOctets(name),
    ...findDefault(name, configuration),
    ...(known !== undefined && { meaning: getParameter(known).meaning }),
  };
  if (known !== undefined && source !== 'main.cf') {
    const value = formatValue(known, settings.get(known));
    return {
      ...about,
      written: value,
      effective: value,
      source,
      ...spell(known, source),
      ...(entry && { overridden: { written: fromOctets(entry.value), at: entry.at } }),
    };
  }
  return { ...about, ...toValue(name, configuration), source, ...(entry && { at: entry.at }) };
}

function reportService(service: MasterEntry, configuration: PostfixConfiguration): readonly ReportedParameter[] {
  const view = viewOf(service, (name) => configuration.raw(name));
  const overrides = new Map(readOverrides(service).map((override) => [override.name, override]));
  return [...overrides.values()].map(({ name, value, at }) => ({
    name: fromOctets(name),
    service: fromOctets(toServiceName(service)),
    written: fromOctets(value),
    effective: toText(() => configuration.expand(value, view)),
    ...findDefault(name, configuration),
    source: 'master.cf',
    at,
  }));
}

function reportReferences(
  parameters: readonly ReportedParameter[],
  names: ReadonlySet<Octets>,
  configuration: PostfixConfiguration,
): readonly ReportedValue[] {
  const found = new Map<Octets, ReportedValue>();
  const waiting = parameters.map(({ written }) => toOctets(written));
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    scanMacros(text, (name) => {
      const raw = found.has(name) || names.has(name) ? undefined : toText(() => configuration.raw(name));
      if (raw === undefined) return;
      found.set(name, toValue(name, configuration));
      waiting.push(toOctets(raw));
    });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function toValue(name: Octets, configuration: PostfixConfiguration): ReportedValue {
  return {
    name: fromOctets(name),
    written: toText(() => configuration.raw(name)) ?? '',
    effective: toText(() => configuration.get(name)),
  };
}

function findDefault(name: Octets, configuration: PostfixConfiguration): Pick<ReportedParameter, 'default'> {
  const usual =
    toText(() => configuration.findDefault(name)) ?? (isParameter(name) ? getParameter(name).default : undefined);
  return usual === undefined ? {} : { default: usual };
}

function spell(name: ParameterName, source: SettingSource): { readonly spelled?: string } {
  switch (source) {
    case 'flag':
      return { spelled: `--${toFlag(name)}` };
    case 'environment':
      return { spelled: toEnvironmentVariable(name) };
    case 'option':
      return { spelled: toOption(name) };
    case 'override':
      return { spelled: `-o ${name}` };
    case 'main.cf':
    case 'master.cf':
    case 'default':
      return {};
  }
}

/** What can't be expanded is a finding already; the report goes on. */
function toText(read: () => Octets | undefined): string | undefined {
  try {
    const octets = read();
    return octets === undefined ? undefined : fromOctets(octets);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    return undefined;
  }
}

function compareNames(a: ReportedParameter, b: ReportedParameter): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return (a.service ?? '') < (b.service ?? '') ? -1 : 1;
}
