import { scanAddress, toInternalText } from '../address/address-tokens.ts';
import type { Octets } from '../octets.ts';
import { rewriteAddress } from '../trivial-rewrite/rewrite.ts';
import { expandAttributes } from './attributes.ts';
import { deliverOnward } from './onward.ts';
import { findInMaps } from './find-in-maps.ts';
import { passOn } from './pass-on.ts';
import { deeper, fail, finish, note, warn, type Result, type Run, type Way } from './way.ts';

/** Names that a mail system has to have. */
const REQUIRED = ['mailer-daemon', 'postmaster'];

/**
 * Delivers to somebody who isn't known: by fallback_transport, to luser_relay, or not at all.
 * @see local(8); Postfix's unknown(3)
 */
export function deliverUnknown(run: Run, before: Way): Result {
  const way = deeper(before);
  const { settings, view } = run;
  if (run.seen(`deliver_unknown ${way.local}`)) {
    note(run, way, { stage: 'local', note: `${way.local} has been seen to already` });
    return 'done';
  }
  const transport = findInMaps(run, way, settings.fallbackTransports, way.user);
  if (transport === 'unavailable') return fail(run, way, 'deferred', ['4.3.0', 'table lookup failure']);
  if (transport !== undefined) return passOn(run, way, transport.value);
  const everybodys = view.get('fallback_transport');
  if (everybodys !== '') return passOn(run, way, everybodys, 'fallback_transport');
  const relay = view.raw('luser_relay') ?? '';
  const relayed = relay === '' ? undefined : deliverToRelay(run, way, relay);
  if (relayed !== undefined) return relayed;
  if (REQUIRED.includes(way.user)) {
    warn(run, `required alias not found: ${way.user}`);
    return finish(run, way, { status: 'sent', dsn: '2.0.0', text: 'discarded' });
  }
  return fail(run, way, 'bounced', ['5.1.1', `unknown user: "${way.user}"`]);
}

/**
 * Neither files nor commands: whatever it is, it is an address.
 * @returns undefined if it is the very one that isn't known
 */
function deliverToRelay(run: Run, way: Way, relay: Octets): Result | undefined {
  const address = expandAttributes(relay, way)?.text ?? '';
  const canonical = rewriteAddress(address, 'local', run.context.world.view('rewrite/unix'));
  if (canonical.toLowerCase() === way.recipient.address.toLowerCase()) return undefined;
  const { file, line } = run.view.placeOf('luser_relay');
  note(run, way, { stage: 'local', parameter: 'luser_relay', file, line, key: way.recipient.address, result: address });
  const { request, context } = run;
  const parent = way.recipient.node;
  const node = context.trail.branch({ message: request.message.number, address, parent });
  const onward: Way = { ...way, unmatched: undefined, recipient: { ...way.recipient, node } };
  return deliverOnward(run, onward, toInternalText(scanAddress(address), false));
}
