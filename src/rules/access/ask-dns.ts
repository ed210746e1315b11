import { domainToASCII } from 'node:url';
import { parseIpAddress } from '../address/ip-address.ts';
import { findHostAddresses } from '../config/host-addresses.ts';
import type { DnsAnswer, DnsType } from '../dns/dns.ts';
import { fromOctets, type Octets } from '../octets.ts';
import type { Evaluation } from './evaluation.ts';
import type { Outcome } from './outcome.ts';

/** A restriction has no answer, since nobody is asked. Never leaves `withDns`. */
class DnsNotAsked extends Error {
  override readonly name = 'DnsNotAsked';
}

/** Where a name is looked up, a step is left for each record type. */
export type DnsEvaluation = Pick<Evaluation, 'world' | 'view' | 'steps'>;

/** Evaluates a restriction that asks DNS. If nobody is asked, nothing follows from it, and a remark says so. */
export function withDns(evaluation: Evaluation, decide: () => Outcome): Outcome {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof DnsNotAsked)) throw error;
    evaluation.remark = 'not asked: there are no DNS records in catch_dns, so that nothing follows from it';
    return 'dunno';
  }
}

/** The records of a name. */
export function askDns({ world, steps }: DnsEvaluation, name: Octets, type: DnsType): DnsAnswer {
  if (world.askDns === undefined) throw new DnsNotAsked();
  const answer = world.askDns(name, type);
  const isFound = answer.status === 'found';
  steps.push({
    stage: 'smtpd',
    parameter: 'catch_dns',
    key: `${name} ${type}`,
    result: isFound ? answer.records.join(', ') : null,
    ...(!isFound && { note: answer.status }),
  });
  return answer;
}

/** A mail exchanger of a domain. */
export interface MailExchanger {
  readonly preference: number;
  readonly host: Octets;
}

/** The mail exchangers of a domain; `null`: it says that it takes no mail (RFC 7505). */
export function askForExchangers(
  evaluation: DnsEvaluation,
  domain: Octets,
): { readonly exchangers: readonly MailExchanger[] } | 'null' | Exclude<DnsAnswer, { readonly status: 'found' }> {
  const answer = askDns(evaluation, domain, 'MX');
  if (answer.status !== 'found') return answer;
  const exchangers = answer.records.map((record) => {
    const [preference = '', host = ''] = record.split(' ');
    return { preference: Number(preference), host };
  });
  return exchangers.some(({ host }) => host === '' || host === '.') ? 'null' : { exchangers };
}

/**
 * The addresses of a host, of the families that inet_protocols has: its own if it is one, those of /etc/hosts, else those
 * of DNS.
 * @see Postfix's hostname_to_sockaddr(3)
 */
export function askForAddresses(evaluation: DnsEvaluation, host: Octets): DnsAnswer {
  const { world, view } = evaluation;
  if (parseIpAddress(host) !== undefined) return { status: 'found', records: [host] };
  const hosts = world.readFile('/etc/hosts');
  const listed = findHostAddresses(host, {
    hosts: 'text' in hosts ? hosts.text : '',
    ownNames: [world.machine.hostName],
    addresses: world.machine.addresses,
  });
  if (listed.length > 0) return { status: 'found', records: listed };
  let nothing: DnsAnswer | undefined;
  const records: Octets[] = [];
  for (const type of listAddressTypes(view.words('inet_protocols'))) {
    const answer = askDns(evaluation, host, type);
    if (answer.status === 'found') records.push(...answer.records);
    else if (nothing === undefined || answer.status === 'try again') nothing = answer;
  }
  return records.length > 0 || nothing === undefined ? { status: 'found', records } : nothing;
}

function listAddressTypes(protocols: readonly Octets[]): readonly DnsType[] {
  const names = protocols.map((name) => name.toLowerCase());
  const hasAll = names.includes('all');
  return [
    ...(hasAll || names.includes('ipv4') ? (['A'] as const) : []),
    ...(hasAll || names.includes('ipv6') ? (['AAAA'] as const) : []),
  ];
}

/** A domain as DNS has it: with A-labels, if it has letters beyond ASCII and can be written so. */
export function toDnsName(domain: Octets): Octets {
  if (/^[\x00-\x7f]*$/.test(domain)) return domain;
  const ascii = domainToASCII(fromOctets(domain));
  return ascii === '' ? domain : ascii;
}

/** What follows the last at sign; all of it if there is none. */
export function toDomain(name: Octets): Octets {
  return name.slice(name.lastIndexOf('@') + 1);
}
