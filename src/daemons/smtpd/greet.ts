import { readAllowance, type Allowance } from './allowance.ts';
import { countConnection } from './client-limits.ts';
import { decided, type Answer } from './decide.ts';
import { refuseCertificate } from './starttls.ts';
import { logSession } from './log-session.ts';
import type { Session } from './session.ts';

/**
 * The banner: after the connection, and after XCLIENT.
 * @see RFC 5321 §3.1
 */
export function greet(session: Session, { isPlayed }: { readonly isPlayed: boolean }): Answer {
  const { rules, settings, peer, signal, proxyFault } = session;
  if (proxyFault !== undefined) {
    logSession(session, `warning: haproxy read: ${proxyFault}`);
    session.dialogue.note(`the proxy’s header can’t be read: ${proxyFault}`);
    return `421 4.3.0 ${settings.get('myhostname')} Server local error`;
  }
  // QUIRK: where TLS begins at once, Postfix waits for a command to say so, which no client sends before the banner.
  const fault = refuseCertificate(session);
  if (fault !== undefined) return fault;
  const say = (allowance: Allowance): Answer => {
    session.allowance = allowance;
    session.isDenied = false;
    const refusal = countConnection(session);
    if (refusal !== undefined) return refusal;
    return decided(session, { verb: 'CONNECT', isPlayed }, () => `220 ${toBanner(session)}`);
  };
  const allowance = rules && readAllowance(rules, peer, signal);
  if (allowance === undefined) return say(session.allowance);
  return allowance instanceof Promise ? allowance.then(say) : say(allowance);
}

/** With LMTP's name, where that is spoken. @see RFC 2033 §4.1 */
function toBanner({ settings, isLmtp }: Session): string {
  const banner = settings.get('smtpd_banner');
  return isLmtp === true ? banner.replace(/\bE?SMTP\b/, 'LMTP') : banner;
}
