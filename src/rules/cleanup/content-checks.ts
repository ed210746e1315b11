import { findUnavailableWarning, LookupError, type TableHit } from '../tables/lookup-table.ts';
import type { Maps } from '../tables/maps.ts';
import { act, type CheckOutcome, type CheckSubject } from './check-action.ts';
import { deferForTable, type ContentDecision } from './content-decision.ts';

/** Keys in traces are cut there. */
const TRACED_CHARACTERS = 200;

/** Checks of a message's headers or lines, with a trace of those that matched. */
export interface ContentChecks {
  /** Looks `text` up, and does what is found. */
  look(maps: Maps, subject: Omit<CheckSubject, 'parameter'>): CheckOutcome;
  /** Leaves a step for each parameter whose tables matched nothing. */
  finish(): void;
}

/** Starts to check a message. */
export function openContentChecks(decision: ContentDecision): ContentChecks {
  const counts = new Map<Maps, { looked: number; matched: number }>();
  return {
    look(maps, subject) {
      // Postfix never looks an empty key up.
      if (subject.text === '') return { kind: 'keep' };
      const count = counts.get(maps) ?? { looked: 0, matched: 0 };
      counts.set(maps, count);
      count.looked += 1;
      const hit = findOrDefer(maps, subject, decision);
      if (hit === undefined) return { kind: 'keep' };
      count.matched += 1;
      return act(hit.value, { parameter: maps.parameter, ...subject }, decision);
    },
    finish() {
      for (const [maps, { looked, matched }] of counts) {
        if (matched > 0) continue;
        const note = `none of ${looked} ${maps.parameter === 'body_checks' ? 'lines' : 'headers'} matched`;
        decision.steps.push({ stage: 'cleanup', parameter: maps.parameter, result: null, note });
      }
    },
  };
}

function findOrDefer(
  maps: Maps,
  subject: Omit<CheckSubject, 'parameter'>,
  decision: ContentDecision,
): TableHit | undefined {
  try {
    return find(maps, subject, decision);
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    const problem = `${maps.parameter} map lookup problem -- message not accepted, try again later`;
    const unavailable = findUnavailableWarning(error);
    if (unavailable !== undefined) decision.log.write(unavailable);
    decision.log.warn(`${error.table} lookup error for "${subject.text}"`);
    decision.log.warnOfMessage(problem);
    decision.steps.push({ stage: 'cleanup', parameter: maps.parameter, table: error.table, note: error.problem });
    deferForTable(decision);
    return undefined;
  }
}

/** Only a hit leaves a step: there are as many misses as lines. */
function find(
  { parameter, tables }: Maps,
  { context, text }: Omit<CheckSubject, 'parameter'>,
  { steps }: ContentDecision,
): TableHit | undefined {
  for (const table of tables) {
    const hit = table.lookup(text);
    if (hit === undefined) continue;
    const { file, line } = hit.source;
    const asked = { stage: 'cleanup', parameter, table: table.name, key: text.slice(0, TRACED_CHARACTERS) };
    steps.push({ file, line, result: hit.value, note: context, ...asked });
    return hit;
  }
  return undefined;
}
