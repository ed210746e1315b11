import { parseIpAddress } from '../address/ip-address.ts';
import { takesFamily } from '../address/protocols.ts';
import { findHostAddresses } from '../config/host-addresses.ts';
import { findHostNameFault } from '../config/host-name.ts';
import type { DnsAnswer, DnsType, NoRecords } from '../dns/dns.ts';
import type { Octets } from '../octets.ts';
import type { Evaluation } from './evaluation.ts';
import type { Outcome } from './outcome.ts';

/** The records of addresses, in the order in which they are asked for. */
const ADDRESS_TYPES = [
  { type: 'A', family: 'ipv4' },
  { type: 'AAAA', family: 'ipv6' },
] as const;

/** A restriction has no answer, since nobody is asked. Never leaves `withDns`. */
class DnsNotAsked extends Error {
  override readonly name = 'DnsNotAsked';
}

/** Made once: where it was thrown nobody asks, and a trace of the stack takes longer than many a restriction. */
const NOT_ASKED = new DnsNotAsked();

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
  if (world.askDns === undefined) throw NOT_ASKED;
  // What is no name is never asked for, a last dot included.
  const answer: DnsAnswer = isName(name) ? world.askDns(name, type) : { status: 'no domain' };
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

/** Letters beyond ASCII are asked for by their A-labels. */
function isName(name: Octets): boolean {
  return findHostNameFault(name.replace(/[\x80-\xff]/g, 'u')) === undefined;
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
): { readonly exchangers: readonly MailExchanger[] } | 'null' | NoRecords {
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
  let nothing: NoRecords | undefined;
  const records: Octets[] = [];
  for (const { type, family } of ADDRESS_TYPES) {
    if (!takesFamily(view, family)) continue;
    const answer = askDns(evaluation, host, type);
    if (answer.status === 'found') records.push(...answer.records);
    else if (nothing === undefined || answer.status === 'try again') nothing = answer;
  }
  return records.length > 0 || nothing === undefined ? { status: 'found', records } : nothing;
}

/** What follows the last at sign; all of it if there is none. */
export function toDomain(name: Octets): Octets {
  return name.slice(name.lastIndexOf('@') + 1);
}
