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

/** The header that changed last. What comes to it after a check is told by the text that the check left. */
interface Current {
  readonly before: Octets;
  readonly text: Octets;
  /** The check that replaced it, if one did. */
  readonly by: readonly TraceStep[];
  readonly isRewritten: boolean;
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
  let current: Current | undefined;
  const add = (change: HeaderChange, asNow?: Current): void => {
    changes.push(change);
    current = asNow;
  };
  /** The change of the header at hand, if a step that calls it `text` is about it: the two are one. */
  const takeBack = (text: Octets, isEarlier: (at: Current) => boolean): Current | undefined => {
    if (current?.text !== text || !isEarlier(current)) return undefined;
    changes.pop();
    return current;
  };
  for (const step of steps) {
    const { stage, key, result, note, parameter } = step;
    if (MAPPING_STAGES.has(stage)) {
      if (typeof result === 'string') mappings.push(step);
    } else if (note === 'addresses of a header rewritten' && key !== undefined && typeof result === 'string') {
      const { before, by } = takeBack(key, ({ isRewritten }) => !isRewritten) ?? { before: key, by: [] };
      const mapped = withoutRepeats(mappings.filter((mapping) => leadsTo(mapping, result)));
      add({ before, after: result, by: [...by, ...mapped, step] }, { before, text: key, by, isRewritten: true });
      mappings = [];
    } else if (note === 'header added' && typeof result === 'string') {
      add({ after: result, by: [step] });
    } else if (note === 'header dropped' && key !== undefined) {
      const { before, by } = takeBack(key, () => true) ?? { before: key, by: [] };
      add({ before, by: [...by, step] });
    } else if (note === 'header' && parameter !== undefined && key !== undefined && typeof result === 'string') {
      const { action = '', text = '' } = CHECK.exec(result)?.groups ?? {};
      if (/^replace$/i.test(action)) {
        add({ before: key, after: text, by: [step] }, { before: key, text, by: [step], isRewritten: false });
      } else if (/^(?:ignore|strip)$/i.test(action)) {
        add({ before: key, by: [step] });
      } else if (/^prepend$/i.test(action)) {
        add({ after: text, by: [step] });
      }
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
