import { findAddress } from '../address/find-address.ts';
import type { Octets } from '../octets.ts';
import { fitEnhancedCode, splitEnhancedCode } from './enhanced-code.ts';
import type { Evaluation } from './evaluation.ts';
import type { Outcome, Subject } from './outcome.ts';
import type { AddressClass } from '../trivial-rewrite/address-class.ts';
import { resolveFor, type ResolvedAddress } from './resolve.ts';
import { orEnd, refuse, toRejection } from './verdict.ts';

/**
 * Refuses a recipient that is of a domain of ours, and isn't in the tables of its class. It is looked up but once a
 * recipient.
 * @see postconf(5), reject_unlisted_recipient
 */
export function checkRecipientListed(evaluation: Evaluation, recipient: Octets): Outcome {
  if (takesUnknown(evaluation) || evaluation.isRecipientChecked) return 'dunno';
  if (evaluation.warnDepth === 0) evaluation.isRecipientChecked = true;
  return checkListed(evaluation, { name: recipient, what: 'Recipient address' }, evaluation.sender);
}

/** The same for the sender's address. @see postconf(5), reject_unlisted_sender */
export function checkSenderListed(evaluation: Evaluation, sender: Octets): Outcome {
  if (takesUnknown(evaluation) || evaluation.isSenderChecked) return 'dunno';
  if (evaluation.warnDepth === 0) evaluation.isSenderChecked = true;
  return checkListed(evaluation, { name: sender, what: 'Sender address' }, evaluation.recipient);
}

function takesUnknown({ view }: Evaluation): boolean {
  return view.words('receive_override_options').includes('no_unknown_recipient_checks');
}

/** The table that knows the addresses of a class, and what is said of one that isn't in it. */
interface ClassTable {
  readonly maps: Octets;
  readonly code: Octets;
  readonly called: string;
}

const CLASS_TABLES: Readonly<Partial<Record<AddressClass, ClassTable>>> = {
  local: {
    maps: 'local_recipient_maps',
    code: 'unknown_local_recipient_reject_code',
    called: 'local recipient table',
  },
  virtual: {
    maps: 'virtual_mailbox_maps',
    code: 'unknown_virtual_mailbox_reject_code',
    called: 'virtual mailbox table',
  },
  relay: {
    maps: 'relay_recipient_maps',
    code: 'unknown_relay_recipient_reject_code',
    called: 'relay recipient table',
  },
};

/** @param other the other end's address: routing may depend on the sender */
function checkListed(evaluation: Evaluation, subject: Subject, other: Octets | undefined): Outcome {
  const resolved = resolveFor(evaluation, subject.name, other);
  const isSender = subject.what === 'Sender address';
  const rewriting = [
    'recipient_canonical_maps',
    ...(isSender ? ['sender_canonical_maps'] : []),
    'canonical_maps',
    'virtual_alias_maps',
  ];
  if (rewriting.some((parameter) => isIn(parameter, evaluation, { subject, resolved }))) return 'dunno';
  if (resolved.transport === 'error' || resolved.transport === 'retry') {
    return refuseUndeliverable(evaluation, subject, resolved);
  }
  const table = CLASS_TABLES[resolved.addressClass];
  if (table === undefined || evaluation.view.get(table.maps) === '') return 'dunno';
  if (resolved.addressClass === 'local' && isAlwaysKnown(evaluation, resolved.recipient)) return 'dunno';
  if (isIn(table.maps, evaluation, { subject, resolved })) return 'dunno';
  const where = evaluation.view.isYes('show_user_unknown_table_name') ? ` in ${table.called}` : '';
  const reply = {
    code: evaluation.view.integer(table.code),
    enhanced: isSender ? '5.1.0' : '5.1.1',
    text: toRejection(subject, `User unknown${where}`),
  };
  return refuse(evaluation, reply, 'bounce');
}

function isIn(
  parameter: Octets,
  evaluation: Evaluation,
  { subject, resolved }: { readonly subject: Subject; readonly resolved: ResolvedAddress },
): boolean {
  const { world, view, steps } = evaluation;
  const maps = view.maps(parameter);
  const hit = orEnd(evaluation, subject.name, () =>
    findAddress(resolved.recipient, maps, { world, view, stage: 'smtpd', steps }),
  );
  return hit !== undefined;
}

/** What resolves to the error transport is known to be undeliverable: relocated users, unknown virtual aliases. */
function refuseUndeliverable(
  evaluation: Evaluation,
  subject: Subject,
  { transport, nexthop, addressClass }: ResolvedAddress,
): Outcome {
  const isRetry = transport === 'retry';
  const detail = subject.what === 'Sender address' ? '1.0' : '1.1';
  const { code, text } = splitEnhancedCode(nexthop, `${isRetry ? 4 : 5}.${detail}`);
  const permanent = addressClass === 'alias' ? evaluation.view.integer('unknown_virtual_alias_reject_code') : 550;
  const reply = {
    code: isRetry ? 450 : permanent,
    enhanced: fitEnhancedCode(code, subject.what),
    text: toRejection(subject, text),
  };
  return refuse(evaluation, reply, 'bounce');
}

/** Addresses of Postfix's own. */
function isAlwaysKnown({ view }: Evaluation, address: Octets): boolean {
  const localPart = address.slice(0, Math.max(0, address.indexOf('@'))).toLowerCase();
  return [view.get('double_bounce_sender').toLowerCase(), 'postmaster', 'mailer-daemon'].includes(localPart);
}
