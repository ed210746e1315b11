import { rewriteInternalAddress } from '../trivial-rewrite/rewrite.ts';
import { goOn, type Stop } from './address-way.ts';
import { mapCanonical } from './canonical.ts';
import type { CleanupState } from './cleanup-state.ts';
import type { AddressRole } from './envelope-settings.ts';
import { masquerade } from './masquerade.ts';

/** Completes an address of the envelope: a missing domain is this system's. @see trivial-rewrite(8) */
export function rewriteEnvelopeAddress(stop: Stop, { world }: CleanupState): Stop {
  const address = rewriteInternalAddress(stop.address, 'local', world.view('rewrite/unix'));
  if (address === stop.address) return stop;
  return goOn(stop, address, { stage: 'rewrite', key: stop.address, result: address });
}

/** Maps an address that is in standard form: canonical maps, then masquerading, as far as they are for its role. */
export function mapStandardAddress(start: Stop, role: AddressRole, state: CleanupState): Stop {
  const { settings, message } = state;
  if (message.overrides.has('no_address_mappings')) return start;
  let stop = start;
  for (const maps of settings.canonical[role]) stop = mapCanonical(stop, maps, state);
  return settings.masqueraded.has(role) ? masquerade(stop, state) : stop;
}
