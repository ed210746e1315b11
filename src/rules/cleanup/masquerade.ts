import { quoteAddress } from '../address/quote.ts';
import { openStringList } from '../lists/parameter-lists.ts';
import { foldName } from '../lists/list-items.ts';
import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';
import { goOn, toPlace, type Stop } from './address-way.ts';
import { lookUp, type CleanupState } from './cleanup-state.ts';

/** One of masquerade_domains. */
export interface MasqueradeDomain {
  /** In lower case, without `!`. */
  readonly domain: Octets;
  /** As written, without `!`. */
  readonly written: Octets;
  /** Whether what is below it loses its subdomain; `!` says no. */
  readonly isCut: boolean;
}

/** The domains, in their order. */
export function readMasqueradeDomains(view: View): readonly MasqueradeDomain[] {
  return view.words('masquerade_domains').flatMap((word) => {
    const written = word.replace(/^!+/, '');
    const isCut = (word.length - written.length) % 2 === 0;
    return written === '' ? [] : [{ domain: foldName(written, view.isYes('smtputf8_enable')), written, isCut }];
  });
}

/**
 * Takes the subdomain off an address below one of masquerade_domains, unless its user is excepted. The first domain that
 * it is in, or below, decides.
 * @see postconf(5), masquerade_domains and masquerade_exceptions
 */
export function masquerade(stop: Stop, state: CleanupState): Stop {
  const { address } = stop;
  const at = address.lastIndexOf('@');
  if (at < 0 || isExcepted(address, stop, state)) return stop;
  const { settings, view } = state;
  const domain = foldName(address.slice(at + 1), settings.smtputf8);
  const found = settings.masqueradeDomains.find((one) => domain === one.domain || domain.endsWith(`.${one.domain}`));
  if (found === undefined || found.domain === domain) return stop;
  const asked = {
    stage: 'masquerade',
    parameter: 'masquerade_domains',
    ...toPlace(view.placeOf('masquerade_domains')),
    key: domain,
  };
  if (!found.isCut) {
    stop.steps.push({ result: null, note: `!${found.written}`, ...asked });
    return stop;
  }
  const result = `${address.slice(0, at)}@${found.written}`;
  return goOn(stop, result, { result, ...asked });
}

/** Users are compared in external form, in lower case, whatever their domain. */
function isExcepted(address: Octets, { steps }: Stop, state: CleanupState): boolean {
  const { settings, view, world } = state;
  if (!settings.hasMasqueradeExceptions) return false;
  const external = quoteAddress(address);
  const user = external.slice(0, external.lastIndexOf('@')).toLowerCase();
  const list = openStringList('masquerade_exceptions', view, world);
  const trace = { stage: 'masquerade', steps, warn: (line: Octets) => state.log.write(line) };
  return lookUp(state, () => list.has({ name: user }, trace), undefined) ?? false;
}
