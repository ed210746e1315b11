import type { Restriction } from './evaluation.ts';
import { deferIfPermit, deferIfReject, endForConfiguration, permit, refuse, toRejection } from './verdict.ts';

/** permit */
export const permitAll: Restriction = (evaluation, { name, subject }) => permit(evaluation, name, subject);

/** reject */
export const rejectAll: Restriction = (evaluation, { subject }) =>
  refuse(evaluation, {
    code: evaluation.view.integer('reject_code'),
    enhanced: '5.7.1',
    text: toRejection(subject, 'Access denied'),
  });

/** defer */
export const deferAll: Restriction = (evaluation, { subject }) =>
  refuse(evaluation, {
    code: evaluation.view.integer('defer_code'),
    enhanced: '4.3.2',
    text: toRejection(subject, 'Try again later'),
  });

/** defer_if_permit */
export const deferIfPermitted: Restriction = (evaluation, { subject }) =>
  deferIfPermit(evaluation, {
    code: 450,
    enhanced: '4.7.0',
    text: toRejection(subject, 'defer_if_permit requested'),
  });

/** defer_if_reject */
export const deferIfRejected: Restriction = (evaluation, { subject }) =>
  deferIfReject(evaluation, {
    code: 450,
    enhanced: '4.7.0',
    text: toRejection(subject, 'defer_if_reject requested'),
  });

/** reject_multi_recipient_bounce: the null sender writes to one recipient at a time. */
export const rejectMultiRecipientBounce: Restriction = (evaluation, { subject }) => {
  const { sender, recipientCount, where, view } = evaluation;
  const most = where === 'RCPT' ? 0 : 1;
  if (sender !== '' || recipientCount <= most) return 'dunno';
  return refuse(evaluation, {
    code: view.integer('multi_recipient_bounce_reject_code'),
    enhanced: '5.5.3',
    text: toRejection(subject, 'Multi-recipient bounce'),
  });
};

/** reject_unauth_pipelining: whoever sends on where a reply has to be waited for. */
export const rejectUnauthPipelining: Restriction = (evaluation, { subject }) => {
  if (!evaluation.talksAhead) return 'dunno';
  const text = toRejection(subject, 'Improper use of SMTP command pipelining');
  return refuse(evaluation, { code: 503, enhanced: '5.5.0', text }, 'protocol');
};

/** sleep: nobody is kept waiting here. */
export const sleep: Restriction = (evaluation, { argument }) => {
  if (!/^[0-9]+$/.test(argument)) {
    return endForConfiguration(evaluation, 'restriction sleep must be followed by number');
  }
  evaluation.remark = `Postfix would wait ${argument} s here`;
  return 'dunno';
};
