import type { Octets } from '../octets.ts';
import type { NameStatus } from './client.ts';
import { toClientText, type Evaluation, type Restriction } from './evaluation.ts';
import { warn } from './log.ts';
import type { Outcome, Subject } from './outcome.ts';
import { searchAddress, searchDomain, searchKey } from './table-search.ts';
import { endForConfiguration, permit, refuse } from './verdict.ts';

/** The client, as replies name it. */
export function toClientSubject(evaluation: Evaluation): Subject {
  return { name: toClientText(evaluation), what: 'Client host' };
}

/** permit_sasl_authenticated */
export const permitSaslAuthenticated: Restriction = (evaluation, { name }) => {
  const { view, login } = evaluation;
  if (!view.isYes('smtpd_sasl_auth_enable') || login === '') return 'dunno';
  evaluation.remark = `the client logged in as ${login}`;
  return permit(evaluation, name, toClientSubject(evaluation));
};

/** check_client_access: the host name and its parents, then the address and its networks. */
export const checkClientAccess: Restriction = (evaluation, call) => {
  const { client } = evaluation;
  const subject = toClientSubject(evaluation);
  const byName = searchDomain(evaluation, call, { key: client.name, subject });
  return byName.isFound ? byName.outcome : searchAddress(evaluation, call, { key: client.address, subject }).outcome;
};

/** check_reverse_client_hostname_access: it may not let in, since the name isn't verified. */
export const checkReverseClientHostnameAccess: Restriction = (evaluation, call) => {
  const { client } = evaluation;
  const subject: Subject = { name: client.reverseName, what: 'Unverified Client host' };
  const byName = searchDomain(evaluation, call, { key: client.reverseName, subject });
  const { outcome } = byName.isFound ? byName : searchAddress(evaluation, call, { key: client.address, subject });
  return forbidOk(evaluation, outcome, { name: call.name, of: client.reverseName });
};

/** check_sasl_access */
export const checkSaslAccess: Restriction = (evaluation, call) => {
  const { view, login } = evaluation;
  if (!view.isYes('smtpd_sasl_auth_enable')) return ignoreForSasl(evaluation, call.name);
  if (login === '') return 'dunno';
  const name = login.replace(/[^\x20-\x7e]/g, '_');
  return searchKey(evaluation, call, { key: login, subject: { name, what: 'SASL login name' } });
};

/** reject_unknown_client_hostname: the address has no verified name. */
export const rejectUnknownClientHostname: Restriction = (evaluation) =>
  refuseUnknown(evaluation, evaluation.client.nameStatus, { enhanced: '4.7.25', what: 'hostname' });

/** reject_unknown_reverse_client_hostname: the address has no name at all. */
export const rejectUnknownReverseClientHostname: Restriction = (evaluation) =>
  refuseUnknown(evaluation, evaluation.client.reverseNameStatus, { enhanced: '4.7.1', what: 'reverse hostname' });

/** reject_plaintext_session */
export const rejectPlaintextSession: Restriction = (evaluation) => {
  if (evaluation.client.isEncrypted) return 'dunno';
  return refuse(evaluation, {
    code: evaluation.view.integer('plaintext_reject_code'),
    enhanced: '4.7.1',
    text: 'Session encryption is required',
  });
};

/** A restriction has no meaning without SASL. */
export function ignoreForSasl(evaluation: Evaluation, name: Octets): Outcome {
  const warning = `restriction \`${name}' ignored: no SASL support`;
  warn(evaluation, warning);
  evaluation.remark = warning;
  return 'dunno';
}

/** What a client says of itself, or of others, may not let it in. */
export function forbidOk(
  evaluation: Evaluation,
  outcome: Outcome,
  { name, of }: { readonly name: Octets; readonly of: Octets },
): Outcome {
  if (outcome !== 'ok' || evaluation.actions.discard !== undefined) return outcome;
  warn(evaluation, `restriction ${name} returns OK for ${of}`);
  warn(evaluation, 'this is not allowed for security reasons');
  return endForConfiguration(evaluation, 'use DUNNO instead of OK if you want to make an exception');
}

function refuseUnknown(
  evaluation: Evaluation,
  status: NameStatus,
  { enhanced, what }: { readonly enhanced: string; readonly what: string },
): Outcome {
  if (status === 'ok') return 'dunno';
  if (status === 'not asked') {
    evaluation.remark = 'not asked: no DNS server was asked for the client’s name, so that nothing follows from it';
    return 'dunno';
  }
  const { view, client } = evaluation;
  return refuse(evaluation, {
    code: status === 'none' ? view.integer('unknown_client_reject_code') : 450,
    enhanced,
    text: `Client host rejected: cannot find your ${what}, [${client.address}]`,
  });
}
