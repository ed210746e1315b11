import { parseIpAddress } from '../address/ip-address.ts';
import type { DnsRecords } from '../dns/dns.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import { askDns, toDomain, withDns } from './ask-dns.ts';
import { toClientSubject } from './client-restrictions.ts';
import { fitEnhancedCode, splitEnhancedCode } from './enhanced-code.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import { expandReplyText } from './expand-reply.ts';
import { parseAddressPattern } from './address-pattern.ts';
import { warn } from './log.ts';
import type { Outcome, Subject } from './outcome.ts';
import { isAuthorized } from './relay-restrictions.ts';
import {
  findClientName,
  findHelo,
  findRecipient,
  findReverseName,
  findSender,
  withSubject,
  type FindSubject,
} from './subjects.ts';
import { deferIfReject, endForConfiguration, permit, refuse, toRejection } from './verdict.ts';

/** Texts of a list are put together up to so many octets. */
const MOST_TEXT = 500;

/** What a list in DNS says of an address or a domain: that it is in it, and why; that it isn't; or nothing for now. */
type Listing = { readonly text: Octets } | 'not listed' | 'try again';

/** The client's address, which is refused as the client. */
const findClientAddress = ({ client: { address } }: Evaluation): Subject => ({ name: address, what: 'Client host' });

/** reject_rbl_client and its like, by name. @see postconf(5), reject_rbl_client */
export const LIST_RESTRICTIONS: readonly (readonly [Octets, Restriction])[] = [
  ['reject_rbl_client', rejectListed(findClientAddress, findAddress)],
  ['reject_rbl', rejectListed(findClientAddress, findAddress)],
  ['reject_rhsbl_client', rejectListed(findClientName, findDomain)],
  ['reject_rhsbl_reverse_client', rejectListed(findReverseName, findDomain)],
  ['reject_rhsbl_helo', rejectListed(findHelo, findDomain)],
  ['reject_rhsbl_sender', rejectListed(findSender, findDomain)],
  ['reject_rhsbl_recipient', rejectListed(findRecipient, findDomain)],
  ['permit_dnswl_client', permitListed(findClientAddress, findAddress)],
  ['permit_rhswl_client', permitListed(findClientName, findDomain)],
  ['reject_maps_rbl', rejectMapsRbl],
];

/** How something is looked up. @param list `DOMAIN`, or `DOMAIN=PATTERN` for certain answers alone */
type FindInList = (evaluation: Evaluation, list: Octets, name: Octets) => Listing;

function rejectListed(find: FindSubject, findInList: FindInList): Restriction {
  return (evaluation, { argument: list }) =>
    withSubject(evaluation, find, (subject) =>
      withDns(evaluation, () => {
        const listing = findInList(evaluation, list, subject.name);
        return typeof listing === 'string' ? 'dunno' : refuseListed(evaluation, subject, { list, ...listing });
      }),
    );
}

/** What a list has is let in, unless the recipient is another machine's: a list may not make an open relay. */
function permitListed(find: FindSubject, findInList: FindInList): Restriction {
  return (evaluation, { name, argument }) => {
    const subject = find(evaluation);
    const { where, recipient: to } = evaluation;
    if (subject === undefined) return 'dunno';
    if (where === 'RCPT' && to !== undefined && !isAuthorized(evaluation, to)) return 'dunno';
    return withDns(evaluation, () => {
      const listing = findInList(evaluation, argument, subject.name);
      if (listing === 'not listed') return 'dunno';
      if (listing !== 'try again') return permit(evaluation, name, toClientSubject(evaluation));
      const text = toRejection(subject, 'Service unavailable');
      return deferIfReject(evaluation, { code: 450, enhanced: '4.7.1', text });
    });
  };
}

/** reject_maps_rbl: the lists of maps_rbl_domains. */
function rejectMapsRbl(evaluation: Evaluation): Outcome {
  warn(
    evaluation,
    'support for restriction "reject_maps_rbl" will be removed from Postfix; use "reject_rbl_client domain-name" instead',
  );
  const subject = findClientAddress(evaluation);
  return withDns(evaluation, () => {
    for (const list of evaluation.view.words('maps_rbl_domains')) {
      const listing = findAddress(evaluation, list, subject.name);
      if (typeof listing !== 'string') return refuseListed(evaluation, subject, { list, ...listing });
    }
    return 'dunno';
  });
}

/** The address backwards, before the list's domain. */
function findAddress(evaluation: Evaluation, list: Octets, address: Octets): Listing {
  const parsed = parseIpAddress(address);
  const labels =
    parsed?.family === 'ipv6'
      ? parsed.octets.flatMap((octet) => [octet >> 4, octet & 15]).map((digit) => digit.toString(16))
      : address.split('.');
  return findInList(evaluation, list, labels.toReversed().join('.'));
}

/** The domain before the list's. Of addresses and of names that end in a number nobody asks. */
function findDomain(evaluation: Evaluation, list: Octets, name: Octets): Listing {
  const written = toDomain(name);
  if ((name.includes('@') && written.startsWith('[')) || /(?:^|\.)[0-9]*$/.test(written)) return 'not listed';
  return written === '' ? 'not listed' : findInList(evaluation, list, written);
}

function findInList(evaluation: Evaluation, list: Octets, prefix: Octets): Listing {
  const equals = list.indexOf('=');
  const query = `${prefix}.${equals < 0 ? list : list.slice(0, equals)}`;
  const answer = askDns(evaluation, query, 'A');
  if (answer.status === 'try again') {
    const why = `Host or domain name not found. Name service error for name=${query} type=A: Host not found, try again`;
    warn(evaluation, `${query}: RBL lookup error: ${why}`);
    return 'try again';
  }
  if (answer.status !== 'found') return 'not listed';
  if (equals >= 0 && !hasMatch(evaluation, answer, list.slice(equals + 1))) return 'not listed';
  const texts = askDns(evaluation, query, 'TXT');
  return { text: texts.status === 'found' ? texts.records.join(' / ').slice(0, MOST_TEXT) : '' };
}

function hasMatch(evaluation: Evaluation, { records }: DnsRecords, pattern: Octets): boolean {
  const parsed = parseAddressPattern(pattern);
  if ('fault' in parsed) return endForConfiguration(evaluation, `RBL reply error: ${parsed.fault}`);
  return records.some((address) => parsed.matches(address));
}

/** Refuses in the words of rbl_reply_maps, or of default_rbl_reply. @see Postfix's smtpd_check.c, rbl_reject_reply */
function refuseListed(
  evaluation: Evaluation,
  subject: Subject,
  { list, text }: { readonly list: Octets; readonly text: Octets },
): Outcome {
  const { view } = evaluation;
  const { name, what } = subject;
  const others = new Map([
    ['rbl_code', String(view.integer('maps_rbl_reject_code'))],
    ['rbl_domain', list.replace(/=.*/s, '')],
    ['rbl_reason', text],
    ['rbl_txt', text],
    ['rbl_what', name],
    ['rbl_class', what],
  ]);
  const expand = (template: Octets) => expandReplyText(template, view, { others, ...evaluation });
  const template = findTemplate(evaluation, list);
  let reply = template === undefined ? undefined : expand(template);
  if (template !== undefined && reply === undefined) {
    warn(evaluation, `rbl_reject_reply: bad rbl reply template for domain ${list}: ${template}`);
  }
  const byDefault = view.raw('default_rbl_reply') ?? '';
  reply ??= expand(byDefault);
  if (reply === undefined) {
    return endForConfiguration(evaluation, `rbl_reject_reply: bad default rbl reply template: ${byDefault}`);
  }
  const [, code, said = ''] = /^([45][0-9]{2}) ([^]*)$/.exec(reply) ?? [];
  if (code === undefined) {
    warn(evaluation, `rbl response code configuration error: ${reply}`);
    return refuse(evaluation, { code: 450, enhanced: '4.7.1', text: 'Service unavailable' });
  }
  const coded = splitEnhancedCode(said, '4.7.1');
  const enhanced = fitEnhancedCode(coded.code, what);
  return refuse(evaluation, {
    code: Number(code),
    enhanced,
    text: coded.text === '' ? 'Service unavailable' : coded.text,
  });
}

function findTemplate(evaluation: Evaluation, list: Octets): Octets | undefined {
  const { view, steps } = evaluation;
  try {
    return view.maps('rbl_reply_maps').find(list, { stage: 'smtpd', steps })?.value;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return endForConfiguration(evaluation);
  }
}
