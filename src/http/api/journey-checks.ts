import { listHeaderChanges, type HeaderChange } from '../../rules/header-changes.ts';
import { toCheck, type MailCheck } from '../../message/mail-check.ts';
import type { Journey } from '../../rules/journey.ts';
import { fromOctets, type Octets } from '../../rules/octets.ts';
import type { DeliveryStatus, TraceStep } from '../../rules/trace.ts';
import { listDestinations } from '../../rules/destinations.ts';
import type { JourneyCheckCode } from './schemas/check.ts';

const LOST: ReadonlySet<DeliveryStatus> = new Set(['bounced', 'rejected', 'undeliverable', 'expired']);
const WAITING: ReadonlySet<DeliveryStatus> = new Set(['deferred', 'held']);

/**
 * Checks a message by where Postfix would take it. `about` of a header's change: its name, then each parameter that
 * decided it, with the place where that is written.
 * @param reversePath as the client sent it
 */
export function findJourneyChecks(journey: Journey, reversePath: string): readonly MailCheck<JourneyCheckCode>[] {
  const destinations = listDestinations(journey);
  const whose = (statuses: ReadonlySet<DeliveryStatus>): readonly string[] => [
    ...new Set(
      destinations
        .filter(({ status }) => statuses.has(status))
        .map(({ root }) => fromOctets(journey.nodes[root]?.address ?? '')),
    ),
  ];
  const lost = whose(LOST);
  const waiting = whose(WAITING);
  const [message] = journey.messages;
  const sender = message === undefined ? reversePath : fromOctets(message.sender);
  return [
    ...(lost.length > 0 ? [toCheck('recipients-lost', 'error', lost)] : []),
    ...(waiting.length > 0 ? [toCheck('recipients-wait', 'warning', waiting)] : []),
    ...(sender === reversePath ? [] : [toCheck('sender-rewritten', 'note', [reversePath, sender])]),
    ...listHeaderChanges(message?.steps ?? []).map(toHeaderCheck),
  ];
}

function toHeaderCheck({ before, after, by }: HeaderChange): MailCheck<JourneyCheckCode> {
  const kind = before === undefined ? 'header-added' : after === undefined ? 'header-dropped' : 'header-rewritten';
  const about = [nameOf(before ?? after ?? ''), ...by.flatMap(describeStep)];
  return { ...toCheck(kind, 'note', about), count: 1 };
}

/** `sender_canonical_maps (/etc/postfix/sender_canonical:3)` */
function describeStep({ parameter, file, line }: TraceStep): readonly string[] {
  if (parameter === undefined) return [];
  const place = file === undefined ? '' : ` (${line === undefined ? file : `${file}:${line}`})`;
  return [fromOctets(`${parameter}${place}`)];
}

function nameOf(header: Octets): string {
  return fromOctets(header.slice(0, Math.max(0, header.indexOf(':'))));
}
