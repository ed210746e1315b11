import type { FaultRule } from './fault-rule.ts';

/** What is wrong with a rule and how to mend it; undefined if it can be followed. */
export function findFaultRuleFault(rule: FaultRule): string | undefined {
  const { reply, disconnect, delayMs, octetsPerSecond, at } = rule;
  if (reply !== undefined && !REPLY.test(reply)) {
    return `"${reply}" is no reply that refuses: write a code of 400 to 599, and a text, as in 450 4.2.0 Try again later`;
  }
  if (reply !== undefined && disconnect === true) return 'reply and disconnect exclude each other: 421 does both';
  if (octetsPerSecond !== undefined && at !== 'data') return 'rate is about content: write at=data';
  if (reply === undefined && disconnect !== true && delayMs === undefined && octetsPerSecond === undefined) {
    return 'it does nothing: write reply=, disconnect, delay= or rate=';
  }
  for (const { name, as = name, min, max } of RANGES) {
    const value = rule[name];
    if (value !== undefined && !(value >= min && value <= max))
      return `${as} is ${value}: it goes from ${min} to ${max}`;
  }
  return findUnset(rule);
}

/** Without an enhanced code, or with one of the same class. RFC 3463 §2. */
const REPLY = /^(?:([45])[0-9][0-9] (?!\d+\.\d+\.\d+(?: |$))|([45])[0-9][0-9] \2\.\d{1,3}\.\d{1,3} )[ -~]*[!-~]$/;
/** A day: longer than any client waits. */
const MOST_MS = 86_400_000;
const MOST = Number.MAX_SAFE_INTEGER;
const RANGES: readonly {
  readonly name: 'probability' | 'first' | 'after' | 'every' | 'withinMs' | 'delayMs' | 'octetsPerSecond';
  readonly as?: string;
  readonly min: number;
  readonly max: number;
}[] = [
  { name: 'probability', min: 0, max: 100 },
  { name: 'first', min: 1, max: MOST },
  { name: 'after', min: 1, max: MOST },
  { name: 'every', min: 1, max: MOST },
  { name: 'withinMs', as: 'within (ms)', min: 1, max: MOST },
  { name: 'delayMs', as: 'delay (ms)', min: 0, max: MOST_MS },
  { name: 'octetsPerSecond', as: 'rate', min: 1, max: MOST },
];

/** Where a session hasn't come to yet nothing is known that could be matched. */
function findUnset({ at, sender, recipient, per = [] }: FaultRule): string | undefined {
  const isBeforeMail = ['connect', 'helo', 'starttls', 'auth'].includes(at);
  const isBeforeRcpt = isBeforeMail || at === 'mail';
  if ((sender !== undefined || per.includes('sender')) && isBeforeMail) return `there is no sender yet at ${at}`;
  if ((recipient !== undefined || per.includes('recipient')) && isBeforeRcpt)
    return `there is no recipient yet at ${at}`;
  return undefined;
}
