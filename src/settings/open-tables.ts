import type { SourceLocation } from '../rules/config/config-error.ts';
import type { Finding, ReportFinding } from '../rules/config/finding.ts';
import type { Octets } from '../rules/octets.ts';
import { Unanswered, type Ask } from '../rules/question.ts';
import type { LookupTable } from '../rules/tables/lookup-table.ts';
import { openTable } from '../rules/tables/open-table.ts';
import type { TableOptions } from '../rules/tables/table-world.ts';
import type { Environment } from './data-directory.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';
import { recordTableHistory, type TableHistory } from './table-history.ts';
import { readTableWorld } from './table-world.ts';

/** The lookup tables of one configuration, each opened once, by whoever asks for it first. */
export interface OpenTables {
  /**
   * @param at where it is named
   * @param options with others, a table is another one
   */
  open(spec: Octets, at: SourceLocation, options?: TableOptions): LookupTable;
  /** The accounts as passwd(5) text; empty if every local part is one. */
  readonly passwd: Octets;
  /** Answers from outside, for the tables and for other rules. */
  readonly ask: Ask;
  /** What was wrong with them so far. */
  readonly findings: readonly Finding[];
  /** From which versions they answer. */
  readonly history: TableHistory;
  /** From now on what tables find is told to whoever looks keys up. */
  finishReading(): void;
}

/** Where tables get what they don't have of themselves. */
export interface OpenTablesSources {
  readonly env: Environment;
  /** In ms since 1970: how old the maps of tables are is counted from it. */
  readonly now: number;
  /** Without it no question has an answer. */
  readonly ask?: Ask;
  /** Gets what tables find after the configuration was read. */
  readonly reportLookup?: ReportFinding;
  /** What they answered from before. */
  readonly tablesBefore?: TableHistory;
}

/** Makes the set; no table is open yet. */
export function openTablesOf(
  configuration: PostfixConfiguration,
  { env, now, ask, reportLookup = () => {}, tablesBefore }: OpenTablesSources,
): OpenTables {
  const findings: Finding[] = [];
  let report: ReportFinding = (finding) => void findings.push(finding);
  const world = readTableWorld(configuration, {
    env,
    report: (finding) => report(finding),
    ask:
      ask ??
      ((question) => {
        throw new Unanswered(question);
      }),
    random: Math.random,
    now,
  });
  const { history, versions, forgetBefore } = recordTableHistory(tablesBefore, {
    readFile: configuration.readFile,
    readAtMs: now,
    report: (finding) => report(finding),
  });
  const opened = new Map<Octets, LookupTable>();
  return {
    passwd: world.passwd,
    ask: world.ask,
    findings,
    history,
    open(spec, at, { substitutes = true, foldsCase = true } = {}) {
      const key = `${substitutes ? '' : 'without $number '}${foldsCase ? '' : 'as written '}${spec}`;
      const before = opened.get(key);
      if (before !== undefined) return before;
      const table = openTable(spec, at, { ...world, versions, substitutes, foldsCase });
      opened.set(key, table);
      return table;
    },
    finishReading() {
      report = reportLookup;
      forgetBefore();
    },
  };
}
