import { splitLocalPart } from '../address/split-address.ts';
import type { Octets } from '../octets.ts';
import { foldKey, isUtf8 } from '../tables/fold-key.ts';
import { deliverAlias } from './alias.ts';
import { deliverDotForward } from './dot-forward.ts';
import { deliverIndirectly } from './indirect.ts';
import { deliverToUser } from './mailbox.ts';
import { bounceToOwner } from './owner-bounce.ts';
import { deliverUnknown } from './unknown.ts';
import { deeper, fail, note, warn, type Result, type Run, type Way } from './way.ts';

// Postfix 3.7 has no such limit. Aliases have their own, which comes first.
const DEEPEST = 120;

/**
 * Delivers to an address of this machine: the request's, or one that came of it.
 * @see local(8); Postfix's recipient(3)
 */
export function deliverRecipient(run: Run, before: Way): Result {
  const way = deeper(before);
  const { address } = way.recipient;
  if (way.level > DEEPEST) {
    warn(run, `recipient nesting limit exceeded for ${address}`);
    return fail(run, way, 'bounced', ['5.4.6', 'recipient nesting limit exceeded']);
  }
  if (run.seen(`recipient ${way.level} ${address}`)) {
    note(run, way, { stage: 'local', note: `${address} has been delivered to already` });
    return 'done';
  }
  if (run.wasDeliveredTo(address)) {
    note(run, way, { stage: 'local', note: `a Delivered-To header has ${address}` });
    return bounceToOwner(run, way, ['5.4.6', `mail forwarding loop for ${address}`]);
  }
  const named = { ...way, ...splitNames(run, address), delivered: way.delivered ?? address };
  if (named.user === '') return fail(run, named, 'bounced', ['5.1.3', `null username in "${address}"`]);
  return deliverNamed(run, named);
}

type Names = Pick<Way, 'local' | 'user' | 'extension' | 'unmatched' | 'domain'>;

function splitNames(run: Run, address: Octets): Names {
  const folded = foldKey(address, isUtf8(address));
  const at = folded.lastIndexOf('@');
  if (at < 0) warn(run, `no @ in recipient address: ${folded}`);
  const local = at < 0 ? folded : folded.slice(0, at);
  const domain = at < 0 ? '' : folded.slice(at + 1);
  const { user = local, extension } = splitLocalPart(local, run.view) ?? {};
  if (extension?.includes('/')) {
    warn(run, `${run.request.message.queueId}: address with illegal extension: ${local}`);
    return { local: user, user, extension: undefined, unmatched: undefined, domain };
  }
  return { local, user, extension, unmatched: extension, domain };
}

/** Aliases first; then new messages for members of lists; then .forward, the mailbox, and what is done for others. */
function deliverNamed(run: Run, before: Way): Result {
  const way = deeper(before);
  if (way.recipient.address.startsWith('\\')) return deliverWithoutExpansion(run, way);
  const { local, user, extension } = way;
  const asWhole = deliverAlias(run, { ...way, unmatched: undefined }, local);
  if (asWhole !== undefined) return asWhole;
  if (extension !== undefined) {
    const unmatched = run.settings.propagates.has('alias') ? extension : undefined;
    const asUser = deliverAlias(run, { ...way, unmatched }, user);
    if (asUser !== undefined) return asUser;
  }
  const plain = { ...way, unmatched: extension };
  const isAnothers = way.owner !== undefined && way.owner.toLowerCase() !== user.toLowerCase();
  if (isAnothers || way.expansion === 'include') return deliverIndirectly(run, plain);
  return deliverDotForward(run, plain) ?? deliverToUser(run, plain) ?? deliverUnknown(run, plain);
}

/** `\user`: neither aliases nor .forward. QUIRK: a single backslash doesn't survive the reading of a list. */
function deliverWithoutExpansion(run: Run, way: Way): Result {
  const { recipient, local, user } = way;
  const bare: Way = {
    ...way,
    recipient: { ...recipient, address: recipient.address.slice(1) },
    local: local.slice(1),
    user: user.slice(1),
  };
  note(run, bare, { stage: 'local', note: 'the backslash: neither aliases nor .forward count' });
  return deliverToUser(run, bare) ?? deliverUnknown(run, bare);
}
