import type { DeliveryStatus, VerdictSummary } from '../../../src/http/api/schemas/journey.ts';
import { listCounts, lookOf } from '../journey/statuses.ts';

/** How a message ends for some of its recipients, as a row shows it. */
export interface VerdictMark {
  readonly end: VerdictEnd;
  readonly sign: string;
  readonly hue: 'good' | 'relay' | 'waits' | 'held' | 'lost' | 'quiet';
  /** So many end so. */
  readonly count: number;
}

/** What is sent goes somewhere, if that is known; all else is its status. */
export type VerdictEnd = DeliveryStatus | 'relay' | 'mailbox' | 'command';

/** Of a verdict, as far as a row asks for it; an older one has no ends. */
export type RowVerdict = Pick<VerdictSummary, 'Counts' | 'First'> & {
  readonly Ends?: readonly {
    readonly Status: DeliveryStatus;
    readonly Deed: 'relay' | 'mailbox' | 'command' | 'none';
    readonly Count: number;
  }[];
};

const DEEDS = {
  relay: { sign: '→', hue: 'relay' },
  mailbox: { sign: '✓', hue: 'good' },
  command: { sign: '⚙', hue: 'quiet' },
} as const;

/** One mark for each way in which a message ends, the weightiest first. */
export function listVerdictMarks(verdict: RowVerdict): readonly VerdictMark[] {
  return listCounts(verdict).flatMap(({ status, count }): readonly VerdictMark[] => {
    const ends = status === 'sent' ? (verdict.Ends ?? []).filter((end) => end.Status === 'sent') : [];
    const marks = ends.flatMap(({ Deed, Count }) =>
      Deed === 'none' ? [] : [{ end: Deed, count: Count, ...DEEDS[Deed] }],
    );
    if (marks.length > 0) return marks;
    const { sign, hue } = lookOf(status);
    if (status === 'deferred') return [{ end: status, count, hue, sign: '⧗' }];
    return [{ end: status, count, sign, hue: status === 'held' ? 'held' : hue }];
  });
}
