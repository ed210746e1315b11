import { foldName } from '../lists/list-items.ts';
import type { Octets } from '../octets.ts';
import type { AddressClass } from '../trivial-rewrite/address-class.ts';
import { resolveAddress } from '../trivial-rewrite/resolve.ts';
import { rewriteInternalAddress } from '../trivial-rewrite/rewrite.ts';
import type { Evaluation } from './evaluation.ts';
import { endForLookup } from './verdict.ts';

/** Where mail for an address would go, as access rules need it. */
export interface ResolvedAddress {
  /** In standard form, in lower case. */
  readonly recipient: Octets;
  readonly transport: Octets;
  readonly nexthop: Octets;
  readonly addressClass: AddressClass;
  /** Whether the local part asks the next machine for another way. */
  readonly isRouted: boolean;
}

/**
 * Resolves an address, once a command. The stage ends if a table has no answer.
 * @param other the other end's address: routing may depend on the sender
 * @see Postfix's smtpd_resolve(3)
 */
export function resolveFor(evaluation: Evaluation, address: Octets, other: Octets | undefined): ResolvedAddress {
  const { world, resolved, steps, log } = evaluation;
  const sender = other ?? '';
  const key = `${sender}\0${address}`;
  const known = resolved.get(key);
  if (known !== undefined) return known;
  const rewritten = rewriteInternalAddress(address, 'local', world.view('rewrite/unix'));
  const { resolution, steps: taken, warnings } = resolveAddress({ address: rewritten, sender }, world);
  steps.push(...taken);
  for (const text of warnings) log.push({ program: 'trivial-rewrite', text, isBare: true });
  if (resolution.kind === 'try-again') return endForLookup(evaluation, address);
  const { addressClass, isRouted } = resolution;
  const fold = (text: Octets): Octets => foldName(text, evaluation.view.isYes('smtputf8_enable'));
  const found =
    resolution.kind === 'route'
      ? { ...resolution, recipient: fold(resolution.recipient) }
      : { recipient: fold(rewritten), transport: '', nexthop: '', addressClass, isRouted };
  resolved.set(key, found);
  return found;
}
