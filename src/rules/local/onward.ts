import type { Octets } from '../octets.ts';
import { resolveAddress } from '../trivial-rewrite/resolve.ts';
import { rewriteInternalAddress } from '../trivial-rewrite/rewrite.ts';
import { deliverIndirectly } from './indirect.ts';
import { deliverRecipient } from './recipient.ts';
import { deeper, fail, note, type Result, type Run, type Way } from './way.ts';

const REWRITE_SERVICE = 'rewrite/unix';

/**
 * Delivers to an address that came of another: here if this transport is its own, else as a new message.
 * @param target in internal form
 * @see Postfix's resolve(3)
 */
export function deliverOnward(run: Run, before: Way, target: Octets): Result {
  const { world, trail } = run.context;
  const address = toCanonical(run, before, target);
  const { resolution, steps, warnings } = resolveAddress({ address, sender: '' }, world);
  note(run, before, ...steps);
  for (const text of warnings)
    trail.log(run.request.message.number, { program: 'trivial-rewrite', text, isBare: true });
  switch (resolution.kind) {
    case 'try-again':
      return fail(run, before, 'deferred', ['4.3.0', 'address resolver failure']);
    case 'bad-address':
      return fail(run, before, 'bounced', ['5.1.3', `bad recipient address syntax: ${address}`]);
    case 'route': {
      const final = withExtension(resolution.recipient, run.settings.delimiter, before.unmatched);
      const way = deeper(before, { recipient: { ...before.recipient, address: final } });
      const isOwn = resolution.transport === run.request.transport;
      return isOwn ? deliverRecipient(run, way) : deliverIndirectly(run, way);
    }
  }
}

/** An address in standard form, as trivial-rewrite(8) makes it. @param address in internal form */
export function toCanonical(run: Run, way: Way, address: Octets): Octets {
  const canonical = rewriteInternalAddress(address, 'local', run.context.world.view(REWRITE_SERVICE));
  if (canonical !== address) note(run, way, { stage: 'rewrite', key: address, result: canonical });
  return canonical;
}

function withExtension(address: Octets, delimiter: Octets, extension: Octets | undefined): Octets {
  if (extension === undefined) return address;
  const at = address.lastIndexOf('@');
  if (at < 0) return address + delimiter + extension;
  return address.slice(0, at) + delimiter + extension + address.slice(at);
}
