import type { CommandWord } from '../../rules/address/command-line.ts';
import { countEvent } from './client-limits.ts';
import { blame, decided, type Answer } from './decide.ts';
import type { AuthReply, DovecotAuth } from './dovecot-auth.ts';
import { isDiscarded } from './ehlo-keywords.ts';
import { refuseUngreeted } from './helo.ts';
import { checkLogin, MECHANISMS, type Login, type SaslStep } from './sasl.ts';
import { findDovecot, listMechanisms } from './sasl-server.ts';
import type { Session } from './session.ts';
import { readTlsLevel } from './starttls.ts';

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
  const asked = { name: mechanism.text.toUpperCase(), initial: initial?.text };
  const begin = (dovecot: DovecotAuth | undefined): Answer => {
    if (!listMechanisms(session, dovecot).includes(asked.name))
      return fail(session, 'Invalid authentication mechanism');
    if (initial !== undefined && !isBase64Alphabet(initial.text) && initial.text !== '=') {
      return fail(session, 'Invalid base64 data in initial response');
    }
    return dovecot === undefined ? beginHere(session, asked) : beginThere(session, dovecot, asked);
  };
  const dovecot = findDovecot(session);
  return dovecot === undefined ? begin(undefined) : dovecot.then(begin);
}

/** What a client asks for. @property initial its response, as it came; `=` is an empty one */
interface Asked {
  readonly name: string;
  readonly initial: string | undefined;
}

/** Asks Dovecot's authentication server, which knows the mechanism. */
async function beginThere(session: Session, dovecot: DovecotAuth, { name, initial }: Asked): Promise<string> {
  const { peer, server } = session;
  const reply = await dovecot.begin({
    mechanism: name,
    initial: initial === '=' ? '' : initial,
    isSecured: peer.isEncrypted,
    client: { address: peer.address, port: peer.port },
    server,
  });
  return await followThere(session, { dovecot, mechanism: name, reply });
}

/** What comes of what the server says: a further question, which the next line answers, or a login, or none. */
async function followThere(
  session: Session,
  {
    dovecot,
    mechanism,
    reply,
  }: { readonly dovecot: DovecotAuth; readonly mechanism: string; readonly reply: AuthReply },
): Promise<string> {
  if ('username' in reply) return await welcome(session, mechanism, reply.username);
  if ('refusal' in reply) {
    const why = reply.refusal ?? '(reason unavailable)';
    session.dialogue.note(`Dovecot’s authentication server says no: ${why}`);
    return reply.isTemporary
      ? blame(session, undefined, `454 4.7.0 Temporary authentication failure: ${why}`)
      : fail(session, why);
  }
  session.continuation = (line, { isCut }) => {
    const refusal = refuseResponse(session, { line, isCut });
    if (refusal !== undefined) return refusal;
    return dovecot.go(line).then((next) => followThere(session, { dovecot, mechanism, reply: next }));
  };
  return `334 ${reply.challenge}`;
}

function beginHere(session: Session, { name, initial }: Asked): Answer {
  const begin = MECHANISMS.get(name);
  if (begin === undefined) return fail(session, 'Invalid authentication mechanism');
  if (initial === undefined) return follow(session, name, begin(undefined));
  const response = initial === '=' ? Buffer.alloc(0) : decodeBase64(initial);
  return follow(session, name, response === undefined ? 'unreadable' : begin(response));
}

/** A login that fails is nothing that the postmaster is told of. */
function fail(session: Session, why: string): string {
  return blame(session, undefined, `535 5.7.8 Error: authentication failed: ${why}`);
}

/** What comes of a response: a further question, which the next line answers, or a login. */
function follow(session: Session, mechanism: string, step: SaslStep): Answer {
  if (step === 'unreadable') return fail(session, '(reason unavailable)');
  if ('login' in step) return logIn(session, mechanism, step.login);
  session.continuation = (line, { isCut }) => {
    const refusal = refuseResponse(session, { line, isCut });
    if (refusal !== undefined) return refusal;
    const response = decodeBase64(line);
    return follow(session, mechanism, response === undefined ? 'unreadable' : step.next(response));
  };
  return `334 ${Buffer.from(step.challenge).toString('base64')}`;
}

/** What is wrong with a line that goes on with the exchange. */
function refuseResponse(
  session: Session,
  { line, isCut }: { readonly line: string; readonly isCut: boolean },
): string | undefined {
  if (isCut) return blame(session, undefined, '500 5.5.6 SASL response limit exceeded');
  if (line === '*') return blame(session, undefined, '501 5.7.0 Authentication aborted');
  return isBase64Alphabet(line) ? undefined : fail(session, 'Invalid base64 data in continued response');
}

async function logIn(session: Session, mechanism: string, login: Login): Promise<string> {
  const { username } = login;
  if (!(await checkLogin(session, login))) {
    session.dialogue.note(`no such login: ${username}`);
    return fail(session, '(reason unavailable)');
  }
  return await welcome(session, mechanism, username);
}

async function welcome(session: Session, mechanism: string, username: string): Promise<string> {
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
