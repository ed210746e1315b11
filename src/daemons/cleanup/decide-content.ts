import type { Clock } from '../../clock.ts';
import type { Lookups } from '../../lookups/lookups.ts';
import { explain } from '../../rules/explain.ts';
import { fromOctets } from '../../rules/octets.ts';
import type { RuleWorld } from '../../rules/world.ts';
import { toMail } from '../qmgr/mail-of.ts';
import type { DecideContent } from '../smtpd/decide.ts';

/** What content decisions are made with. */
export interface ContentDecisionOptions {
  readonly currentWorld: () => RuleWorld;
  readonly decide: Lookups['decide'];
  readonly clock: Clock;
}

const NEVER = new AbortController().signal;

/** Whether cleanup(8) would refuse a message that access rules let in: header and body checks, loops, broken tables. */
export function openContentDecision({ currentWorld, decide, clock }: ContentDecisionOptions): DecideContent {
  return async (message) => {
    const mail = toMail(message, { raw: message.raw, nowMs: Math.floor(clock.nowMs()) });
    const { value } = await decide(() => explain(mail, currentWorld()), { signal: NEVER });
    const [first] = value.journey.messages;
    const isRefused = first?.state === 'rejected' && value.refusals.every((refusal) => refusal === undefined);
    const [, code, enhanced, text] = /^([0-9]+) ([0-9.]+) (.*)$/s.exec(isRefused ? (first.reason ?? '') : '') ?? [];
    if (code === undefined || enhanced === undefined || text === undefined) return undefined;
    return { code: Number(code), enhanced, text: fromOctets(text) };
  };
}
