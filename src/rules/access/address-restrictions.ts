import { findAddress } from '../address/find-address.ts';
import { parentsMatch } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import type { Evaluation, Restriction, RestrictionCall } from './evaluation.ts';
import { isFullyQualified } from './helo-restrictions.ts';
import { checkRecipientListed, checkSenderListed } from './listed-address.ts';
import { warn } from './log.ts';
import type { Outcome, Subject } from './outcome.ts';
import { resolveFor } from './resolve.ts';
import { findRecipient, findSender, withSubject } from './subjects.ts';
import { searchKey, searchWith } from './table-search.ts';
import { refuse, toRejection } from './verdict.ts';

/** check_sender_access: the address and its parts; of the null sender smtpd_null_access_lookup_key. */
export const checkSenderAccess: Restriction = (evaluation, call) => {
  const { sender, view } = evaluation;
  if (sender === undefined) return 'dunno';
  const subject: Subject = { name: sender, what: 'Sender address' };
  if (sender === '') return searchKey(evaluation, call, { key: view.get('smtpd_null_access_lookup_key'), subject });
  return searchMail(evaluation, call, subject);
};

/** check_recipient_access: the address and its parts. */
export const checkRecipientAccess: Restriction = (evaluation, call) =>
  withSubject(evaluation, findRecipient, (subject) => searchMail(evaluation, call, subject));

/** reject_non_fqdn_sender */
export const rejectNonFqdnSender: Restriction = (evaluation) =>
  withSubject(evaluation, findSender, (subject) => refuseUnqualified(evaluation, subject));

/** reject_non_fqdn_recipient */
export const rejectNonFqdnRecipient: Restriction = (evaluation) =>
  withSubject(evaluation, findRecipient, (subject) => refuseUnqualified(evaluation, subject));

/** reject_unlisted_sender */
export const rejectUnlistedSender: Restriction = (evaluation) =>
  withSubject(evaluation, findSender, ({ name }) => checkSenderListed(evaluation, name));

/** reject_unlisted_recipient */
export const rejectUnlistedRecipient: Restriction = (evaluation) => {
  const { recipient = '' } = evaluation;
  return recipient === '' ? 'dunno' : checkRecipientListed(evaluation, recipient);
};

/** @see access(5), "EMAIL ADDRESS PATTERNS" */
function searchMail(evaluation: Evaluation, call: RestrictionCall, subject: Subject): Outcome {
  const { view, world, steps } = evaluation;
  const isSender = subject.what === 'Sender address';
  const resolved = resolveFor(evaluation, subject.name, isSender ? evaluation.recipient : evaluation.sender);
  if (!resolved.recipient.includes('@')) {
    warn(evaluation, `check_mail_access: no @domain in address: ${resolved.recipient}`);
    return 'dunno';
  }
  const parents = parentsMatch('smtpd_access_maps', view, world) ? 'domain-and-parents' : 'domain-and-.parents';
  const { outcome } = searchWith(evaluation, call, {
    key: resolved.recipient,
    subject,
    find: (maps) =>
      findAddress(resolved.recipient, maps, {
        world,
        view,
        stage: 'smtpd',
        steps,
        keys: ['address', 'without-extension', parents, 'any-local-part@'],
      }),
  });
  const isSuspicious = !isSender && resolved.isRouted && !view.isYes('allow_untrusted_routing');
  if (outcome !== 'ok' || !isSuspicious) return outcome;
  evaluation.remark = 'the address is routed by its sender, so that OK doesn’t count: allow_untrusted_routing = no';
  return 'dunno';
}

function refuseUnqualified(evaluation: Evaluation, subject: Subject): Outcome {
  const domain = toDomain(subject.name);
  if ((domain.startsWith('[') && domain.endsWith(']')) || isFullyQualified(domain, evaluation.smtputf8)) {
    return 'dunno';
  }
  return refuse(evaluation, {
    code: evaluation.view.integer('non_fqdn_reject_code'),
    enhanced: '4.5.2',
    text: toRejection(subject, 'need fully-qualified address'),
  });
}

function toDomain(address: Octets): Octets {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : address.slice(at + 1);
}
