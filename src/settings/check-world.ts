import type { CheckWorld, NamedTable } from '../rules/check/check-world.ts';
import { withoutComments } from '../rules/check/comment.ts';
import { readKnownNames } from '../rules/check/known-names.ts';
import { listTableNames } from '../rules/check/named-tables.ts';
import type { SourceLocation } from '../rules/config/config-error.ts';
import { FatalError } from '../rules/config/fatal-error.ts';
import type { Finding, ReportFinding } from '../rules/config/finding.ts';
import { readOverrides, type MasterEntry } from '../rules/config/master-cf.ts';
import { viewOf, type FindParameter } from '../rules/config/services.ts';
import { fromOctets, type Octets } from '../rules/octets.ts';
import { Unanswered, type Ask } from '../rules/question.ts';
import { remember } from '../rules/remember.ts';
import { LookupError, type LookupTable } from '../rules/tables/lookup-table.ts';
import { listTableTypes } from '../rules/tables/open-table.ts';
import type { Environment } from './data-directory.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';
import { openTablesOf, type OpenTables } from './open-tables.ts';
import type { TableHistory } from './table-history.ts';

/** What a check world is made of. */
export interface CheckWorldSources {
  readonly configuration: PostfixConfiguration;
  /** What master.cf says. */
  readonly services: readonly MasterEntry[];
  readonly env: Environment;
  /** In ms since 1970: how old the maps of tables are is counted from it. */
  readonly now: number;
  /** What holds where main.cf says nothing; what catch_defaults says, unless it is given. */
  readonly defaults?: 'postfixture' | 'postfix';
  /** Answers from outside, for the tables once they are asked by rules; without it no question has an answer. */
  readonly ask?: Ask;
  /** Gets what tables find when they are asked, after the configuration was read. */
  readonly reportLookup?: ReportFinding;
  /** What the tables answered from before they are opened now. */
  readonly tablesBefore?: TableHistory;
}

/** Types that not every Postfix has. */
const OTHER_TYPES = ['ldap', 'mysql', 'dbm', 'cdb', 'sdbm', 'mongodb'];

/** Parameters that name tables though main.cf doesn't set them. */
const DEFAULT_TABLES: readonly Octets[] = ['alias_maps', 'alias_database'];

/**
 * Makes what checks look at, and opens the tables. Nothing is asked outside.
 * @returns with `findings`, what is wrong with the tables, and with the tables themselves
 */
export function readCheckWorld(sources: CheckWorldSources): {
  readonly world: CheckWorld;
  readonly findings: readonly Finding[];
  readonly openTables: OpenTables;
} {
  const { configuration, services, env, now } = sources;
  const meant = configuration.restate(readMeantValues(configuration), () => {});
  const orEmpty = (expand: () => Octets): Octets => {
    try {
      return expand();
    } catch (error) {
      if (!(error instanceof FatalError)) throw error;
      return '';
    }
  };
  const quiet: PostfixConfiguration = { ...meant, get: remember((name) => orEmpty(() => meant.get(name))) };
  const openTables = openTablesOf(quiet, { ...sources, env, now });
  const expandMain = remember((text) => orEmpty(() => meant.expand(text)));
  const expand = (text: Octets, find?: FindParameter): Octets => {
    if (!text.includes('$')) return text;
    return find === undefined ? expandMain(text) : orEmpty(() => meant.expand(text, find));
  };
  const { directory, entries, parameters, values, readFile } = meant;
  const mainCf = configuration.mainCf;
  const tables = openNamedTables({ configuration, mainCf, services, meant: quiet, expand, openTables });
  const world = {
    directory,
    mainCf,
    masterCf: `${directory}/master.cf`,
    entries,
    services,
    parameters,
    values,
    raw: (name) => meant.raw(name),
    get: (name) => quiet.get(name),
    expand,
    readFile,
    tables,
    accounts: openTables.passwd === '' ? undefined : readAccounts(openTables.passwd),
    defaults: sources.defaults ?? (quiet.get('catch_defaults') === 'postfix' ? 'postfix' : 'postfixture'),
    version: fromOctets(quiet.get('catch_postfix_version')),
    once: openMemory(),
  } satisfies Omit<CheckWorld, 'known'>;
  return {
    world: Object.freeze({ ...world, known: readKnownNames(world) }),
    findings: openTables.findings,
    openTables,
  };
}

function openMemory(): CheckWorld['once'] {
  const known = new Map<string, unknown>();
  return <T>(key: string, make: () => T): T => {
    if (!known.has(key)) known.set(key, make());
    // Each key is one caller's, who made it.
    return known.get(key) as T;
  };
}

function readMeantValues({ entries, values }: PostfixConfiguration): ReadonlyMap<Octets, Octets> {
  const meant = new Map(values);
  for (const entry of entries) {
    // What `-o` or the like has set instead stays.
    if (meant.get(entry.name) === entry.value) meant.set(entry.name, withoutComments(entry));
  }
  return meant;
}

interface TableSources {
  readonly configuration: PostfixConfiguration;
  readonly mainCf: Octets;
  readonly services: readonly MasterEntry[];
  readonly meant: PostfixConfiguration;
  readonly expand: (text: Octets, find?: FindParameter) => Octets;
  readonly openTables: OpenTables;
}

interface Naming extends Omit<NamedTable, 'table'> {
  readonly isWritten: boolean;
}

/** Opens each table once, where it is written out if it is anywhere. */
function openNamedTables(sources: TableSources): readonly NamedTable[] {
  const namings = [...listNamings(sources)];
  const opened = new Map<Octets, LookupTable>();
  for (const isWritten of [true, false]) {
    for (const naming of namings) {
      if (naming.isWritten !== isWritten || opened.has(naming.spec)) continue;
      opened.set(naming.spec, toSilent(sources.openTables.open(naming.spec, naming.at)));
    }
  }
  return namings.flatMap(({ isWritten: _, ...naming }) => {
    const table = opened.get(naming.spec);
    return table === undefined ? [] : [{ ...naming, table }];
  });
}

function* listNamings({ configuration, mainCf, services, meant, expand }: TableSources): Generator<Naming> {
  const types = new Set([...listTableTypes(), ...OTHER_TYPES]);
  const classes = new Set(meant.get('smtpd_restriction_classes').split(/[\s,]+/));
  const isRead = (name: Octets): boolean => configuration.parameters.has(name) || classes.has(name);
  for (const { name, placeOf } of lastEntries(configuration)) {
    if (!isRead(name)) continue;
    const value = meant.values.get(name) ?? '';
    for (const { spec, offset, isWritten } of listTableNames({ name, value }, types, expand)) {
      yield { spec, parameter: name, at: placeOf(offset), isWritten };
    }
  }
  for (const name of DEFAULT_TABLES) {
    if (configuration.isBuiltIn || meant.values.has(name)) continue;
    for (const { spec } of listTableNames({ name, value: meant.raw(name) ?? '' }, types, expand)) {
      yield { spec, parameter: name, at: { file: mainCf }, isWritten: false };
    }
  }
  for (const service of services) {
    const view = viewOf(service, (name) => meant.raw(name));
    for (const { name, value, at } of readOverrides(service)) {
      if (!isRead(name)) continue;
      for (const { spec, isWritten } of listTableNames({ name, value }, types, (text) => expand(text, view))) {
        yield { spec, parameter: name, service, at: at satisfies SourceLocation, isWritten };
      }
    }
  }
}

function lastEntries({ entries }: PostfixConfiguration): PostfixConfiguration['entries'] {
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}

/** A table that can't answer without asking outside says so as one that is broken: checks are about what is at hand. */
function toSilent(table: LookupTable): LookupTable {
  return {
    ...table,
    lookup: (key) => {
      try {
        return table.lookup(key);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        throw new LookupError(table.name, 'not asked', { cause: error });
      }
    },
  };
}

function readAccounts(passwd: Octets): ReadonlySet<Octets> {
  const names = passwd.split('\n').map((line) => line.slice(0, Math.max(0, line.indexOf(':'))));
  return new Set(names.filter((name) => name !== ''));
}
