import { openLookups, type Lookups } from '../../lookups/lookups.ts';
import { FatalError, isFatal } from '../../rules/config/fatal-error.ts';
import type { ReportFinding } from '../../rules/config/finding.ts';
import { fromOctets, type Octets } from '../../rules/octets.ts';
import { LookupError, type LookupTable } from '../../rules/tables/lookup-table.ts';
import { openTable } from '../../rules/tables/open-table.ts';
import type { TableWorld } from '../../rules/tables/table-world.ts';
import type { PostfixConfiguration } from '../../settings/postfix-configuration.ts';
import { readProgramConfiguration } from '../../settings/program-configuration.ts';
import { hasSmtpUtf8, readTableWorld } from '../../settings/table-world.ts';
import type { Context, Output } from '../context.ts';
import { printLine, reportAs, toUsageError } from '../postfix-tool.ts';
import type { MapRequest } from './map-options.ts';

/** A run of postmap or postalias: its request with all that it needs to be done. */
export interface MapSession {
  /** `postmap` or `postalias`. */
  readonly tool: string;
  /** Whether texts are in aliases(5) format. */
  readonly isAliases: boolean;
  readonly request: MapRequest;
  readonly config: PostfixConfiguration;
  readonly world: TableWorld;
  /** Closed when the request is done. */
  readonly lookups: Lookups;
  readonly context: Context;
  /** Prints a line of the tool's own. @param line `warning: …` */
  say(line: Octets): void;
}

/** Where the tables of a command line are named. */
const COMMAND_LINE = { file: '<command line>' };

/**
 * Reads the configuration for a run.
 * @throws {FatalError} if it can't be read
 */
export function beginMapSession(
  { tool, isAliases, request }: Pick<MapSession, 'tool' | 'isAliases' | 'request'>,
  context: Context,
): MapSession {
  const { cwd, env, stderr } = context;
  const config = readProgramConfiguration(
    { program: tool, directory: request.directory, cwd, env },
    reportAs(tool, stderr),
  );
  const keepsUtf8 = hasSmtpUtf8(config);
  const allowed = fromOctets(config.get('catch_lookup_allow'))
    .split(/[\s,]+/)
    .filter((host) => host !== '');
  const lookups = openLookups({
    allow: () => allowed,
    mapPath: (path) => config.locate(path),
    report: reportTablesAs(tool, stderr, keepsUtf8),
  });
  const daemons = readTableWorld(config, {
    env,
    report: lookups.report,
    ask: lookups.ask,
    random: Math.random,
    now: Date.now(),
  });
  const { messageKeys, usesUtf8, forcesUtf8, flags, tables } = request;
  const hasUtf8 = forcesUtf8 || (usesUtf8 && !messageKeys.header && !messageKeys.body);
  const world = { ...daemons, ...flags, smtputf8: daemons.smtputf8 && hasUtf8 };
  const named = tables.map((table) => toSpec(table, config));
  return {
    tool,
    isAliases,
    request,
    config,
    context,
    say: (line) => printLine(tool, line, stderr, keepsUtf8),
    lookups,
    world: isAliases ? { ...world, aliasTables: new Set([...world.aliasTables, ...named]) } : world,
  };
}

/** A table as `type:name`: `default_database_type` is put before a name alone. */
export function toSpec(table: Octets, config: PostfixConfiguration): Octets {
  return table.includes(':') ? table : `${config.get('default_database_type')}:${table}`;
}

/** Opens a table of the command line. @throws {FatalError} if it can't be opened */
export function openNamedTable(spec: Octets, { world }: MapSession): LookupTable {
  return openTable(spec, COMMAND_LINE, world);
}

/** Does what asks a table; gives up in Postfix's words if the table can't answer. @param ask pure, see Lookups @param verb `query`, `sequence` */
export async function askTable<T>(verb: string, ask: () => T, { lookups, context }: MapSession): Promise<T> {
  try {
    const { value } = await lookups.decide(ask, { signal: context.signal });
    return value;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    const why = error.kind === 'configuration' ? '' : `: ${error.problem}`;
    throw toUsageError(`table ${error.table}: ${verb} error${why}`);
  }
}

/**
 * Reports findings of tables as a tool does: where a daemon goes on without a table (`error: …`), a tool ends. What
 * only production would say is left out.
 */
function reportTablesAs(tool: string, stderr: Output, keepsUtf8: boolean): ReportFinding {
  const report = reportAs(tool, stderr, keepsUtf8);
  return (finding) => {
    const line = finding.postfixLine?.replace(/^error: /, 'fatal: ');
    if (line === undefined) return;
    const said = { ...finding, postfixLine: line };
    if (finding.severity === 'error' && isFatal(said)) throw new FatalError(said);
    if (!isFatal(said)) report(said);
  };
}
