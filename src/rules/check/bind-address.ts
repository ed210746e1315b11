import { parseIpAddress } from '../address/ip-address.ts';
import type { Finding } from '../config/finding.ts';
import type { CheckWorld } from './check-world.ts';
import { listSettings } from './settings-of.ts';

/** Addresses that clients bind to, and that are none: with a port, or a name. @see postconf(5), smtp_bind_address */
export function* checkBindAddresses(world: CheckWorld): Generator<Finding> {
  for (const { name, value, written, placeOf, expand } of listSettings(world)) {
    const [, family] = /^(?:smtp|lmtp)_bind_address(6?)$/.exec(name) ?? [];
    const text = expand(value);
    if (family === undefined || text === '' || parseIpAddress(text) !== undefined || written !== value) continue;
    const [, host] = /^\[?([0-9.]+|[0-9a-f:]+)\]?(?::[0-9]+)?$/i.exec(text) ?? [];
    yield {
      severity: 'error',
      code: 'bad-bind-address',
      at: placeOf(0),
      problem: `${name} has ${text}, which is no IP address`,
      why: 'smtp(8) ends whenever it connects: no mail goes out. Until then Postfix is silent.',
      hint:
        host !== undefined && parseIpAddress(host) !== undefined
          ? `write ${host}: no port, no brackets`
          : `write an ${family === '' ? 'IPv4' : 'IPv6'} address of this machine`,
      postfixLine: `fatal: smtp_connect_addr: bad ${name} parameter: ${text}: Name or service not known`,
    };
  }
}
