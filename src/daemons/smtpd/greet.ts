import { readAllowance, type Allowance } from './allowance.ts';
import { countConnection } from './client-limits.ts';
import { decided, type Answer } from './decide.ts';
import type { Session } from './session.ts';

/**
 * The banner: after the connection, and after XCLIENT.
 * @see RFC 5321 §3.1
 */
export function greet(session: Session, { isPlayed }: { readonly isPlayed: boolean }): Answer {
  const { rules, settings, peer, signal } = session;
  const say = (allowance: Allowance): Answer => {
    session.allowance = allowance;
    session.isDenied = false;
    const refusal = countConnection(session);
    if (refusal !== undefined) return refusal;
    return decided(session, { verb: 'CONNECT', isPlayed }, () => `220 ${settings.get('smtpd_banner')}`);
  };
  const allowance = rules && readAllowance(rules, peer, signal);
  if (allowance === undefined) return say(session.allowance);
  return allowance instanceof Promise ? allowance.then(say) : say(allowance);
}
