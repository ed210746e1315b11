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

/** The ends of a verdict as the head of a message shows them: the weightiest first. */
export function listEnds({ Ends }: Pick<VerdictSummary, 'Ends'>): readonly ShownEnd[] {
  return Ends.map((end) => {
    const kind = kindOf(end);
    return { kind, ...LOOKS[kind], count: end.Count, recipient: end.Recipient, value: valueOf(kind, end) };
  }).sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
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
