import { decided, type Answer } from './decide.ts';
import { readAllowance } from './rules.ts';
import type { Session } from './session.ts';

/**
 * The banner: after the connection, and after XCLIENT.
 * @see RFC 5321 §3.1
 */
export function greet(session: Session, { isPlayed }: { readonly isPlayed: boolean }): Answer {
  const { rules, settings } = session;
  const say = () => {
    session.isDenied = false;
    return decided(session, { verb: 'CONNECT', isPlayed }, () => `220 ${settings.get('smtpd_banner')}`);
  };
  const isAnyoneAllowed = rules && XCLIENT_PARAMETERS.some((name) => rules.view.get(name) !== '');
  if (!isAnyoneAllowed) return say();
  return readAllowance(rules, session.peer, session.signal).then((allowance) => {
    session.allowance = allowance;
    return say();
  });
}

const XCLIENT_PARAMETERS = ['smtpd_authorized_xclient_hosts', 'smtpd_authorized_xforward_hosts'];
