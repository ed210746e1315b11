import type { SourceLocation } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import { parseIpAddress } from '../address/ip-address.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { parseNextHop, type NextHop } from './next-hop.ts';
import { listEntries } from './table-entries.ts';
import { listTransportValues, splitNextHops, type TransportValue } from './transport-value.ts';
import { splitItems } from '../tables/braces.ts';
import { listServices, openMainView, openViews, toProgram, type View } from './view.ts';

interface Named {
  readonly text: Octets;
  /** What names it: `relayhost`, or the table. */
  readonly where: Octets;
  readonly at: SourceLocation;
}

/** Next hops that aren't the host that was meant: names without brackets, bare addresses, and the machine itself. */
export function* checkNextHops(world: CheckWorld): Generator<Finding> {
  const main = openMainView(world);
  const own = listOwnNames(main);
  // Of one table the first says it all.
  const noted = new Set<Octets>();
  for (const named of listNextHops(world)) {
    const hop = parseNextHop(named.text);
    if (hop === undefined) continue;
    if ('fault' in hop) yield toFault(named, hop.fault);
    else if (own.has(hop.host.toLowerCase()) && isSmtpPort(hop.port)) yield toLoop(named, hop);
    else if (!hop.isBracketed && parseIpAddress(hop.host)) yield toBareAddress(named, hop);
    else if (!hop.isBracketed && !noted.has(named.where)) {
      noted.add(named.where);
      yield toLookup(named, hop);
    }
  }
}

function* listNextHops(world: CheckWorld): Generator<Named> {
  for (const view of openViews(world, ['trivial-rewrite', 'smtp'])) {
    for (const parameter of ['relayhost', 'smtp_fallback_relay', 'address_verify_relayhost']) {
      if (!view.isSet(parameter)) continue;
      for (const { text, at } of view.words(parameter)) yield { text, where: parameter, at };
    }
  }
  for (const { parameter, spec, table } of world.tables) {
    if (parameter !== 'sender_dependent_relayhost_maps') continue;
    for (const { value, source } of listEntries(table)) {
      if (value.toLowerCase() !== 'dunno')
        for (const text of splitItems(value)) yield { text, where: spec, at: source };
    }
  }
  const smtp = listSmtpTransports(world);
  for (const value of listTransportValues(world, [openMainView(world)])) {
    if (!speaksSmtp(value, smtp)) continue;
    for (const text of splitNextHops(value.nexthop)) {
      yield { text, where: value.table ?? value.parameter, at: value.at };
    }
  }
}

/** lmtp looks no MX up, and what others make of a next hop is their affair. */
function listSmtpTransports(world: CheckWorld): ReadonlySet<Octets> {
  if (world.services.length === 0) return new Set(['smtp', 'relay']);
  const services = listServices(world).filter((entry) => entry.fields.type === 'unix' && toProgram(entry) === 'smtp');
  return new Set(services.map(({ fields }) => fields.service));
}

function speaksSmtp({ transport, table, parameter }: TransportValue, smtp: ReadonlySet<Octets>): boolean {
  if (parameter === 'content_filter') return smtp.has(transport);
  return transport === '' ? table !== undefined && smtp.size > 0 : smtp.has(transport);
}

function listOwnNames(main: View): ReadonlySet<Octets> {
  const proxies = splitItems(main.get('proxy_interfaces'));
  return new Set(['localhost', '127.0.0.1', '::1', main.get('myhostname').toLowerCase(), ...proxies]);
}

function isSmtpPort(port: Octets): boolean {
  return port === '' || port === '25' || port === 'smtp';
}

function toFault({ text, where, at }: Named, fault: string): Finding {
  const [, transport, rest = ''] = /^(smtp|smtps|relay|lmtp|submission):(\S.*)$/.exec(text) ?? [];
  const within = parseNextHop(rest);
  const isWithin = transport !== undefined && (within === undefined || !('fault' in within));
  return {
    severity: 'error',
    code: 'next-hop-syntax',
    at,
    problem: `${where} has ${text}, which is no next hop`,
    why: 'smtp(8) ends each time it is given mail for it, and other mail waits, too. Until mail comes, Postfix is silent.',
    hint: isWithin
      ? `write ${rest}: here stands a next hop without its transport`
      : 'write [host], [host]:port, or a domain; an IPv6 address as [2001:db8::1]',
    postfixLine: `fatal: ${fault}`,
  };
}

function toLoop({ text, where, at }: Named, { host }: NextHop): Finding {
  return {
    severity: 'error',
    code: 'next-hop-is-self',
    at,
    problem: `${where} sends mail to ${text}, which is this machine itself`,
    why: `It comes back to where it came from: Postfix returns it, "mail for ${host} loops back to myself".`,
    hint: 'name another host, or the port where something else listens: [127.0.0.1]:10025',
  };
}

function toBareAddress({ text, where, at }: Named, { host, port }: NextHop): Finding {
  const instead = `[${host}]${port === '' ? '' : `:${port}`}`;
  return {
    severity: 'warning',
    code: 'next-hop-bare-address',
    at,
    problem: `${where} has the address ${text} without brackets`,
    why: 'Without brackets it is a mail domain whose MX is looked up; an address has none.',
    hint: `write ${instead}`,
  };
}

function toLookup({ text, where, at }: Named, { host, port }: NextHop): Finding {
  const instead = `[${host}]${port === '' ? '' : `:${port}`}`;
  return {
    severity: 'note',
    code: 'next-hop-mx-lookup',
    at,
    problem: `${where} has ${text} without brackets`,
    why: `Mail goes to the MX hosts of ${host}, and only if there are none to ${host} itself.`,
    hint: `write ${instead} if that very host is meant`,
  };
}
