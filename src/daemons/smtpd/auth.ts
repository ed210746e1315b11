import type { CommandWord } from '../../rules/address/command-line.ts';
import { countEvent } from './client-limits.ts';
import { blame, decided, type Answer } from './decide.ts';
import { isDiscarded } from './ehlo-keywords.ts';
import { refuseUngreeted } from './helo.ts';
import { checkLogin, MECHANISMS, type Login, type SaslStep } from './sasl.ts';
import type { Session } from './session.ts';
import { readTlsLevel } from './starttls.ts';

type Failure =
  | '(reason unavailable)'
  | 'Invalid authentication mechanism'
  | 'Invalid base64 data in initial response'
  | 'Invalid base64 data in continued response';

/**
 * Whether clients may log in. Where nothing goes without TLS, AUTH doesn't either.
 * @see postconf(5), smtpd_sasl_auth_enable, smtpd_tls_auth_only
 */
export function offersAuth(session: Session): boolean {
  const { settings, rules, peer } = session;
  if (!settings.get('smtpd_sasl_auth_enable')) return false;
  return peer.isEncrypted || (rules?.view.isYes('smtpd_tls_auth_only') !== true && readTlsLevel(session) !== 'encrypt');
}

/**
 * AUTH: any name and password will do, unless there is a table of them. What the client got wrong in the exchange itself
 * is said.
 * @see RFC 4954 §4; SASL_README
 */
export function auth(session: Session, words: readonly CommandWord[]): Answer {
  const refusal = refuseUngreeted(session);
  if (refusal !== undefined) return refusal;
  if (!offersAuth(session) || isDiscarded('AUTH', session)) return '503 5.5.1 Error: authentication not enabled';
  const beyond = countEvent(session, 'auth');
  if (beyond !== undefined) return beyond;
  if (session.transaction !== undefined) return '503 5.5.1 Error: MAIL transaction in progress';
  if (session.username !== undefined) return '503 5.5.1 Error: already authenticated';
  const [, mechanism, initial, ...more] = words;
  if (mechanism === undefined || more.length > 0) return '501 5.5.4 Syntax: AUTH mechanism';
  const name = mechanism.text.toUpperCase();
  const isOffered = session.settings.get('catch_sasl_mechanisms').some((offered) => offered.toUpperCase() === name);
  const begin = isOffered ? MECHANISMS.get(name) : undefined;
  if (begin === undefined) return fail(session, 'Invalid authentication mechanism');
  if (initial === undefined) return follow(session, name, begin(undefined));
  if (!isBase64Alphabet(initial.text) && initial.text !== '=') {
    return fail(session, 'Invalid base64 data in initial response');
  }
  const response = initial.text === '=' ? Buffer.alloc(0) : decodeBase64(initial.text);
  return follow(session, name, response === undefined ? 'unreadable' : begin(response));
}

/** A login that fails is nothing that the postmaster is told of. */
function fail(session: Session, why: Failure): string {
  return blame(session, undefined, `535 5.7.8 Error: authentication failed: ${why}`);
}

/** What comes of a response: a further question, which the next line answers, or a login. */
function follow(session: Session, mechanism: string, step: SaslStep): Answer {
  if (step === 'unreadable') return fail(session, '(reason unavailable)');
  if ('login' in step) return logIn(session, mechanism, step.login);
  session.continuation = (line, { isCut }) => {
    if (isCut) return blame(session, undefined, '500 5.5.6 SASL response limit exceeded');
    if (line === '*') return blame(session, undefined, '501 5.7.0 Authentication aborted');
    if (!isBase64Alphabet(line)) return fail(session, 'Invalid base64 data in continued response');
    const response = decodeBase64(line);
    return follow(session, mechanism, response === undefined ? 'unreadable' : step.next(response));
  };
  return `334 ${Buffer.from(step.challenge).toString('base64')}`;
}

async function logIn(session: Session, mechanism: string, login: Login): Promise<string> {
  const { username } = login;
  if (!(await checkLogin(session, login))) {
    session.dialogue.note(`no such login: ${username}`);
    return fail(session, '(reason unavailable)');
  }
  return await decided(session, { verb: 'AUTH', mechanism, username }, () => {
    session.username = username;
    session.loginMethod = mechanism;
    session.dialogue.setUsername(username);
    return '235 2.7.0 Authentication successful';
  });
}

/** What can't be base64 by its letters alone is told apart from what can't be decoded. @see Postfix's is_valid_base64 */
function isBase64Alphabet(text: string): boolean {
  return /^[A-Za-z0-9+/]*=*$/.test(text);
}

function decodeBase64(text: string): Buffer | undefined {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
