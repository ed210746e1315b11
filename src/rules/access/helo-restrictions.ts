import { readMailHostAddress } from '../address/address-literal.ts';
import { parseIpAddress } from '../address/ip-address.ts';
import { findHostNameFault } from '../config/host-name.ts';
import type { Octets } from '../octets.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import type { Outcome, Subject } from './outcome.ts';
import { findHelo, withSubject } from './subjects.ts';
import { searchDomain } from './table-search.ts';
import { refuseUnknownHost } from './unknown-domain.ts';
import { permit, refuse, toRejection } from './verdict.ts';

/** check_helo_access: the name and its parents. */
export const checkHeloAccess: Restriction = (evaluation, call) =>
  withSubject(
    evaluation,
    findHelo,
    (subject) => searchDomain(evaluation, call, { key: subject.name, subject }).outcome,
  );

/** reject_invalid_helo_hostname: neither a host name nor an address. */
export const rejectInvalidHeloHostname: Restriction = (evaluation) =>
  withHeloName(evaluation, (subject) => {
    const name = withoutTrailingDot(subject.name);
    if (findHostNameFault(name) === undefined || parseIpAddress(name) !== undefined) return 'dunno';
    return refuse(evaluation, {
      code: evaluation.view.integer('invalid_hostname_reject_code'),
      enhanced: '5.5.2',
      text: toRejection(subject, 'Invalid name'),
    });
  });

/** reject_non_fqdn_helo_hostname: not a host name with a dot in it. */
export const rejectNonFqdnHeloHostname: Restriction = (evaluation) =>
  withHeloName(evaluation, (subject) => {
    if (isFullyQualified(subject.name, evaluation.smtputf8)) return 'dunno';
    return refuse(evaluation, {
      code: evaluation.view.integer('non_fqdn_reject_code'),
      enhanced: '5.5.2',
      text: toRejection(subject, 'need fully-qualified hostname'),
    });
  });

/** reject_unknown_helo_hostname: of an address in brackets the form is judged, a name is looked up in DNS. */
export const rejectUnknownHeloHostname: Restriction = (evaluation) =>
  withHeloName(evaluation, (subject) => refuseUnknownHost(evaluation, subject));

/** permit_naked_ip_address */
export const permitNakedIpAddress: Restriction = (evaluation, { name }) =>
  withSubject(evaluation, findHelo, (subject) => {
    if (!/^[0-9.:]*$/.test(subject.name)) return 'dunno';
    return refuseInvalidAddress(evaluation, subject) === 'reject' ? 'reject' : permit(evaluation, name, subject);
  });

/** Whether a name is a host name with a dot in it. @param smtputf8 whether it may have octets beyond ASCII */
export function isFullyQualified(name: Octets, smtputf8: boolean): boolean {
  const bare = withoutTrailingDot(name);
  // Each octet beyond ASCII stands for a letter: its A-label isn't made here.
  const plain = smtputf8 ? bare.replace(/[\x80-\xff]/g, 'u') : bare;
  return findHostNameFault(plain) === undefined && bare.includes('.');
}

/** Without the dot that a name may end in, but not without one of two. */
function withoutTrailingDot(name: Octets): Octets {
  return name.length > 1 && name.endsWith('.') && !name.endsWith('..') ? name.slice(0, -1) : name;
}

/** Checks a name; what begins with `[` must be an address. */
function withHeloName(evaluation: Evaluation, check: (subject: Subject) => Outcome): Outcome {
  return withSubject(evaluation, findHelo, (subject) =>
    subject.name.startsWith('[') ? refuseInvalidAddress(evaluation, subject) : check(subject),
  );
}

function refuseInvalidAddress(evaluation: Evaluation, subject: Subject): Outcome {
  const { name } = subject;
  const inner = name.startsWith('[') && name.endsWith(']') && name.length > 2 ? name.slice(1, -1) : name;
  if (readMailHostAddress(inner) !== undefined) return 'dunno';
  return refuse(evaluation, {
    code: evaluation.view.integer('invalid_hostname_reject_code'),
    enhanced: '5.5.2',
    text: toRejection(subject, 'invalid ip address'),
  });
}
