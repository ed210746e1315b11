import type { ReportFinding } from '../rules/config/finding.ts';
import { splitItems } from '../rules/tables/braces.ts';
import { toOctets, type Octets } from '../rules/octets.ts';
import type { Ask } from '../rules/question.ts';
import type { TableWorld } from '../rules/tables/table-world.ts';
import { readAccounts } from './accounts.ts';
import type { Environment } from './data-directory.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';

/** What a table world takes from elsewhere than main.cf. */
export interface TableWorldSources {
  readonly env: Environment;
  readonly report: ReportFinding;
  /** @see TableWorld */
  readonly ask: Ask;
  /** @see TableWorld */
  readonly random: () => number;
  readonly now: number;
}

/**
 * What the tables of a configuration may know, with the flags that Postfix's daemons open them with.
 * @throws {FatalError} if main.cf can't be expanded
 */
export function readTableWorld(
  config: PostfixConfiguration,
  { env, report, ask, random, now }: TableWorldSources,
): TableWorld {
  const accounts = readAccounts(config);
  return Object.freeze({
    readFile: config.readFile,
    ask,
    parameter: (name) => (config.raw(name) === undefined ? undefined : config.get(name)),
    environment: toEnvironment(env),
    passwd: accounts?.passwd ?? '',
    group: accounts?.group ?? '',
    source: config.get('catch_table_source') === 'compiled' ? 'compiled' : 'text',
    aliasTables: new Set(['alias_maps', 'alias_database'].flatMap((name) => splitItems(config.get(name)))),
    smtputf8: hasSmtpUtf8(config),
    foldsCase: true,
    duplicates: 'refuse',
    trailingNull: 'both',
    random,
    now,
    report,
  } satisfies TableWorld);
}

/** Whether smtputf8_enable is on. @throws {FatalError} if it can't be expanded */
export function hasSmtpUtf8(config: PostfixConfiguration): boolean {
  return config.get('smtputf8_enable').toLowerCase() === 'yes';
}

function toEnvironment(env: Environment): ReadonlyMap<Octets, Octets> {
  const variables = new Map<Octets, Octets>();
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) variables.set(toOctets(name), toOctets(value));
  }
  return variables;
}
