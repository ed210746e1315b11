import type { CommandWord } from '../../rules/address/command-line.ts';
import { openAccessState } from '../../rules/access/state.ts';
import type { Certificate } from './certificate.ts';
import { refuseTls } from './client-limits.ts';
import { blame, decided, type Answer } from './decide.ts';
import { isDiscarded } from './ehlo-keywords.ts';
import { endTransaction, type Session } from './session.ts';
import type { TlsFacts } from './wire.ts';

/** What TLS there is: none, what the client likes, or nothing but TLS. */
export type TlsLevel = 'none' | 'may' | 'encrypt';

/** @see postconf(5), smtpd_tls_security_level, smtpd_use_tls, smtpd_enforce_tls; TLS_README */
export function readTlsLevel({ settings, rules, certificate }: Session): TlsLevel {
  if (certificate === undefined) return 'none';
  const level = settings.get('smtpd_tls_security_level').toLowerCase();
  if (level === '' && rules?.view.isYes('smtpd_enforce_tls') === true) return 'encrypt';
  if (level === '') return rules?.view.isYes('smtpd_use_tls') === true ? 'may' : 'none';
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
  const { certificate } = session;
  if (certificate === undefined || readTlsLevel(session) === 'none' || isDiscarded('STARTTLS', session)) {
    return '502 5.5.1 Error: command not implemented';
  }
  if (session.transaction !== undefined) return '503 5.5.1 Error: MAIL transaction in progress';
  return decided(session, { verb: 'STARTTLS' }, async () => {
    const found = await certificate(session.settings);
    if (found === undefined) {
      return blame(session, 'software', '454 4.7.0 TLS not available due to local problem');
    }
    const beyond = refuseTls(session);
    if (beyond !== undefined) return beyond;
    session.startsTls = found;
    return '220 2.0.0 Ready to start TLS';
  });
}

/** Forgets what the client said before TLS: anybody may have said it. @see RFC 3207 §4.2 */
export function beginSecured(session: Session, tls: TlsFacts): void {
  endTransaction(session);
  session.startsTls = undefined;
  session.peer = { ...session.peer, isEncrypted: true };
  session.access = openAccessState(session.peer);
  session.helo = undefined;
  session.protocol = 'SMTP';
  session.username = undefined;
  session.dialogue.setTls(tls);
  session.dialogue.note(`TLS: ${tls.protocol}, ${tls.cipher}`);
}

/** How a session finds its certificate; undefined: there is none. */
export type FindCertificate = (settings: Session['settings']) => Promise<Certificate | undefined>;
