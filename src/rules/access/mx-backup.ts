import { isLocalDomain, isOwnAddress } from '../address/local-domain.ts';
import { describeDnsFault, describeResolveFault } from '../dns/dns.ts';
import { openHostList } from '../lists/parameter-lists.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import { askForAddresses, askForExchangers, toDomain, withDns, type MailExchanger } from './ask-dns.ts';
import type { Evaluation, Restriction } from './evaluation.ts';
import { warn } from './log.ts';
import type { Outcome, Subject } from './outcome.ts';
import { isAuthorized } from './relay-restrictions.ts';
import { resolveFor } from './resolve.ts';
import { findRecipient, withSubject } from './subjects.ts';
import { deferIfReject, permit, toRejection } from './verdict.ts';

/**
 * permit_mx_backup: what permit_auth_destination lets in, and mail for a domain that has this machine as a mail
 * exchanger, but not among the best.
 * @see Postfix's smtpd_check.c, permit_mx_backup
 */
export const permitMxBackup: Restriction = (evaluation, { name }) =>
  withSubject(evaluation, findRecipient, (subject) => {
    if (isAuthorized(evaluation, subject.name)) return permit(evaluation, name, subject);
    const { recipient, isRouted } = resolveFor(evaluation, subject.name, evaluation.sender);
    const domain = toDomain(recipient);
    const isLiteral = domain.startsWith('[') && domain.endsWith(']');
    if (isLiteral || (isRouted && !evaluation.view.isYes('allow_untrusted_routing'))) return 'dunno';
    return withDns(evaluation, () =>
      isBackup(evaluation, subject, domain) ? permit(evaluation, name, subject) : 'dunno',
    );
  });

function isBackup(evaluation: Evaluation, subject: Subject, domain: Octets): boolean {
  const mail = askForExchangers(evaluation, domain);
  if (mail === 'null') return false;
  if (!('exchangers' in mail)) {
    if (mail.status === 'try again') {
      defer(evaluation, subject, `Unable to look up mail exchanger information: ${describeDnsFault(mail)}`);
    }
    return false;
  }
  const sorted = mail.exchangers.toSorted((a, b) => a.preference - b.preference);
  const best = sorted.filter(({ preference }) => preference === sorted[0]?.preference);
  const others = sorted.slice(best.length);
  if (isAmong(evaluation, subject, best) || others.length === 0 || !isAmong(evaluation, subject, others)) return false;
  return (
    evaluation.view.get('permit_mx_backup_networks') === '' ||
    best.every(({ host }) => areAllTrusted(evaluation, subject, host))
  );
}

/** Whether one of them is this machine, by its name, or else by its address. */
function isAmong(evaluation: Evaluation, subject: Subject, exchangers: readonly MailExchanger[]): boolean {
  return (
    exchangers.some(({ host }) => isLocalName(evaluation, host)) ||
    exchangers.some(({ host }) => hasOwnAddress(evaluation, subject, host))
  );
}

/** A list that has no answer doesn't match. */
function isLocalName({ world, view, steps }: Evaluation, host: Octets): boolean {
  try {
    return isLocalDomain(host, { world, view, stage: 'smtpd', steps });
  } catch (error) {
    if (error instanceof LookupError) return false;
    throw error;
  }
}

function hasOwnAddress(evaluation: Evaluation, subject: Subject, host: Octets): boolean {
  const addresses = askForAddresses(evaluation, host);
  if (addresses.status === 'found') return addresses.records.some((address) => isOwnAddress(address, evaluation));
  defer(evaluation, subject, `Unable to look up mail exchanger host ${host}: ${describeResolveFault(addresses)}`);
  return false;
}

/** Whether every address of a host is in permit_mx_backup_networks. */
function areAllTrusted(evaluation: Evaluation, subject: Subject, host: Octets): boolean {
  const { view, world, steps } = evaluation;
  const addresses = askForAddresses(evaluation, host);
  if (addresses.status !== 'found') {
    defer(evaluation, subject, `Unable to look up host ${host} as mail exchanger: ${describeDnsFault(addresses)}`);
    return false;
  }
  const networks = openHostList('permit_mx_backup_networks', view, world);
  return addresses.records.every((address) => {
    try {
      return networks.has({ name: host, address }, { stage: 'smtpd', steps });
    } catch (error) {
      if (!(error instanceof LookupError)) throw error;
      warn(evaluation, `all_auth_mx_addr: permit_mx_backup_networks lookup error for address ${address} for ${host}`);
      defer(evaluation, subject, `Unable to verify host ${host} as mail exchanger`);
      return false;
    }
  });
}

function defer(evaluation: Evaluation, subject: Subject, why: Octets): Outcome {
  return deferIfReject(evaluation, { code: 450, enhanced: '4.4.4', text: toRejection(subject, why) });
}
