import type { DeliveryStatus, VerdictSummary } from '../../../src/http/api/schemas/journey.ts';

/** How a status is seen at a glance. */
export interface StatusLook {
  readonly sign: string;
  /** Good, waiting, lost, or neither. */
  readonly hue: 'good' | 'waits' | 'lost' | 'quiet';
}

/** Every status, the weightiest first. */
const LOOKS: Readonly<Record<DeliveryStatus, StatusLook>> = {
  bounced: { sign: '✕', hue: 'lost' },
  undeliverable: { sign: '✕', hue: 'lost' },
  expired: { sign: '✕', hue: 'lost' },
  rejected: { sign: '⊘', hue: 'lost' },
  deferred: { sign: '↻', hue: 'waits' },
  held: { sign: '‖', hue: 'waits' },
  discarded: { sign: '∅', hue: 'quiet' },
  filtered: { sign: '→', hue: 'quiet' },
  forwarded: { sign: '→', hue: 'quiet' },
  sent: { sign: '✓', hue: 'good' },
  deliverable: { sign: '✓', hue: 'good' },
};

/** The sign and hue of a status. */
export function lookOf(status: DeliveryStatus): StatusLook {
  return LOOKS[status];
}

/** The statuses of a verdict with their counts, the weightiest first. */
export function listCounts({ Counts }: VerdictSummary): readonly {
  readonly status: DeliveryStatus;
  readonly count: number;
}[] {
  return (Object.keys(LOOKS) as DeliveryStatus[]).flatMap((status) => {
    const count = Counts[status] ?? 0;
    return count > 0 ? [{ status, count }] : [];
  });
}
