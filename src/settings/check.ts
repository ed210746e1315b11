import type { Finding } from '../rules/config/finding.ts';
import type { NamedTable } from '../rules/check/check-world.ts';
import { runChecks, sortFindings } from '../rules/check/checks.ts';
import { checkUpgrade } from '../rules/check/upgrade.ts';
import { readCheckWorld, type CheckWorldSources } from './check-world.ts';
import { openTablesOf, type OpenTables } from './open-tables.ts';

/** What is checked, and against what. */
export interface CheckSources extends CheckWorldSources {
  /** The version that production is to be upgraded to: what that changes is told, too. */
  readonly upgrade?: string;
}

/** What to say where main.cf is all there is: nobody can tell whether the tables are right. */
const NO_TABLES: ReadonlySet<string> = new Set(['table-missing', 'table-map-missing']);

/** A configuration that was looked at. */
export interface Checked {
  /** One a cause, in the files' order. */
  readonly findings: readonly Finding[];
  /** The tables that it names, opened; one that would have to ask outside can't answer. */
  readonly tables: readonly NamedTable[];
  /** Opens these and others, for rules. */
  readonly openTables: OpenTables;
}

/**
 * Looks for everything that is wrong with a configuration.
 * @param reported what was found while it was read
 */
export function checkConfiguration(sources: CheckSources, reported: readonly Finding[]): Checked {
  if (sources.configuration.isBuiltIn) {
    const openTables = openTablesOf(sources.configuration, sources);
    openTables.finishReading();
    return { findings: sortFindings(reported), tables: [], openTables };
  }
  const { world, findings, openTables } = readCheckWorld(sources);
  const checked = runChecks(world);
  const upgrade = sources.upgrade === undefined ? [] : [...checkUpgrade(world, sources.upgrade)];
  const told = withoutRepeats(reported, checked);
  const tables = findings.flatMap(toTableFinding).filter((finding) => !isElsewhere(finding, sources));
  openTables.finishReading();
  return { findings: sortFindings([...told, ...tables, ...checked, ...upgrade]), tables: world.tables, openTables };
}

/** Leaves out what a check says better: with its place, and with its cause. */
function withoutRepeats(reported: readonly Finding[], checked: readonly Finding[]): readonly Finding[] {
  const places = new Set(checked.map(toLine));
  const hasMacros = checked.some(({ code }) => code === 'macro-syntax' || code === 'macro-loop');
  return reported.filter((finding) => {
    if (finding.code === 'bad-value') return !places.has(toLine(finding));
    return finding.code !== 'macro-syntax' || !hasMacros || finding.at.line !== undefined;
  });
}

function toLine({ at }: Finding): string {
  return `${at.file}:${at.line ?? ''}`;
}

/** A table that only a default names may be missing without harm: few know that it is asked. */
function toTableFinding(reported: Finding): readonly Finding[] {
  // A tool of Postfix ends where a table can't be asked here; production may well be able to.
  const finding = reported.code === 'table-not-asked' && reported.severity === 'error' ? toWarning(reported) : reported;
  if (finding.at.line !== undefined) return [finding];
  return finding.code === 'table-not-asked' ? [] : [{ ...finding, severity: 'note' }];
}

function toWarning(finding: Finding): Finding {
  return { ...finding, severity: 'warning' };
}

/** Whether the file is on another machine: main.cf came from a pipe. */
function isElsewhere({ code }: Finding, { configuration }: CheckSources): boolean {
  return configuration.isPiped && NO_TABLES.has(code);
}
