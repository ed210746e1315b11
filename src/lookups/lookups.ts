import type { Finding, ReportFinding } from '../rules/config/finding.ts';
import { Unanswered, type Ask } from '../rules/question.ts';
import { withAnswers, type DecideOptions, type Decided } from './answer.ts';
import { createDnsAnswerer } from './dns.ts';
import { createPgsqlAnswerer } from './pgsql.ts';
import { createPolicyAnswerer } from './policy.ts';
import { createSocketmapAnswerer } from './socketmap.ts';
import { createSqliteAnswerer } from './sqlite.ts';

/** What is asked outside, and by whom it is allowed. */
export interface LookupOptions {
  /** catch_lookup_allow, as it is now: hosts beside this machine that may be asked, `HOST` or `HOST:PORT`. */
  readonly allow: () => readonly string[];
  /** Where a path that a configuration names is found on this machine; it may be relative. */
  readonly mapPath: (path: string) => string;
  /** Is told what tables find, once a decision is made. */
  readonly report: ReportFinding;
  /**
   * How long one question may take.
   * @default 10_000
   */
  readonly timeoutMs?: number;
}

/**
 * The way from pure rules to answers from outside. `ask` and `report` are for the tables' world; whatever looks a key up
 * in them does so within `decide`.
 */
export interface Lookups extends AsyncDisposable {
  readonly ask: Ask;
  readonly report: ReportFinding;
  /**
   * Makes a decision, with the answers that its lookups need.
   * @param run is called again until every question is answered; synchronous, and pure but for `ask` and `report`
   * @throws what `run` throws, and the signal's reason
   */
  decide<T>(run: () => T, options: DecideOptions): Promise<Decided<T>>;
}

const TIMEOUT_MS = 10_000;

/** Opens the way. Nothing is connected or started before the first question; disposing it closes whatever is open. */
export function openLookups({ allow, mapPath, report, timeoutMs = TIMEOUT_MS }: LookupOptions): Lookups {
  const sqlite = createSqliteAnswerer({ mapPath, timeoutMs });
  const pgsql = createPgsqlAnswerer({ allow, mapPath, timeoutMs });
  const socketmap = createSocketmapAnswerer({ allow, mapPath, timeoutMs });
  const answerers = {
    sqlite: sqlite.answer,
    pgsql: pgsql.answer,
    socketmap,
    dns: createDnsAnswerer({ timeoutMs }),
    policy: createPolicyAnswerer({ allow, mapPath, timeoutMs }),
  };
  // Of the decision that is running: decisions don't overlap, since each runs without a pause.
  let current: { readonly ask: Ask; readonly findings: Finding[] } | undefined;
  return {
    ask: (question) => {
      if (current === undefined) throw new Unanswered(question);
      return current.ask(question);
    },
    report: (finding) => {
      if (current === undefined) report(finding);
      else current.findings.push(finding);
    },
    decide: (run, options) => withAnswers((ask) => runOnce(run, ask), answerers, options),
    async [Symbol.asyncDispose]() {
      await Promise.all([sqlite.close(), pgsql.close()]);
    },
  };

  /** Findings of a run that stood still at a question are dropped: the next run makes them again. */
  function runOnce<T>(run: () => T, ask: Ask): T {
    const outer = current;
    const findings: Finding[] = [];
    current = { ask, findings };
    try {
      return run();
    } catch (error) {
      if (error instanceof Unanswered) findings.length = 0;
      throw error;
    } finally {
      current = outer;
      for (const finding of findings) report(finding);
    }
  }
}
