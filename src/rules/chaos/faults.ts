import { formatFaultRule, type FaultPatterns, type FaultRule, type FaultStage } from './fault-rule.ts';

/** Something that a client does, which a fault may strike. */
export interface FaultEvent {
  readonly at: FaultStage;
  /** ms since 1970. */
  readonly nowMs: number;
  /** Names the session. */
  readonly session: string;
  /** The client's address. */
  readonly client: string;
  /** Empty before HELO. */
  readonly helo: string;
  /** Empty without AUTH. */
  readonly login: string;
  /** Without brackets; empty for the null sender, and where there is none yet. */
  readonly sender: string;
  /** At `rcpt` the one that is asked for, later those that were taken. */
  readonly recipients: readonly string[];
}

/** How often a rule was asked, and struck. */
export interface FaultCount {
  /** As catch_chaos has it. */
  readonly rule: string;
  /** Events that it is about. */
  readonly seen: number;
  readonly struck: number;
}

/** A rule with what it has counted. */
export interface Fault {
  readonly rule: FaultRule;
  /** As catch_chaos has it. */
  readonly text: string;
  /** Counts an event, if the rule is about it. @returns whether it strikes */
  meet(event: FaultEvent): boolean;
  count(): FaultCount;
}

/** Of so many keys a rule keeps counts; of those that come beyond, the oldest is forgotten. */
const MOST_KEYS = 10_000;

/**
 * A rule that has counted nothing yet. The same events, seed and rule make the same faults.
 * @param seed what probabilities are drawn with
 */
export function openFault(rule: FaultRule, seed: number): Fault {
  const text = formatFaultRule(rule);
  const isMeant = compile(rule);
  const draw = openDraws(seed, text);
  const counts = new Map<string, { since: number; count: number }>();
  let seen = 0;
  let struck = 0;

  const countFor = (event: FaultEvent): number => {
    const key = toKey(rule, event);
    const before = counts.get(key);
    const isOver = before !== undefined && event.nowMs - before.since >= (rule.withinMs ?? Infinity);
    const current = before === undefined || isOver ? { since: event.nowMs, count: 0 } : before;
    current.count += 1;
    if (current !== before) {
      counts.delete(key);
      counts.set(key, current);
      const [oldest] = counts.keys();
      if (counts.size > MOST_KEYS && oldest !== undefined) counts.delete(oldest);
    }
    return current.count;
  };
  return {
    rule,
    text,
    meet(event) {
      if (event.at !== rule.at || !isMeant(event)) return false;
      seen += 1;
      if (!isDue(rule, countFor(event))) return false;
      if (rule.probability !== undefined && draw() * 100 >= rule.probability) return false;
      struck += 1;
      return true;
    },
    count: () => ({ rule: text, seen, struck }),
  };
}

/** @param count of events, this one included */
function isDue({ first, after = 0, every = 1 }: FaultRule, count: number): boolean {
  const beyond = count - after;
  return beyond > 0 && beyond % every === 0 && (first === undefined || beyond <= first * every);
}

function toKey({ per = [] }: FaultRule, { session, client, sender, recipients }: FaultEvent): string {
  const parts = { session, client, sender: fold(sender), recipient: recipients.map(fold).toSorted().join('\n') };
  return JSON.stringify(per.map((key) => parts[key]));
}

function compile({ client, helo, login, sender, recipient }: FaultPatterns): (event: FaultEvent) => boolean {
  const isClient = toMatcher(client);
  const isHelo = toMatcher(helo);
  const isLogin = toMatcher(login);
  const isSender = toMatcher(sender === '<>' ? '' : sender);
  const isRecipient = toMatcher(recipient);
  return (event) =>
    isClient(event.client) &&
    isHelo(event.helo) &&
    isLogin(event.login) &&
    isSender(event.sender) &&
    (recipient === undefined || event.recipients.some(isRecipient));
}

/** `*` stands for any characters, `?` for one. */
function toMatcher(pattern: string | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  const pieces = fold(pattern)
    .split(/\*+/)
    .map((piece) => piece.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('?', '.'));
  const expression = new RegExp(`^${pieces.join('.*')}$`, 's');
  return (text) => expression.test(fold(text));
}

function fold(text: string): string {
  return text.toLowerCase();
}

/** Numbers from 0 up to 1, the same for the same seed and text. @see https://github.com/bryc/code, mulberry32 */
function openDraws(seed: number, text: string): () => number {
  let state = seed | 0;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x9e37_79b1);
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
