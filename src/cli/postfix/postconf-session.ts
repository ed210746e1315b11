import { expandOrEnd } from '../../rules/config/expand-or-end.ts';
import type { ReportFinding } from '../../rules/config/finding.ts';
import { parseMasterCf, toServiceName, type MasterEntry } from '../../rules/config/master-cf.ts';
import { findParameterUse, listKnownParameters, type ParameterUse } from '../../rules/config/parameter-use.ts';
import { PARAMETERS } from '../../rules/config/parameters.ts';
import { STOCK_MASTER_CF } from '../../rules/config/stock-master-cf.ts';
import { collectOverrides } from '../../rules/config/services.ts';
import { isOwnParameter } from '../../rules/config/spelling.ts';
import { listTransportParameters } from '../../rules/config/transport-parameters.ts';
import type { Octets } from '../../rules/octets.ts';
import { readPostfixConfiguration, type PostfixConfiguration } from '../../settings/postfix-configuration.ts';
import type { Context } from '../context.ts';
import type { PostconfRequest } from './postconf-request.ts';
import { tableFileChecker } from './postconf-table-files.ts';

/** Parameters of one service: its own `-o`. */
type Overrides = ReadonlyMap<Octets, Octets>;

/** What postconf(1) has before it: the two files, and what is known of each parameter. */
export interface PostconfSession {
  readonly config: PostfixConfiguration;
  /** Those of master.cf, in its order. */
  readonly entries: readonly MasterEntry[];
  readonly use: ParameterUse;
  /**
   * The text of a parameter: with `-d` its default, with `-n` only what is set.
   * @param overrides of the service that asks
   * @returns undefined if there is none
   */
  find(name: Octets, overrides?: Overrides): Octets | undefined;
  /**
   * Expands `$name`, with defaults even where `find` has none.
   * @throws {FatalError} in postconf's words
   */
  expand(text: Octets, overrides?: Overrides): Octets;
}

/**
 * Reads main.cf (but with `-d`) and master.cf, and finds out which parameters are used.
 * @param options.needsMaster whether nothing can be done without master.cf; else that is only warned of
 * @throws {FatalError} if a file can't be read, or a value not be expanded
 */
export function openPostconfSession(
  { flags, directory, overrides }: PostconfRequest,
  { cwd, env }: Context,
  { report, needsMaster }: { readonly report: ReportFinding; readonly needsMaster: boolean },
): PostconfSession {
  const isDefaultsOnly = flags.has('d');
  const config = readPostfixConfiguration(
    { program: 'postconf', directory, overrides, isDefaultsOnly, cwd, env },
    report,
  );
  const entries = readMasterCf(config, { report, needsMaster });
  const ofServices = new Map(
    entries.flatMap(({ fields }) =>
      listTransportParameters(fields.service, fields.command).map(({ name, from }) => [name, from] as const),
    ),
  );
  const findDefault = (name: Octets): Octets | undefined => {
    if (isOwnParameter(name)) return PARAMETERS[name].default;
    const builtIn = config.findDefault(name);
    if (builtIn !== undefined) return builtIn;
    const from = ofServices.get(name);
    if (from !== undefined) return `$${from}`;
    return known.has(name) ? '' : undefined;
  };
  const findSet = (name: Octets, own?: Overrides): Octets | undefined => own?.get(name) ?? use.values.get(name);
  const expand = (text: Octets, own?: Overrides): Octets =>
    expandOrEnd(text, {
      find: (name) => findSet(name, own) ?? findDefault(name),
      at: { file: 'main.cf' },
      report,
    });

  const collected = collectOverrides(entries);
  const services = entries.map((entry) => ({
    name: toServiceName(entry),
    service: entry.fields.service,
    program: entry.fields.command,
    overrides: new Map([...(collected.get(entry) ?? [])].map(([name, { value }]) => [name, value] as const)),
  }));
  const known = listKnownParameters(config.parameters, services);
  let use: ParameterUse = { known, values: config.values, listUnused: () => [] };
  if (!isDefaultsOnly) {
    use = findParameterUse({
      directory: config.directory,
      parameters: config.parameters,
      values: config.values,
      services,
      isOurs: isOwnParameter,
      findDefault,
      expand,
      checkTableFile: tableFileChecker(config.readFile, report),
      report,
    });
  }
  const find = (name: Octets, own?: Overrides): Octets | undefined => {
    if (isDefaultsOnly) return findDefault(name);
    return findSet(name, own) ?? (flags.has('n') ? undefined : findDefault(name));
  };
  return { config, entries, use, find, expand };
}

function readMasterCf(
  { directory, isBuiltIn, readFile }: PostfixConfiguration,
  { report, needsMaster }: { readonly report: ReportFinding; readonly needsMaster: boolean },
): readonly MasterEntry[] {
  const file = `${directory}/master.cf`;
  if (isBuiltIn) return parseMasterCf(STOCK_MASTER_CF, file, report);
  const fact = readFile(file);
  if ('text' in fact) return parseMasterCf(fact.text, file, report);
  const problem = `open ${file}: ${fact.fault}`;
  report({
    severity: needsMaster ? 'error' : 'warning',
    code: 'master-cf-unreadable',
    at: { file },
    problem,
    why: 'Without it nobody knows which services run.',
    hint: `put master.cf beside main.cf`,
    postfixLine: `${needsMaster ? 'fatal' : 'warning'}: ${problem}`,
  });
  return [];
}
