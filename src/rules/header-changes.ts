import type { Octets } from './octets.ts';
import { toStepKey, type TraceStep } from './trace.ts';

/** What cleanup(8) does to one header. */
export interface HeaderChange {
  /** As sent, its lines joined by LF; a long one that a table of checks matched is cut. Absent: it is added. */
  readonly before?: Octets;
  /** Absent: it is dropped. */
  readonly after?: Octets;
  /** What decided it, in order. */
  readonly by: readonly TraceStep[];
}

/** A check's answer that changes the header which it is about. */
const CHECK = /^(?<action>REPLACE|PREPEND|IGNORE|STRIP)(?:\s+(?<text>.*))?$/is;
const MAPPING_STAGES: ReadonlySet<string> = new Set(['canonical', 'masquerade', 'rewrite']);

/**
 * Headers that cleanup(8) would rewrite, replace, drop or add, in its order, told from what it decided.
 * @param steps of the message as a whole: `JourneyMessage.steps`
 */
export function listHeaderChanges(steps: readonly TraceStep[]): readonly HeaderChange[] {
  const changes: HeaderChange[] = [];
  let mappings: TraceStep[] = [];
  const change = (before: Octets, after: Octets | undefined, by: readonly TraceStep[]): void => {
    // What was replaced is looked at again: it is one change.
    const at = changes.findIndex((one) => one.before !== undefined && one.after === before);
    const earlier = changes[at];
    const whole = {
      before: earlier?.before ?? before,
      ...(after !== undefined && { after }),
      by: [...(earlier?.by ?? []), ...by],
    };
    if (earlier) changes[at] = whole;
    else changes.push(whole);
  };
  for (const step of steps) {
    const { stage, key, result, note, parameter } = step;
    if (MAPPING_STAGES.has(stage)) {
      if (typeof result === 'string') mappings.push(step);
    } else if (note === 'addresses of a header rewritten' && key !== undefined && typeof result === 'string') {
      change(key, result, [...withoutRepeats(mappings.filter((mapping) => leadsTo(mapping, result))), step]);
      mappings = [];
    } else if (note === 'header added' && typeof result === 'string') {
      changes.push({ after: result, by: [step] });
    } else if (note === 'header dropped' && key !== undefined) {
      change(key, undefined, [step]);
    } else if (note === 'header' && parameter !== undefined && key !== undefined && typeof result === 'string') {
      const { action = '', text = '' } = CHECK.exec(result)?.groups ?? {};
      if (/^replace$/i.test(action)) change(key, text, [step]);
      else if (/^(?:ignore|strip)$/i.test(action)) change(key, undefined, [step]);
      else if (/^prepend$/i.test(action)) changes.push({ after: text, by: [step] });
    }
  }
  return changes;
}

/** Whether a mapping came to an address of the header; a list that was asked on the way says a domain at most. */
function leadsTo({ result }: TraceStep, header: Octets): boolean {
  return typeof result === 'string' && result.includes('@') && header.includes(result);
}

/** The envelope's sender is mapped by the same steps as the header's. */
function withoutRepeats(steps: readonly TraceStep[]): readonly TraceStep[] {
  return [...new Map(steps.map((step) => [toStepKey(step), step])).values()];
}
