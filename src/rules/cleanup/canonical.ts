import { mapAddress } from '../address/map-address.ts';
import { quoteAddress } from '../address/quote.ts';
import { foldName } from '../lists/list-items.ts';
import type { Maps } from '../tables/maps.ts';
import { goOn, toPlace, type Stop } from './address-way.ts';
import { lookUp, type CleanupState } from './cleanup-state.ts';

/** How often an address is mapped again. */
const MAX_DEPTH = 10;

/**
 * Maps an address by one parameter's tables, and what comes out again, until nothing does or it is mapped to itself.
 * @see canonical(5)
 */
export function mapCanonical(start: Stop, maps: Maps, state: CleanupState): Stop {
  const { world, view, settings } = state;
  let stop = start;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const { address, steps } = stop;
    const external = quoteAddress(address);
    const mapped = lookUp(
      state,
      () =>
        mapAddress(address, maps, {
          world,
          view,
          stage: 'canonical',
          steps,
          propagatesExtension: settings.propagates.canonical,
          warn: (text) => state.log.write(text),
        }),
      `${maps.parameter} map lookup problem for ${external}`,
    );
    if (mapped === undefined) return stop;
    const { addresses, hit } = mapped;
    const [result = address] = addresses;
    if (addresses.length > 1) state.log.warnOfMessage(`multi-valued ${maps.parameter} entry for ${external}`);
    if (result !== address) {
      stop = goOn(stop, result, {
        stage: 'canonical',
        parameter: maps.parameter,
        table: hit.table.name,
        ...toPlace(hit.source),
        key: hit.key,
        result,
      });
    }
    if (foldName(result, settings.smtputf8) === foldName(address, settings.smtputf8)) return stop;
  }
  // QUIRK: what is said isn't done: the message is taken.
  const problem = `unreasonable ${maps.parameter} map nesting for ${quoteAddress(stop.address)}`;
  state.log.warnOfMessage(`${problem} -- message not accepted, try again later`);
  stop.steps.push({ stage: 'canonical', parameter: maps.parameter, note: `mapped ${MAX_DEPTH} times: no more` });
  return stop;
}
