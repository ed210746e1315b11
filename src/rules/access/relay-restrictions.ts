import { isInterfaceAddress } from '../address/local-domain.ts';
import type { Octets } from '../octets.ts';
import { openHostList } from '../lists/parameter-lists.ts';
import { toClientSubject } from './client-restrictions.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import { warn } from './log.ts';
import type { Outcome } from './outcome.ts';
import { resolveFor } from './resolve.ts';
import { findRecipient, withSubject } from './subjects.ts';
import { orEnd, permit, refuse, toRejection } from './verdict.ts';

/** permit_mynetworks */
export const permitMynetworks: Restriction = (evaluation, { name, subject }) => {
  const { view, world, client, steps } = evaluation;
  const list = openHostList('mynetworks', view, world);
  const isTrusted = orEnd(evaluation, subject.name, () =>
    list.has({ name: client.name, address: client.address }, { stage: 'smtpd', steps }),
  );
  return isTrusted ? permit(evaluation, name, toClientSubject(evaluation)) : 'dunno';
};

/** permit_inet_interfaces: the client is this machine. QUIRK: XCLIENT doesn't change that. */
export const permitInetInterfaces: Restriction = (evaluation, { name }) =>
  isInterfaceAddress(evaluation.client.socketAddress, evaluation)
    ? permit(evaluation, name, toClientSubject(evaluation))
    : 'dunno';

/** permit_auth_destination */
export const permitAuthDestination: Restriction = (evaluation, { name }) =>
  withSubject(evaluation, findRecipient, (subject) =>
    isAuthorized(evaluation, subject.name) ? permit(evaluation, name, subject) : 'dunno',
  );

/** reject_unauth_destination */
export const rejectUnauthDestination: Restriction = (evaluation) =>
  withSubject(evaluation, findRecipient, ({ name }) =>
    isAuthorized(evaluation, name) ? 'dunno' : refuseRelay(evaluation, { by: 0, enhanced: '5.7.1', recipient: name }),
  );

/** defer_unauth_destination */
export const deferUnauthDestination: Restriction = (evaluation) =>
  withSubject(evaluation, findRecipient, ({ name }) =>
    isAuthorized(evaluation, name) ? 'dunno' : refuseRelay(evaluation, { by: 100, enhanced: '4.7.1', recipient: name }),
  );

/** check_relay_domains, which was before there were the others. */
export const checkRelayDomains: Restriction = (evaluation, { name }) =>
  withSubject(evaluation, findRecipient, (subject) => {
    warn(
      evaluation,
      'support for restriction "check_relay_domains" will be removed from Postfix; use "reject_unauth_destination" instead',
    );
    if (isAuthorized(evaluation, subject.name)) return permit(evaluation, name, subject);
    const text = toRejection(subject, 'Relay access denied');
    return refuse(evaluation, { code: evaluation.view.integer('relay_domains_reject_code'), enhanced: '5.7.1', text });
  });

/**
 * Whether mail for an address may come from anyone: it is for this machine, or for relay_domains.
 * @see postconf(5), permit_auth_destination
 */
export function isAuthorized(evaluation: Evaluation, recipient: Octets): boolean {
  const resolved = resolveFor(evaluation, recipient, evaluation.sender);
  if (!resolved.recipient.includes('@')) return true;
  if (resolved.isRouted && !evaluation.view.isYes('allow_untrusted_routing')) {
    evaluation.remark = 'the address is routed by its sender: allow_untrusted_routing = no';
    return false;
  }
  const { addressClass } = resolved;
  evaluation.remark = `${resolved.recipient} is of the address class ${addressClass}`;
  return addressClass !== 'default';
}

function refuseRelay(
  evaluation: Evaluation,
  { by, enhanced, recipient }: { readonly by: number; readonly enhanced: string; readonly recipient: Octets },
): Outcome {
  const code = evaluation.view.integer('relay_domains_reject_code') - by;
  return refuse(evaluation, { code, enhanced, text: `<${recipient}>: Relay access denied` });
}
