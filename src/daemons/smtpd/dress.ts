import { dressReply, type FooterFacts } from '../../rules/access/reject-footer.ts';
import { fromOctets, toOctets } from '../../rules/octets.ts';
import type { Answer } from './decide.ts';
import type { SessionRules } from './rules.ts';
import type { Session } from './session.ts';

/** Makes replies those that are sent: with smtpd_reject_footer, and as soft_bounce has them. Stays synchronous where it can. */
export function dress(session: Session, answer: Answer): Answer {
  const { rules } = session;
  if (rules === undefined || !isDressed(rules)) return answer;
  return typeof answer === 'string'
    ? dressNow(session, rules, answer)
    : answer.then((reply) => dressNow(session, rules, reply));
}

function isDressed({ view }: SessionRules): boolean {
  return view.once('replies are dressed', () => {
    const isFooted = view.raw('smtpd_reject_footer') !== '' || view.get('smtpd_reject_footer_maps') !== '';
    return isFooted || view.isYes('soft_bounce');
  });
}

async function dressNow(session: Session, { view, decide }: SessionRules, reply: string): Promise<string> {
  if (!/^[45]/.test(reply)) return reply;
  const facts = () => toFacts(session);
  const { value } = await decide(() => dressReply(toOctets(reply), view, facts), { signal: session.signal });
  return fromOctets(value);
}

function toFacts({ peer, helo, transaction, access, clock }: Session): FooterFacts {
  return {
    client: peer,
    helo: helo === undefined ? undefined : toOctets(helo),
    sender: transaction && toOctets(transaction.reversePath.mailbox),
    recipient: transaction && access.transaction?.recipient,
    localTime: toLocalTime(clock.nowMs()),
  };
}

/** @see strftime(3), `%b %d %H:%M:%S` */
function toLocalTime(nowMs: number): string {
  const [, month = '', day = '', , time = ''] = new Date(nowMs).toString().split(' ');
  return `${month} ${day} ${time}`;
}
