import type { Clock } from '../../clock.ts';
import type { Lookups } from '../../lookups/lookups.ts';
import { toErrorClass } from '../../rules/cleanup/rejection.ts';
import { decideContent } from '../../rules/decide-content.ts';
import { fromOctets } from '../../rules/octets.ts';
import type { RuleWorld } from '../../rules/world.ts';
import { toMail } from '../../store/mail-of.ts';
import type { DecideContent } from '../smtpd/decide.ts';

/** What content decisions are made with. */
export interface ContentDecisionOptions {
  readonly currentWorld: () => RuleWorld;
  readonly decide: Lookups['decide'];
  readonly clock: Clock;
}

/** Whether cleanup(8) would refuse a message that access rules let in. */
export function openContentDecision({ currentWorld, decide, clock }: ContentDecisionOptions): DecideContent {
  return async (message, { actions, signal }) => {
    const mail = toMail(message, { raw: message.raw, nowMs: Math.floor(clock.nowMs()) });
    const { value } = await decide(() => decideContent(mail, actions, currentWorld()), { signal });
    const { end, log } = value;
    if (end.state !== 'rejected') return undefined;
    const reply = { code: end.code, enhanced: end.dsn, text: fromOctets(end.text) };
    return { reply, errorClass: toErrorClass(end), log };
  };
}
