import { findAddress } from '../address/find-address.ts';
import { foldName } from '../lists/list-items.ts';
import type { Octets } from '../octets.ts';
import { ignoreForSasl } from './client-restrictions.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import type { Outcome } from './outcome.ts';
import { resolveFor } from './resolve.ts';
import { orEnd, refuse } from './verdict.ts';

/** reject_authenticated_sender_login_mismatch: who is logged in must own the sender's address. */
export const rejectAuthenticatedMismatch: Restriction = (evaluation, { name }) =>
  withSender(evaluation, name, (sender) => refuseOthers(evaluation, sender, { isUnownedAllowed: false }));

/** reject_unauthenticated_sender_login_mismatch: who isn't logged in may not use an address that has an owner. */
export const rejectUnauthenticatedMismatch: Restriction = (evaluation, { name }) =>
  withSender(evaluation, name, (sender) => refuseStrangers(evaluation, sender));

/** reject_known_sender_login_mismatch: both, but addresses without owner are everybody's. */
export const rejectKnownMismatch: Restriction = (evaluation, { name }) =>
  withSender(evaluation, name, (sender) =>
    evaluation.login === ''
      ? refuseStrangers(evaluation, sender)
      : refuseOthers(evaluation, sender, { isUnownedAllowed: true }),
  );

/** reject_sender_login_mismatch: the first two, one after the other. */
export const rejectMismatch: Restriction = (evaluation, call) =>
  evaluation.evaluate(
    ['reject_authenticated_sender_login_mismatch', 'reject_unauthenticated_sender_login_mismatch'],
    call,
  );

function withSender(evaluation: Evaluation, name: Octets, check: (sender: Octets) => Outcome): Outcome {
  const { view, sender = '' } = evaluation;
  if (!view.isYes('smtpd_sasl_auth_enable')) return ignoreForSasl(evaluation, name);
  // Without smtpd_sender_login_maps nobody owns anything.
  return sender === '' ? 'dunno' : check(sender);
}

function refuseOthers(
  evaluation: Evaluation,
  sender: Octets,
  { isUnownedAllowed }: { readonly isUnownedAllowed: boolean },
): Outcome {
  const { login, view } = evaluation;
  if (login === '') return 'dunno';
  const owners = findOwners(evaluation, sender);
  if (owners === undefined && isUnownedAllowed) return 'dunno';
  const smtputf8 = view.isYes('smtputf8_enable');
  const names = (owners ?? '').split(/[,\s]+/).map((name) => foldName(name, smtputf8));
  if (names.includes(foldName(login, smtputf8))) return 'dunno';
  return refuseSender(evaluation, `<${sender}>: Sender address rejected: not owned by user ${login}`);
}

function refuseStrangers(evaluation: Evaluation, sender: Octets): Outcome {
  if (evaluation.login !== '' || findOwners(evaluation, sender) === undefined) return 'dunno';
  return refuseSender(evaluation, `<${sender}>: Sender address rejected: not logged in`);
}

function refuseSender(evaluation: Evaluation, text: Octets): Outcome {
  return refuse(evaluation, { code: 553, enhanced: '5.7.1', text });
}

function findOwners(evaluation: Evaluation, sender: Octets): Octets | undefined {
  const { view, world, steps } = evaluation;
  const { recipient: address } = resolveFor(evaluation, sender, evaluation.recipient);
  const maps = view.maps('smtpd_sender_login_maps');
  return orEnd(evaluation, sender, () => findAddress(address, maps, { world, view, stage: 'smtpd', steps })?.value);
}
