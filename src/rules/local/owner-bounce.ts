import { stripExtension } from '../address/split-address.ts';
import type { Act } from '../journey.ts';
import type { Octets } from '../octets.ts';
import { findInMaps } from './find-in-maps.ts';
import { toCanonical } from './onward.ts';
import { fail, finish, type Failure, type Result, type Run, type Way } from './way.ts';

/**
 * Ends a way that failed at a command, a file or a loop. If the address is a list's, it is the list's owner who is told.
 * @see Postfix's bounce_workaround(3)
 */
export function bounceToOwner(run: Run, way: Way, failure: Failure, act?: Act): Result {
  const [dsn, text] = failure;
  const status = dsn.startsWith('4') ? 'deferred' : 'bounced';
  const owner = run.settings.ownerIsSpecial ? findOwner(run, way) : undefined;
  if (owner === 'unavailable') return fail(run, way, 'deferred', [dsn.replace(/^5.*/, '4.0.0'), text]);
  return finish(run, way, { status, dsn, text, ...(act && { act }) }, owner?.address);
}

function findOwner(run: Run, way: Way): { readonly address: Octets } | 'unavailable' | undefined {
  const { settings, view } = run;
  const { address } = way.recipient;
  for (const one of [address, stripExtension(address, view)?.address]) {
    if (one === undefined) continue;
    const owner = `owner-${one.replace(/@[^@]*$/, '')}`;
    const found = findInMaps(run, way, settings.aliases, owner);
    if (found === 'unavailable') return found;
    if (found !== undefined) return { address: toCanonical(run, way, settings.expandsOwner ? found.value : owner) };
  }
  return undefined;
}
