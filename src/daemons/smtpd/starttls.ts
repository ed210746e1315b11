import type { CommandWord } from '../../rules/address/command-line.ts';
import type { ClientTls } from '../../rules/access/client-tls.ts';
import { openAccessState } from '../../rules/access/state.ts';
import { fromOctets } from '../../rules/octets.ts';
import type { Certificate } from './certificate.ts';
import { refuseTls } from './client-limits.ts';
import { blame, decided, type Answer } from './decide.ts';
import { isDiscarded } from './ehlo-keywords.ts';
import { describeTls } from './handshake.ts';
import { logSession } from './log-session.ts';
import { toPeerText } from './peer-text.ts';
import type { SessionRules } from './rules.ts';
import { endTransaction, type Session } from './session.ts';
import { openTlsOffer, type TlsOffer } from './tls-offer.ts';

/** What TLS there is: none, what the client likes, or nothing but TLS. */
export type TlsLevel = 'none' | 'may' | 'encrypt';

/** @see postconf(5), smtpd_tls_security_level, smtpd_use_tls, smtpd_enforce_tls; TLS_README */
export function readTlsLevel({ settings, rules, certificate }: Session): TlsLevel {
  if (certificate === undefined || rules === undefined) return 'none';
  const level = settings.get('smtpd_tls_security_level').toLowerCase();
  if (level === '' && rules.view.isYes('smtpd_enforce_tls')) return 'encrypt';
  if (level === '') return rules.view.isYes('smtpd_use_tls') ? 'may' : 'none';
  if (level === 'none' || level === 'may') return level;
  // Levels of clients: smtpd takes `encrypt` instead.
  return 'encrypt';
}

/** Whether EHLO tells of STARTTLS. */
export function offersStarttls(session: Session): boolean {
  return !session.peer.isEncrypted && readTlsLevel(session) !== 'none';
}

/**
 * STARTTLS: all that comes behind it is TLS, and the session begins again.
 * @see RFC 3207
 */
export function starttls(session: Session, words: readonly CommandWord[]): Answer {
  if (words.length > 1) return '501 5.5.4 Syntax: STARTTLS';
  if (session.peer.isEncrypted) return '554 5.5.1 Error: TLS already active';
  const { certificate, rules, log, dialogue } = session;
  const level = readTlsLevel(session);
  if (certificate === undefined || rules === undefined || level === 'none' || isDiscarded('STARTTLS', session)) {
    return '502 5.5.1 Error: command not implemented';
  }
  return decided(session, { verb: 'STARTTLS' }, async () => {
    try {
      const found = await certificate(session.settings, rules);
      session.startsTls = found && openTlsOffer(found, { rules, isMandatory: level === 'encrypt' });
    } catch (err) {
      log.warn({ err, session: dialogue.sessionId }, 'TLS cannot begin');
    }
    if (session.startsTls === undefined) {
      return blame(session, 'software', '454 4.7.0 TLS not available due to local problem');
    }
    const beyond = refuseTls(session);
    if (beyond === undefined) return '220 2.0.0 Ready to start TLS';
    session.startsTls = undefined;
    return beyond;
  });
}

/** Forgets what the client said before TLS: anybody may have said it. @see RFC 3207 §4.2 */
export function beginSecured(session: Session, tls: ClientTls): void {
  endTransaction(session);
  session.certificateFault = findCertificateFault(session.startsTls?.terms, tls);
  session.startsTls = undefined;
  session.peer = { ...session.peer, isEncrypted: true, tls };
  // QUIRK: EHLO before TLS makes it ESMTP for good.
  session.access = { ...openAccessState(session.peer), protocol: session.protocol };
  session.helo = undefined;
  session.username = undefined;
  session.loginMethod = undefined;
  noteTls(session, tls);
}

/** Why a client may not go on: a certificate is demanded, and it has none, or none that an authority vouches for. */
export function findCertificateFault(
  terms: Pick<TlsOffer['terms'], 'demandsCertificate'> | undefined,
  { certificate }: ClientTls,
): string | undefined {
  if (terms?.demandsCertificate !== true || certificate?.isTrusted === true) return undefined;
  return certificate === undefined ? 'No client certificate presented' : 'Client certificate not trusted';
}

/** What a client without the certificate that is demanded is told; undefined if there is nothing wrong. */
export function refuseCertificate(session: Session): string | undefined {
  const { certificateFault, settings } = session;
  if (certificateFault === undefined) return undefined;
  logSession(session, `NOQUEUE: abort: TLS from ${toPeerText(session)}: ${certificateFault}`);
  return `421 4.7.1 ${settings.get('myhostname')} Error: ${certificateFault}`;
}

/** Writes down what the handshake came to. */
export function noteTls({ dialogue }: Pick<Session, 'dialogue'>, tls: ClientTls): void {
  const { protocol, cipher, certificate } = tls;
  dialogue.setTls({
    protocol,
    cipher,
    ...(certificate && {
      certificate: {
        subject: fromOctets(certificate.subject),
        issuer: fromOctets(certificate.issuer),
        fingerprint: certificate.fingerprint,
        isTrusted: certificate.isTrusted,
      },
    }),
  });
  dialogue.note(fromOctets(describeTls(tls)));
}

/** How a session finds its certificate; undefined: there is none. */
export type FindCertificate = (settings: Session['settings'], rules: SessionRules) => Promise<Certificate | undefined>;
