import { readMailHostAddress } from '../address/address-literal.ts';
import { parseIpAddress } from '../address/ip-address.ts';
import { describeDnsFault, describeResolveFault, type NoRecords } from '../dns/dns.ts';
import type { Octets } from '../octets.ts';
import { askDns, askForAddresses, askForExchangers, toDomain, withDns } from './ask-dns.ts';
import { forbidOk, toClientSubject } from './client-restrictions.ts';
import type { Evaluation, Restriction, RestrictionCall } from './evaluation.ts';
import { warn } from './log.ts';
import type { Outcome, Subject } from './outcome.ts';
import { findClientName, findHelo, findRecipient, findReverseName, findSender, type FindSubject } from './subjects.ts';
import { searchAddress, searchDomain, type SearchResult } from './table-search.ts';

/** What a table is asked about: the hosts that the name has as its addresses, mail exchangers, or name servers. */
type ServerType = 'A' | 'MX' | 'NS';

/** Whose servers, by the middle of the restriction's name: check_sender_mx_access. */
const NAMES: Readonly<Record<string, FindSubject>> = {
  client: findClientName,
  reverse_client_hostname: findReverseName,
  helo: findHelo,
  sender: findSender,
  recipient: findRecipient,
};

/** check_client_a_access, check_sender_mx_access and their like, by name. What they look up may not let in. */
export const SERVER_RESTRICTIONS: readonly (readonly [Octets, Restriction])[] = Object.entries(NAMES).flatMap(
  ([whose, find]) =>
    (['A', 'MX', 'NS'] as const).map((type) => {
      const restriction: Restriction = (evaluation, call) => {
        const found = find(evaluation);
        if (found === undefined || found.name === '') return 'dunno';
        const { name } = found;
        const subject = found.what === 'Client host' ? toClientSubject(evaluation) : found;
        const outcome = withDns(evaluation, () => checkServers(evaluation, call, { name, subject, type }));
        return forbidOk(evaluation, outcome, { name: call.name, of: name });
      };
      return [`check_${whose}_${type.toLowerCase()}_access`, restriction] as const;
    }),
);

interface Servers {
  readonly name: Octets;
  readonly subject: Subject;
  readonly type: ServerType;
}

/** @see Postfix's smtpd_check.c, check_server_access */
function checkServers(evaluation: Evaluation, call: RestrictionCall, servers: Servers): Outcome {
  const { name, subject, type } = servers;
  const domain = toDomain(name);
  if (domain.startsWith('[')) {
    const literal = type === 'NS' || !domain.endsWith(']') ? undefined : readMailHostAddress(domain.slice(1, -1));
    return literal ? searchAddress(evaluation, call, { key: literal.written, subject }).outcome : 'dunno';
  }
  for (const host of findServers(evaluation, domain, type)) {
    for (const { outcome, isFound } of searchHost(evaluation, call, { ...servers, host })) {
      if (isFound || outcome !== 'dunno') return outcome;
    }
  }
  return 'dunno';
}

/** The hosts; none if DNS doesn't say, which is logged. */
function findServers(evaluation: Evaluation, domain: Octets, type: ServerType): readonly Octets[] {
  if (type === 'A') return [domain];
  if (type === 'NS') return findNameServers(evaluation, domain);
  const mail = askForExchangers(evaluation, domain);
  if (mail === 'null') return [];
  if ('exchangers' in mail) return mail.exchangers.map(({ host }) => host);
  // A domain without mail exchangers is its own; one that doesn't exist, too: some name servers say so of any.
  return mail.status === 'try again' ? complain(evaluation, { type, domain, answer: mail }) : [domain];
}

/** Those of the domain, or of the nearest one above it with any. */
function findNameServers(evaluation: Evaluation, domain: Octets): readonly Octets[] {
  let asked = domain;
  for (;;) {
    const answer = askDns(evaluation, asked, 'NS');
    if (answer.status === 'found') return answer.records;
    const dot = asked.indexOf('.');
    const isLast = dot < 0 || dot + 1 === asked.length;
    if (answer.status === 'try again' || isLast) {
      return complain(evaluation, { type: 'NS', domain: isLast ? domain : asked, answer });
    }
    asked = asked.slice(dot + 1);
  }
}

function complain(
  evaluation: Evaluation,
  { type, domain, answer }: Pick<Servers, 'type'> & { readonly domain: Octets; readonly answer: NoRecords },
): readonly Octets[] {
  warn(evaluation, `Unable to look up ${type} host for ${domain}: ${describeDnsFault(answer)}`);
  return [];
}

/** By its name, unless it stands for itself, then by each of its addresses. */
function* searchHost(
  evaluation: Evaluation,
  call: RestrictionCall,
  { host, subject, type }: Servers & { readonly host: Octets },
): Generator<SearchResult> {
  if (parseIpAddress(host) !== undefined) {
    yield searchAddress(evaluation, call, { key: host, subject });
    return;
  }
  if (type !== 'A') yield searchDomain(evaluation, call, { key: host, subject });
  const addresses = askForAddresses(evaluation, host);
  if (addresses.status !== 'found') {
    if (type === 'A') return;
    const why = describeResolveFault(addresses);
    warn(evaluation, `Unable to look up ${type} host ${host} for ${subject.what} ${subject.name}: ${why}`);
    return;
  }
  for (const key of addresses.records) yield searchAddress(evaluation, call, { key, subject });
}
