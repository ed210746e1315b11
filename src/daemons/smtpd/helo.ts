import type { CommandWord } from '../../rules/address/command-line.ts';
import { toHeloName } from '../../rules/access/helo-name.ts';
import { XCLIENT_ATTRIBUTES } from '../../rules/access/xclient.ts';
import { XFORWARD_ATTRIBUTES } from '../../rules/access/xforward.ts';
import { fromOctets, toOctets } from '../../rules/octets.ts';
import { blame, decided, type Answer } from './decide.ts';
import { isDiscarded, takesSmtputf8 } from './ehlo-keywords.ts';
import { logSession, refuseForLocalData } from './log-session.ts';
import { toPeerText } from './peer-text.ts';
import { offersAuth } from './auth.ts';
import { findMechanisms } from './sasl-server.ts';
import { endTransaction, type Session } from './session.ts';
import { offersStarttls } from './starttls.ts';

/**
 * HELO, EHLO and LMTP's LHLO: who the client says it is. They end a transaction in progress.
 * @see RFC 5321 §4.1.1.1
 */
export function helo(session: Session, words: readonly CommandWord[], verb: 'HELO' | 'EHLO' | 'LHLO'): Answer {
  if (words.length < 2) return `501 Syntax: ${verb} hostname`;
  const name = words
    .slice(1)
    .map((word) => word.text)
    .join(' ')
    .replaceAll(/[\0-\x1f\x7f]/g, '?');
  return decided(session, { verb, name }, () => {
    session.record.close({ peer: toPeerText(session), isFlush: true });
    endTransaction(session);
    session.helo = fromOctets(toHeloName(toOctets(name)));
    if (verb !== 'HELO') session.protocol = verb === 'EHLO' ? 'ESMTP' : 'LMTP';
    session.dialogue.setHelo(name);
    const host = session.settings.get('myhostname');
    if (verb !== 'HELO' && session.allowance.discarded === undefined) {
      logSession(session, `warning: don't know what EHLO features to announce to ${toPeerText(session)}`);
      return refuseForLocalData(session, verb);
    }
    if (verb === 'HELO') return `250 ${host}`;
    const say = (mechanisms: readonly string[]): string => toMultiLine(host, extensions(session, mechanisms));
    const found = offersAuth(session) ? findMechanisms(session) : [];
    return found instanceof Promise ? found.then(say) : say(found);
  });
}

/** What a client that hasn't said HELO yet is told, if it must. @see postconf(5), smtpd_helo_required */
export function refuseUngreeted(session: Session): string | undefined {
  const isMissing = session.helo === undefined && session.rules?.view.isYes('smtpd_helo_required') === true;
  return isMissing ? blame(session, 'policy', '503 5.5.1 Error: send HELO/EHLO first') : undefined;
}

/** What we can do, in Postfix's order. @param names of the mechanisms that a client may log in by */
function extensions(session: Session, names: readonly string[]): readonly string[] {
  const { settings, allowance, rules } = session;
  const sizeLimit = settings.get('message_size_limit');
  const isYes = (parameter: string) => rules?.view.isYes(parameter) === true;
  const mechanisms = names.join(' ');
  const announcesAuth = names.length > 0 && !allowance.hidesAuth;
  const all = [
    'PIPELINING',
    sizeLimit > 0 ? `SIZE ${sizeLimit}` : 'SIZE',
    ...(isYes('disable_vrfy_command') ? [] : ['VRFY']),
    'ETRN',
    ...(offersStarttls(session) ? ['STARTTLS'] : []),
    ...(announcesAuth ? [`AUTH ${mechanisms}`] : []),
    ...(announcesAuth && isYes('broken_sasl_auth_clients') ? [`AUTH=${mechanisms}`] : []),
    ...(allowance.xverp ? ['XVERP'] : []),
    ...(allowance.xclient ? [`XCLIENT ${XCLIENT_ATTRIBUTES}`] : []),
    ...(allowance.xforward ? [`XFORWARD ${XFORWARD_ATTRIBUTES}`] : []),
    'ENHANCEDSTATUSCODES',
    '8BITMIME',
    'DSN',
    ...(takesSmtputf8(session) ? ['SMTPUTF8'] : []),
    'CHUNKING',
  ];
  return all.filter((line) => !isDiscarded(toDiscardKeyword(line), session));
}

/** How smtpd_discard_ehlo_keywords calls it. QUIRK: XVERP is called `verp`. */
function toDiscardKeyword(line: string): string {
  return line === 'XVERP' ? 'VERP' : line.split(/[ =]/, 1).join();
}

function toMultiLine(first: string, rest: readonly string[]): string {
  const lines = [first, ...rest];
  return lines.map((line, index) => `250${index < lines.length - 1 ? '-' : ' '}${line}`).join('\r\n');
}
