import { quoteAddress } from '../address/quote.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { Maps, MapsHit } from '../tables/maps.ts';
import type { TraceStep } from '../trace.ts';
import { note, type Result, type Run, type Way } from './way.ts';

/** Looks a user up in tables of transports or commands. */
export function findInMaps({ context }: Run, way: Way, maps: Maps, key: Octets): MapsHit | 'unavailable' | undefined {
  if (maps.tables.length === 0) return undefined;
  const steps: TraceStep[] = [];
  try {
    return maps.find(key, { stage: 'local', steps });
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    steps.push({ stage: 'local', parameter: maps.parameter, table: error.table, key, note: error.problem });
    return 'unavailable';
  } finally {
    context.trail.note(way.recipient.node, steps);
  }
}

/**
 * Hands a recipient on to another transport.
 * @param service `transport:nexthop`; a missing next hop is the request's
 * @param parameter what named it, unless the step of a look-up tells
 * @see Postfix's deliver_pass(3)
 */
export function passOn(run: Run, way: Way, service: Octets, parameter?: Octets): Result {
  const { request, context, ends } = run;
  const { recipient } = way;
  const colon = service.indexOf(':');
  const transport = colon < 0 ? service : service.slice(0, colon);
  const nexthop = (colon < 0 ? '' : service.slice(colon + 1)) || request.nexthop;
  const result = `${transport}:${nexthop}`;
  note(run, way, { stage: 'local', ...(parameter !== undefined && { parameter }), result, note: 'passed on' });
  const text = `passing <${quoteAddress(recipient.address)}> to transport=${transport}`;
  context.trail.log(request.message.number, { program: 'local', text });
  const records = context.pass({ message: request.message, transport, nexthop, recipients: [recipient] });
  return ends.take(records) ? 'later' : 'done';
}
