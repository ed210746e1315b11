import type { DnsAnswer, DnsType } from '../dns/dns.ts';
import type { Octets } from '../octets.ts';
import { askDns, askForExchangers, withDns } from './ask-dns.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import type { Outcome, Subject } from './outcome.ts';
import type { Reply } from './reply.ts';
import { resolveFor } from './resolve.ts';
import { findRecipient, findSender, withSubject } from './subjects.ts';
import { deferIfPermit, refuse, toRejection } from './verdict.ts';

const ADDRESSES = ['A', 'AAAA'] as const;

/** reject_unknown_sender_domain: the domain has neither mail exchangers nor an address. */
export const rejectUnknownSenderDomain: Restriction = (evaluation) =>
  withSubject(evaluation, findSender, (subject) => refuseUnknownDomain(evaluation, subject, evaluation.recipient));

/** reject_unknown_recipient_domain */
export const rejectUnknownRecipientDomain: Restriction = (evaluation) =>
  withSubject(evaluation, findRecipient, (subject) => refuseUnknownDomain(evaluation, subject, evaluation.sender));

/** A domain of this machine need not be in DNS. @param other the other end's address @see Postfix's reject_unknown_address */
function refuseUnknownDomain(evaluation: Evaluation, subject: Subject, other: Octets | undefined): Outcome {
  const { recipient, addressClass } = resolveFor(evaluation, subject.name, other);
  const at = recipient.lastIndexOf('@');
  const domain = recipient.slice(at + 1);
  const isFinal = addressClass !== 'default' && addressClass !== 'relay';
  if (at < 0 || isFinal || (domain.startsWith('[') && domain.endsWith(']'))) return 'dunno';
  return withDns(evaluation, () => refuseUnknownMailHost(evaluation, subject, domain));
}

function refuseUnknownMailHost(evaluation: Evaluation, subject: Subject, domain: Octets): Outcome {
  const isSender = subject.what === 'Sender address';
  const mail = askForExchangers(evaluation, domain);
  if (mail === 'null') {
    return refuse(evaluation, {
      code: isSender ? 550 : 556,
      enhanced: isSender ? '4.7.27' : '4.1.10',
      text: toRejection(subject, `Domain ${domain} does not accept mail (nullMX)`),
    });
  }
  if ('exchangers' in mail) return 'dunno';
  const status = findAny(evaluation, { name: domain, types: ADDRESSES, before: mail });
  const reply = { enhanced: isSender ? '4.1.8' : '4.1.2', text: toRejection(subject, 'Domain not found') };
  return refuseUnless(evaluation, {
    status,
    reply,
    code: 'unknown_address_reject_code',
    tempfailAction: 'unknown_address_tempfail_action',
  });
}

/** reject_unknown_helo_hostname: the name has neither an address nor mail exchangers, even null ones. @see Postfix's reject_unknown_hostname */
export function refuseUnknownHost(evaluation: Evaluation, subject: Subject): Outcome {
  return withDns(evaluation, () =>
    refuseUnless(evaluation, {
      status: findAny(evaluation, { name: subject.name, types: [...ADDRESSES, 'MX'] }),
      reply: { enhanced: '4.7.1', text: toRejection(subject, 'Host not found') },
      code: 'unknown_hostname_reject_code',
      tempfailAction: 'unknown_helo_hostname_tempfail_action',
    }),
  );
}

/**
 * Asks for records of one type after the other, until there are any.
 * @param before of a type that was asked for already
 * @returns that nobody could say counts more than that there are none
 */
function findAny(
  evaluation: Evaluation,
  { name, types, before }: { readonly name: Octets; readonly types: readonly DnsType[]; readonly before?: DnsAnswer },
): DnsAnswer['status'] {
  const seen: DnsAnswer['status'][] = before === undefined ? [] : [before.status];
  for (const type of types) {
    const { status } = askDns(evaluation, name, type);
    if (status === 'found') return status;
    seen.push(status);
  }
  return seen.includes('try again') ? 'try again' : 'no domain';
}

interface Refusal {
  readonly status: DnsAnswer['status'];
  readonly reply: Omit<Reply, 'code'>;
  /** The parameter with the code. */
  readonly code: Octets;
  /** The parameter that says what a failure for now comes to. */
  readonly tempfailAction: Octets;
}

function refuseUnless(evaluation: Evaluation, { status, reply, code, tempfailAction }: Refusal): Outcome {
  const { view } = evaluation;
  if (status === 'found') return 'dunno';
  if (status !== 'try again') return refuse(evaluation, { code: view.integer(code), ...reply });
  const later = { code: 450, ...reply };
  return view.get(tempfailAction).toLowerCase() === 'defer'
    ? refuse(evaluation, later)
    : deferIfPermit(evaluation, later);
}
