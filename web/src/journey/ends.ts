import type { DeliveryStatus, VerdictSummary } from '../../../src/http/api/schemas/journey.ts';

/** How mail ends, as a sentence tells it: what is sent goes somewhere, if that is known. */
export type EndKind = DeliveryStatus | 'relay' | 'mailbox' | 'command';

/** Ends that are alike, as they are shown. */
export interface ShownEnd {
  readonly kind: EndKind;
  readonly sign: string;
  readonly hue: 'good' | 'relay' | 'waits' | 'held' | 'lost' | 'quiet';
  readonly count: number;
  /** The first recipient of the envelope that ends so. */
  readonly recipient: string;
  /** Where, by what, or why: hostile. Empty if there is nothing to say. */
  readonly value: string;
}

/** Every end as it is seen at a glance, the weightiest first. */
const LOOKS: Readonly<Record<EndKind, Pick<ShownEnd, 'sign' | 'hue'>>> = {
  bounced: { sign: '✕', hue: 'lost' },
  undeliverable: { sign: '✕', hue: 'lost' },
  expired: { sign: '✕', hue: 'lost' },
  rejected: { sign: '⊘', hue: 'lost' },
  deferred: { sign: '⧗', hue: 'waits' },
  held: { sign: '‖', hue: 'held' },
  discarded: { sign: '∅', hue: 'quiet' },
  filtered: { sign: '→', hue: 'quiet' },
  forwarded: { sign: '→', hue: 'quiet' },
  relay: { sign: '→', hue: 'relay' },
  command: { sign: '⚙', hue: 'quiet' },
  mailbox: { sign: '✓', hue: 'good' },
  sent: { sign: '✓', hue: 'good' },
  deliverable: { sign: '✓', hue: 'good' },
};
const ORDER = Object.keys(LOOKS);

type End = VerdictSummary['Ends'][number];

/** The ends of a verdict as the head of a message shows them: one a kind, the weightiest first. */
export function listEnds({ Ends }: Pick<VerdictSummary, 'Ends'>): readonly ShownEnd[] {
  const shown = new Map<EndKind, ShownEnd>();
  for (const end of Ends) {
    const kind = kindOf(end);
    const before = shown.get(kind);
    const first = before ?? { kind, ...LOOKS[kind], count: 0, recipient: end.Recipient, value: valueOf(kind, end) };
    shown.set(kind, { ...first, count: first.count + end.Count });
  }
  return [...shown.values()].sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

/** The sign and hue of an end. */
export function lookOf(kind: EndKind): Pick<ShownEnd, 'sign' | 'hue'> {
  return LOOKS[kind];
}

/** The statuses of a verdict with their counts, the weightiest first: all that an older one tells of its ends. */
export function listCounts({ Counts }: Pick<VerdictSummary, 'Counts'>): readonly {
  readonly status: DeliveryStatus;
  readonly count: number;
}[] {
  return (Object.keys(Counts) as DeliveryStatus[])
    .sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other))
    .map((status) => ({ status, count: Counts[status] ?? 0 }));
}

/** Whether it is lost: then its status code is said even of several. */
export function isLost({ hue }: Pick<ShownEnd, 'hue'>): boolean {
  return hue === 'lost';
}

function kindOf({ Status, Deed, Transport }: End): EndKind {
  // QUIRK: Postfix logs what discard(8) loses as sent.
  if (Status === 'sent' && Deed === 'none' && Transport === 'discard') return 'discarded';
  return Status === 'sent' && Deed !== 'none' ? Deed : Status;
}

function valueOf(kind: EndKind, { Transport, Nexthop, Place, DSN, Text }: End): string {
  switch (kind) {
    case 'relay':
      return Nexthop === '' ? Place : Nexthop;
    case 'mailbox':
    case 'command':
      return Place;
    case 'sent':
    case 'forwarded':
    case 'filtered':
      return Nexthop === '' ? Transport : `${Transport}:${Nexthop}`;
    case 'rejected':
      // Its text is a whole reply: `550 5.1.1 …`.
      return Text;
    case 'bounced':
    case 'undeliverable':
    case 'expired':
    case 'deferred':
    case 'held':
    case 'discarded':
    case 'deliverable':
      return `${DSN} ${Text}`.trim();
  }
}
