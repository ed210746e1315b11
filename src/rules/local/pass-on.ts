import { toLogForm } from '../address/log-form.ts';
import type { Octets } from '../octets.ts';
import { note, type Result, type Run, type Way } from './way.ts';

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
  const text = `passing <${toLogForm(recipient.address, run.view)}> to transport=${transport}`;
  context.trail.log(request.message.number, { program: 'local', text });
  const records = context.pass({ message: request.message, transport, nexthop, recipients: [recipient] });
  return ends.take(records) ? 'later' : 'done';
}
