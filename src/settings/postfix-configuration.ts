import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkInterfaces, findDefaultValue, type DefaultSources } from '../rules/config/default-value.ts';
import { FatalError } from '../rules/config/fatal-error.ts';
import type { ReportFinding } from '../rules/config/finding.ts';
import { expandOrEnd } from '../rules/config/expand-or-end.ts';
import type { MachineFacts } from '../rules/config/machine-facts.ts';
import { parseMainCf, splitNameValue, type MainCfEntry } from '../rules/config/main-cf.ts';
import { PARAMETERS, type ParameterName } from '../rules/config/parameters.ts';
import { readPostfixParameters, type PostfixParameters } from '../rules/config/postfix-parameters.ts';
import { isOwnParameter, toEnvironmentVariable } from '../rules/config/spelling.ts';
import { toOctets, type Octets } from '../rules/octets.ts';
import { remember } from '../rules/remember.ts';
import type { ReadFileFact } from '../rules/tables/file-text.ts';
import type { Environment } from './data-directory.ts';
import { readMachineFacts } from './machine.ts';
import { mapPath, parsePathMap, type PathMapping } from './path-map.ts';
import { openFileReader } from './read-file.ts';

/** Where a program of Postfix finds its configuration. */
export interface ConfigurationSources {
  /** Of the program: `postmap`. */
  readonly program: string;
  /** As after `-c`. Without it MAIL_CONFIG counts; then `postfix` and the working directory, if a main.cf is there. */
  readonly directory?: string | undefined;
  /** Each `name=value`, as after `-o`. */
  readonly overrides?: readonly string[];
  /** main.cf isn't read, so that everything is at its default. */
  readonly isDefaultsOnly?: boolean;
  /** main.cf itself, where it isn't read from a directory: what `postconf -n` printed. */
  readonly mainCf?: { readonly text: Octets; readonly file: string };
  /** Relative paths begin here. */
  readonly cwd: string;
  readonly env: Environment;
}

/** main.cf as one program of Postfix sees it. */
export interface PostfixConfiguration {
  /** The directory with main.cf, as it was named; in messages and for `$config_directory`. */
  readonly directory: Octets;
  /** main.cf, in messages. */
  readonly mainCf: Octets;
  /** Whether there is no configuration, so that everything is at its default. */
  readonly isBuiltIn: boolean;
  /** main.cf came from elsewhere, and the other files are most likely not on this machine. */
  readonly isPiped: boolean;
  /** main.cf's own text; empty if there is none. */
  readonly text: Octets;
  /** What main.cf says, in its order, duplicates included. */
  readonly entries: readonly MainCfEntry[];
  /** What counts of it, by name; `-o` overrides and `config_directory` included. */
  readonly values: ReadonlyMap<Octets, Octets>;
  /** What Postfix has built in. */
  readonly parameters: PostfixParameters;
  /** A parameter's text: as set, else the default; undefined if there is no such parameter. */
  raw(name: Octets): Octets | undefined;
  /**
   * What a parameter of Postfix is unless it is set; undefined if there is no such parameter.
   * @throws {FatalError} if `mynetworks` can't be made of the other settings
   */
  findDefault(name: Octets): Octets | undefined;
  /** @throws {FatalError} if `inet_interfaces` names what this machine hasn't */
  checkInterfaces(): void;
  /**
   * The same with `$name` expanded; empty if there is no such parameter.
   * @throws {FatalError} if it can't be expanded, in Postfix's words; what it warns of first is reported
   */
  get(name: Octets): Octets;
  /**
   * Expands any text.
   * @param find what names stand for, in the place of `raw`
   * @throws {FatalError} as `get` does
   */
  expand(text: Octets, find?: (name: Octets) => Octets | undefined): Octets;
  /** What defaults are made of. */
  readonly machine: MachineFacts;
  /** Where a path of the configuration is found on this machine. */
  locate(path: string): string;
  /** Reads a file by its path in the configuration. */
  readonly readFile: ReadFileFact;
  /**
   * The same directory and files with other values.
   * @param values what counts of main.cf, by name
   * @param report gets what its `expand` and `get` find
   */
  restate(values: ReadonlyMap<Octets, Octets>, report: ReportFinding): PostfixConfiguration;
  /** Every file that was asked for so far, as it is found on this machine; main.cf wherever it would be found. */
  listFiles(): readonly string[];
}

/** Postfix's own directory, whose name stands for built-in defaults where there is no main.cf. */
const POSTFIX_DIRECTORY = '/etc/postfix';

/**
 * Reads main.cf for a program of Postfix.
 * @param report gets each finding; one that throws at a fatal finding ends the reading as Postfix would
 * @throws {FatalError} if main.cf can't be read
 */
export function readPostfixConfiguration(sources: ConfigurationSources, report: ReportFinding): PostfixConfiguration {
  const directory = findDirectory(sources);
  const named = directory ?? POSTFIX_DIRECTORY;
  const file = sources.mainCf?.file ?? `${named}/main.cf`;
  const known = new Map([['config_directory', toOctets(named)]]);
  // The map may stand in main.cf itself, which has to be found before.
  const early = openFileReader(locator(sources, readMappings(sources, directory)));
  const isFound = sources.mainCf !== undefined || (directory !== undefined && sources.isDefaultsOnly !== true);
  const text = isFound ? (sources.mainCf?.text ?? readMainCf(early.read, file)) : '';
  const entries = parseMainCf(text, toOctets(file), report, known);
  const values = new Map([...known, ...entries.map(({ name, value }) => [name, value] as const)]);
  for (const override of sources.overrides ?? []) {
    const [name, value] = parseOverride(toOctets(override));
    values.set(name, value);
  }
  const locate = locator(sources, readMappings(sources, directory, values.get('catch_path_map')));
  const parameters = readPostfixParameters();
  const machine = readMachineFacts(sources.program, (name) => findOurs(name, sources.env, values));

  const files = openFileReader(locate);
  const listFiles = (): readonly string[] => [
    ...new Set([...early.list(), ...files.list(), ...(directory === undefined ? placesOf(sources) : [])]),
  ];
  const texts = {
    directory: toOctets(named),
    mainCf: toOctets(file),
    isBuiltIn: directory === undefined && sources.mainCf === undefined,
    isPiped: sources.mainCf !== undefined,
    text,
    entries,
    values,
  };
  return toConfiguration(
    { ...texts, parameters, locate, readFile: files.read, listFiles },
    { machine, env: sources.env, report },
  );
}

/** What doesn't depend on the values of main.cf. */
type ConfigurationParts = Pick<
  PostfixConfiguration,
  | 'directory'
  | 'mainCf'
  | 'isBuiltIn'
  | 'isPiped'
  | 'text'
  | 'entries'
  | 'values'
  | 'parameters'
  | 'locate'
  | 'readFile'
  | 'listFiles'
>;

interface ConfigurationContext {
  readonly machine: MachineFacts;
  readonly env: Environment;
  readonly report: ReportFinding;
}

function toConfiguration(parts: ConfigurationParts, context: ConfigurationContext): PostfixConfiguration {
  const { values, parameters, readFile, mainCf: file } = parts;
  const { machine, env, report } = context;
  const raw = (name: Octets): Octets | undefined =>
    isOwnParameter(name)
      ? (findOurs(name, env, values) ?? PARAMETERS[name].default)
      : (values.get(name) ?? findDefault(name));
  const expand = (text: Octets, find = raw): Octets =>
    expandOrEnd(text, { find, at: { file }, report, ofDictionary: true });
  const sourcesOfDefaults: DefaultSources = {
    parameters,
    values,
    machine,
    readHosts: () => {
      const hosts = readFile('/etc/hosts');
      return 'text' in hosts ? hosts.text : undefined;
    },
    expand: (text) => expand(text),
    expandSet: (text) => expand(text, (name) => values.get(name)),
  };
  const findDefault = remember((name) => findDefaultValue(name, sourcesOfDefaults));
  return {
    ...parts,
    machine,
    raw,
    findDefault,
    checkInterfaces: () => checkInterfaces(sourcesOfDefaults),
    get: (name) => expand(raw(name) ?? ''),
    expand,
    restate: (others, reportOther) =>
      toConfiguration({ ...parts, values: others }, { ...context, report: reportOther }),
  };
}

/**
 * Where an editor finds main.cf and master.cf.
 * @returns undefined if there is no configuration, so that defaults count: /etc/postfix of this machine is never meant
 */
export function findEditedDirectory(
  sources: Pick<ConfigurationSources, 'directory' | 'cwd' | 'env'>,
): { readonly directory: Octets; readonly locate: (path: string) => string } | undefined {
  const directory = findDirectory(sources);
  if (directory === undefined) return undefined;
  return { directory: toOctets(directory), locate: locator(sources, readMappings(sources, directory)) };
}

/** The directory as it is named; undefined if there is none, so that everything is left at its default. */
function findDirectory({
  directory,
  cwd,
  env,
}: Pick<ConfigurationSources, 'directory' | 'cwd' | 'env'>): string | undefined {
  const named = directory ?? env['MAIL_CONFIG'];
  if (named !== undefined) return named;
  const place = placesOf({ cwd }).find((file) => existsSync(file));
  return place && dirname(place);
}

/** Where main.cf is looked for unless a directory is named. */
function placesOf({ cwd }: Pick<ConfigurationSources, 'cwd'>): readonly string[] {
  return [join(cwd, 'postfix', 'main.cf'), join(cwd, 'main.cf')];
}

function readMainCf(readFile: ReadFileFact, file: string): Octets {
  const fact = readFile(toOctets(file));
  if ('text' in fact) return fact.text;
  // QUIRK: a directory can be opened, but not read.
  const verb = fact.fault === 'Is a directory' ? 'read' : 'open';
  throw new FatalError({
    severity: 'error',
    code: 'main-cf-unreadable',
    at: { file },
    problem: `${verb} ${file}: ${fact.fault}`,
    why: 'Without main.cf no program of Postfix starts.',
    hint: 'name the directory that has main.cf',
    postfixLine: `fatal: ${verb} ${toOctets(file)}: ${fact.fault}`,
  });
}

function parseOverride(text: Octets): readonly [Octets, Octets] {
  const parsed = splitNameValue(text);
  if (!('fault' in parsed)) return [parsed.name, parsed.value];
  const problem = `invalid parameter override: ${text}: ${parsed.fault}`;
  throw new FatalError({
    severity: 'error',
    code: 'invalid-override',
    at: { file: '-o' },
    problem,
    why: 'Nothing was read.',
    hint: 'write -o name=value',
    postfixLine: `fatal: ${problem}`,
  });
}

/** The mappings of `catch_path_map`; unless it is set, /etc/postfix and /etc/aliases are found where main.cf is. */
function readMappings(
  { cwd, env }: Pick<ConfigurationSources, 'cwd' | 'env'>,
  directory: string | undefined,
  written?: Octets,
): readonly PathMapping[] {
  const text = env[toEnvironmentVariable('catch_path_map')] ?? written ?? '';
  if (text !== '') return parsePathMap(text, cwd);
  if (directory === undefined) return [];
  const here = resolve(cwd, directory);
  const aliases = join(here, 'aliases');
  return [
    { from: POSTFIX_DIRECTORY, to: here },
    ...(existsSync(aliases) ? [{ from: '/etc/aliases', to: aliases }] : []),
  ];
}

function locator(
  { cwd }: Pick<ConfigurationSources, 'cwd'>,
  mappings: readonly PathMapping[],
): (path: string) => string {
  return (path) => mapPath(resolve(cwd, path), mappings);
}

/** A parameter of ours as it is set: the environment goes before main.cf. */
function findOurs(name: ParameterName, env: Environment, values: ReadonlyMap<Octets, Octets>): Octets | undefined {
  const variable = env[toEnvironmentVariable(name)];
  return variable === undefined ? values.get(name) : toOctets(variable);
}
