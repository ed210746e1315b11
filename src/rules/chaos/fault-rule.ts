/** Where in a session a fault strikes: at a command, or at a complete message before (`message`) or after it is kept. */
export type FaultStage = 'connect' | 'helo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'message' | 'kept';

/** What tells one count of a rule from another: each session, client address, sender or recipient has its own. */
export type FaultKey = 'session' | 'client' | 'sender' | 'recipient';

/** Which events a rule is about, each a pattern with `*` and `?`, whatever the case. */
export interface FaultPatterns {
  /** The client's address. */
  readonly client?: string;
  /** As HELO or EHLO gave it. */
  readonly helo?: string;
  /** The SASL login. */
  readonly login?: string;
  /** The reverse-path, without brackets; empty, or `<>`: the null sender. */
  readonly sender?: string;
  /** A recipient; at `data` and later, any of those that were taken. */
  readonly recipient?: string;
}

/** A mistake that the server makes on purpose, so that an app can be seen to deal with it. */
export interface FaultRule extends FaultPatterns {
  readonly at: FaultStage;
  /** Of the events that are meant, the rule strikes so many per cent, 0–100, drawn with `catch_chaos_seed`. */
  readonly probability?: number;
  /** It strikes the first so many events. */
  readonly first?: number;
  /** It lets so many events pass before. */
  readonly after?: number;
  /** It strikes each so-many-th event of those that `after` leaves. */
  readonly every?: number;
  /** What is counted by itself. Nothing: all events together. */
  readonly per?: readonly FaultKey[];
  /** ms from the first event that was counted until counting begins anew. */
  readonly withinMs?: number;
  /** ms to wait before the reply. */
  readonly delayMs?: number;
  /** The reply in the place of the server's, `450 4.2.0 Try again later`: 400–599; after 421 and 521 the server hangs up. */
  readonly reply?: string;
  /** The server hangs up without a reply. */
  readonly disconnect?: boolean;
  /** At `data`: the content is read so slowly, in octets a second. */
  readonly octetsPerSecond?: number;
}

const NAMES: Readonly<Partial<Record<keyof FaultRule, string>>> = {
  withinMs: 'within',
  delayMs: 'delay',
  octetsPerSecond: 'rate',
};

/** A rule as catch_chaos has it: `{ at=rcpt, first=1, per=client recipient, reply=450 4.2.0 Try again later }`. */
export function formatFaultRule(rule: FaultRule): string {
  const attributes = Object.entries(rule).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined || value === false) return [];
    const known = NAMES[name as keyof FaultRule] ?? name;
    return value === true ? [known] : [quote(`${known}=${formatValue(name, value)}`)];
  });
  return `{ ${attributes.join(', ')} }`;
}

function formatValue(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(' ');
  return name.endsWith('Ms') ? formatTime(Number(value)) : String(value);
}

function formatTime(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

/** What holds a comma stands in braces. */
function quote(attribute: string): string {
  return attribute.includes(',') ? `{ ${attribute} }` : attribute;
}
