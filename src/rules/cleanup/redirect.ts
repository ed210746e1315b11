import type { Trail } from '../journey.ts';
import { foldName } from '../lists/list-items.ts';
import type { Octets } from '../octets.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import { rewriteInternalAddress } from '../trivial-rewrite/rewrite.ts';
import type { RuleWorld } from '../world.ts';

/** A REDIRECT, and whose message it is of. */
export interface Redirection {
  /** As access(5) or header_checks(5) has it. QUIRK: it is taken as it is, quotes and all. */
  readonly address: Octets;
  /** The message's number in the journey. */
  readonly message: number;
}

/**
 * Puts one recipient in the place of all: the first by domain and address, as the queue manager sorts them, is taken for
 * who it was at first.
 * @see access(5), REDIRECT; Postfix's qmgr(8)
 */
export function redirectRecipients(
  recipients: readonly QueueRecipient[],
  { address: target, message }: Redirection,
  world: RuleWorld,
  trail: Trail,
): readonly QueueRecipient[] {
  const view = world.view('rewrite/unix');
  const address = rewriteInternalAddress(target, 'local', view);
  const smtputf8 = view.isYes('smtputf8_enable');
  const [first] = recipients.toSorted((a, b) => compareRecipients(a.address, b.address, smtputf8));
  if (first === undefined) return [];
  const step = { stage: 'qmgr', result: address, note: 'REDIRECT: one recipient in the place of all' };
  for (const { node } of recipients) if (node !== first.node) trail.note(node, [step]);
  const node = trail.branch({ message, address, parent: first.node });
  trail.note(node, [step]);
  return [{ ...first, address, node }];
}

function compareRecipients(a: Octets, b: Octets, smtputf8: boolean): number {
  const domains = [a, b].map((address) => {
    const at = address.lastIndexOf('@');
    return at < 0 ? undefined : foldName(address.slice(at), smtputf8);
  });
  const [domainA, domainB] = domains;
  if (domainA === domainB) return compare(a, b);
  if (domainA === undefined) return 1;
  return domainB === undefined ? -1 : compare(domainA, domainB);
}

function compare(a: Octets, b: Octets): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
