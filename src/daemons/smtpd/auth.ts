import type { CommandWord } from '../../rules/address/command-line.ts';
import { decided, type Answer } from './decide.ts';
import { refuseUngreeted } from './helo.ts';
import type { Session } from './session.ts';

const FAILED = '535 5.7.8 Error: authentication failed:';
const UNREADABLE = `${FAILED} (reason unavailable)`;
const ASK_USERNAME = '334 VXNlcm5hbWU6';
const ASK_PASSWORD = '334 UGFzc3dvcmQ6';

/**
 * AUTH: any name and password will do, with or without TLS. What the client got wrong in the exchange itself is said.
 * @see RFC 4954 §4, RFC 4616 (PLAIN), draft-murchison-sasl-login
 */
export function auth(session: Session, words: readonly CommandWord[]): Answer {
  const refusal = refuseUngreeted(session);
  if (refusal !== undefined) return refusal;
  if (session.transaction !== undefined) return '503 5.5.1 Error: MAIL transaction in progress';
  if (session.username !== undefined) return '503 5.5.1 Error: already authenticated';
  const [, mechanism, initial, ...more] = words;
  if (mechanism === undefined || more.length > 0) return '501 5.5.4 Syntax: AUTH mechanism';
  switch (mechanism.text.toUpperCase()) {
    case 'PLAIN':
      return initial === undefined
        ? ask(session, '334 ', (octets) => plain(session, octets))
        : initially(initial, (octets) => plain(session, octets));
    case 'LOGIN':
      return initial === undefined
        ? ask(session, ASK_USERNAME, (octets) => login(session, octets))
        : initially(initial, (octets) => login(session, octets));
    default:
      return `${FAILED} Invalid authentication mechanism`;
  }
}

function plain(session: Session, octets: Buffer): Answer {
  const [, username, password, ...more] = octets.toString().split('\0');
  if (username === undefined || password === undefined || more.length > 0) return UNREADABLE;
  return logIn(session, 'PLAIN', username);
}

function login(session: Session, username: Buffer): Answer {
  return ask(session, ASK_PASSWORD, () => logIn(session, 'LOGIN', username.toString()));
}

function logIn(session: Session, mechanism: string, username: string): Answer {
  return decided(session, { verb: 'AUTH', mechanism, username }, () => {
    session.username = username;
    session.dialogue.setUsername(username);
    return '235 2.7.0 Authentication successful';
  });
}

/** The response that came with the command; `=` stands for an empty one. */
function initially(word: CommandWord, proceed: (octets: Buffer) => Answer): Answer {
  const octets = word.text === '=' ? Buffer.alloc(0) : decodeBase64(word.text);
  return octets === undefined ? UNREADABLE : proceed(octets);
}

/** Asks for a response, which the next line will be. */
function ask(session: Session, challenge: string, proceed: (octets: Buffer) => Answer): string {
  session.continuation = (line) => {
    if (line === '*') return '501 5.7.0 Authentication aborted';
    const octets = decodeBase64(line);
    return octets === undefined ? `${FAILED} Invalid base64 data in continued response` : proceed(octets);
  };
  return challenge;
}

function decodeBase64(text: string): Buffer | undefined {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
