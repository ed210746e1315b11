import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';
import { quoteAddress } from './quote.ts';

/**
 * An address as Postfix's log has it: in external form, unless info_log_address_format is `internal`. The empty address
 * stays empty.
 * @param address in internal form
 * @param view of the daemon that logs
 * @see postconf(5), info_log_address_format; Postfix's info_log_addr_form(3)
 */
export function toLogForm(address: Octets, view: View): Octets {
  return address === '' || view.get('info_log_address_format') === 'internal' ? address : quoteAddress(address);
}
