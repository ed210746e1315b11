import type { Octets } from '../octets.ts';
import { LookupError, type LookupTable } from '../tables/lookup-table.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import { logAbout } from './log.ts';
import type { Outcome, Subject } from './outcome.ts';
import type { Reply } from './reply.ts';
import { findRecipient, findSender, withSubject } from './subjects.ts';
import { deferIfPermit, refuse, toRejection } from './verdict.ts';
import { parseVerifyValue, type Verification } from './verify-value.ts';

/** The parameters by which one of both restrictions answers. */
interface Answers {
  readonly rejectCode: Octets;
  readonly deferCode: Octets;
  readonly reason: Octets;
  readonly tempfailAction: Octets;
  readonly enhanced: string;
}

const OF_SENDERS: Answers = {
  rejectCode: 'unverified_sender_reject_code',
  deferCode: 'unverified_sender_defer_code',
  reason: 'unverified_sender_reject_reason',
  tempfailAction: 'unverified_sender_tempfail_action',
  enhanced: '4.1.7',
};

const OF_RECIPIENTS: Answers = {
  rejectCode: 'unverified_recipient_reject_code',
  deferCode: 'unverified_recipient_defer_code',
  reason: 'unverified_recipient_reject_reason',
  tempfailAction: 'unverified_recipient_tempfail_action',
  enhanced: '4.1.1',
};

/** Of a reason, in the reply to an address that may be all right. */
const MAX_REASON = 250;

/** reject_unverified_sender: mail to the sender would bounce. @see ADDRESS_VERIFICATION_README */
export const rejectUnverifiedSender: Restriction = (evaluation) =>
  withSubject(evaluation, findSender, (subject) => refuseUnverified(evaluation, subject, OF_SENDERS));

/** reject_unverified_recipient */
export const rejectUnverifiedRecipient: Restriction = (evaluation) =>
  withSubject(evaluation, findRecipient, (subject) => refuseUnverified(evaluation, subject, OF_RECIPIENTS));

/** No address is probed: catch_verify_map says what a probe would find. @see Postfix's reject_unverified_address */
function refuseUnverified(evaluation: Evaluation, subject: Subject, answers: Answers): Outcome {
  const { view, world } = evaluation;
  if (world.verifyMap === undefined) {
    evaluation.remark =
      'not asked: no address is probed, and there is no catch_verify_map, so that nothing follows from it';
    return 'dunno';
  }
  const found = verify(evaluation, subject.name, world.verifyMap);
  if (found === undefined) {
    return defer(evaluation, answers, { code: 450, text: toRejection(subject, 'address verification problem') });
  }
  const { status } = found;
  if (status === 'deliverable') return 'dunno';
  const code = view.integer(status === 'undeliverable' ? answers.rejectCode : answers.deferCode);
  const own = view.get(answers.reason);
  const reason = code >= 400 && own !== '' ? own : found.text;
  switch (Math.floor(code / 100)) {
    case 2:
      logAbout(evaluation, 'permit', reason);
      return 'dunno';
    case 4:
      return defer(evaluation, answers, {
        code,
        text: toRejection(subject, `unverified address: ${reason.slice(0, MAX_REASON)}`),
      });
    default:
      return refuse(evaluation, {
        code,
        enhanced: answers.enhanced,
        text: toRejection(subject, `undeliverable address: ${reason}`),
      });
  }
}

function defer(evaluation: Evaluation, { tempfailAction, enhanced }: Answers, reply: Omit<Reply, 'enhanced'>): Outcome {
  const later = { enhanced, ...reply };
  const isAtOnce = evaluation.view.get(tempfailAction).toLowerCase() === 'defer';
  return isAtOnce ? refuse(evaluation, later) : deferIfPermit(evaluation, later);
}

/** What a probe would find. @returns undefined if the table can't say: then verify(8) wouldn't, either */
function verify(evaluation: Evaluation, address: Octets, table: LookupTable): Verification | undefined {
  if (isProbesSender(evaluation, address)) return { status: 'deliverable', text: '' };
  for (const key of [address, address.slice(address.lastIndexOf('@'))]) {
    let value: Octets | undefined;
    try {
      value = table.lookup(key)?.value;
    } catch (error) {
      if (!(error instanceof LookupError)) throw error;
      evaluation.remark = `${table.name} can’t be asked`;
      return undefined;
    }
    evaluation.steps.push({
      stage: 'smtpd',
      parameter: 'catch_verify_map',
      table: table.name,
      key,
      result: value ?? null,
    });
    if (value === undefined) continue;
    const found = parseVerifyValue(value);
    if (found === undefined)
      evaluation.remark = `catch_verify_map says neither deliverable, undeliverable nor deferred`;
    return found;
  }
  return { status: 'deliverable', text: '' };
}

/** Nobody probes who sends probes. */
function isProbesSender({ view }: Evaluation, address: Octets): boolean {
  const written = view.get('address_verify_sender');
  const sender = written.includes('@') ? written : `${written}@${view.get('myorigin')}`;
  return address.toLowerCase() === sender.toLowerCase();
}
