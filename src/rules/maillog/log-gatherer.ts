import type { Octets } from '../octets.ts';
import type { LoggedAction, LoggedDelivery, LogEvent } from './log-event.ts';
import type { LogRecord } from './log-record.ts';

/** How a message came, as far as its lines tell. */
export interface LoggedOrigin {
  /** The tag of the smtpd(8) that took it; undefined if it came otherwise, or if that isn't in the log. */
  readonly smtpd?: Octets;
  readonly client?: { readonly name: Octets; readonly address: Octets };
  /** SASL login. */
  readonly login?: Octets;
  /** In external form; undefined if it isn't in the log. */
  readonly sender?: Octets;
}

/** A message, as the lines of the log that name it tell of it; with those that local(8) made of it. */
export interface LoggedMessage extends LoggedOrigin {
  readonly queueId: Octets;
  /** A rule put it on hold. */
  readonly isHeld: boolean;
  /** The last word on each recipient, with who said it. */
  readonly deliveries: readonly LoggedEnd[];
}

/** A delivery, and the program that logged it. */
export interface LoggedEnd extends LoggedDelivery {
  readonly syslogName: Octets;
  readonly program: Octets;
}

/** What the log tells, once it is all told. */
export type Gathered =
  | { readonly kind: 'message'; readonly message: LoggedMessage }
  | { readonly kind: 'action'; readonly action: LoggedAction; readonly record: LogRecord };

/** Puts lines together. */
export interface LogGatherer {
  /** @returns what this line completes */
  add(record: LogRecord, event: LogEvent): readonly Gathered[];
  /** The log is over. @returns all that is left, oldest first */
  end(): readonly Gathered[];
}

/** More messages aren't kept in mind: of the oldest no further line is waited for. */
const MAX_OPEN = 20_000;
/** More recipients of one message aren't kept in mind. */
const MAX_ENDS = 5_000;

interface OpenMessage {
  readonly queueId: Octets;
  origin: LoggedOrigin;
  isHeld: boolean;
  isRemoved: boolean;
  /** Its own sender gave none of it: another message did. */
  isMade: boolean;
  /** sendmail(1) handed it in. */
  isPickedUp: boolean;
  readonly ends: Map<string, LoggedEnd>;
  group: Group;
}

/** Messages that were made of each other. */
interface Group {
  members: OpenMessage[];
  /** How many are still in the queue. */
  waiting: number;
}

/**
 * Opens one. Its memory is bounded. A message is complete when it has left the queue, with all that local(8) made of it;
 * notices of bounce(8) are left out.
 */
export function openLogGatherer({ maxOpen = MAX_OPEN }: { readonly maxOpen?: number } = {}): LogGatherer {
  const open = new Map<Octets, OpenMessage>();
  return { add, end: () => [...new Set([...open.values()].map(({ group }) => group))].flatMap(finish) };

  function add(record: LogRecord, event: LogEvent): readonly Gathered[] {
    const acted: Gathered[] = event.kind === 'action' ? [{ kind: 'action', action: event, record }] : [];
    if (record.queueId === undefined || event.kind === 'complaint') return acted;
    const message = open.get(record.queueId) ?? begin(record.queueId);
    note(message, record, event);
    if (event.kind === 'delivery' && event.forwardedAs !== undefined) join(message, event.forwardedAs);
    const isDone = event.kind === 'removed' && message.group.waiting === 0;
    const done = isDone ? finish(message.group) : [];
    const oldest = open.size > maxOpen ? open.values().next().value : undefined;
    return [...acted, ...done, ...(oldest === undefined ? [] : finish(oldest.group))];
  }

  function begin(queueId: Octets): OpenMessage {
    const group: Group = { members: [], waiting: 1 };
    const message: OpenMessage = {
      queueId,
      origin: {},
      isHeld: false,
      isRemoved: false,
      isMade: false,
      isPickedUp: false,
      ends: new Map(),
      group,
    };
    group.members.push(message);
    open.set(queueId, message);
    return message;
  }

  function join(message: OpenMessage, queueId: Octets): void {
    const made = open.get(queueId) ?? begin(queueId);
    made.isMade = true;
    const [into, from] =
      message.group.members.length >= made.group.members.length
        ? [message.group, made.group]
        : [made.group, message.group];
    if (into === from) return;
    for (const member of from.members) member.group = into;
    into.members.push(...from.members);
    into.waiting += from.waiting;
  }

  function finish(group: Group): readonly Gathered[] {
    for (const { queueId } of group.members) open.delete(queueId);
    // Where messages go round in a circle, the first is where it began.
    const first = group.members.find(({ isMade }) => !isMade) ?? group.members[0];
    if (first === undefined || isNotice(first)) return [];
    const { queueId, origin, isHeld } = first;
    const deliveries = group.members.flatMap(({ ends }) => [...ends.values()]);
    return [{ kind: 'message', message: { queueId, ...origin, isHeld, deliveries } }];
  }
}

/** What a line tells of how its message came. */
export function readOrigin({ syslogName }: Pick<LogRecord, 'syslogName'>, event: LogEvent): LoggedOrigin {
  if (event.kind === 'active' || event.kind === 'picked up') return { sender: event.sender };
  if (event.kind !== 'received') return {};
  const { name, address, fields } = event;
  const login = fields.get('sasl_username');
  return { smtpd: syslogName, client: { name, address }, ...(login !== undefined && { login }) };
}

function note(message: OpenMessage, record: LogRecord, event: LogEvent): void {
  message.origin = { ...message.origin, ...readOrigin(record, event) };
  switch (event.kind) {
    case 'picked up':
      message.isPickedUp = true;
      return;
    case 'action':
      if (event.action === 'hold') message.isHeld = true;
      return;
    case 'delivery': {
      const { syslogName, program } = record;
      // Tried again and again: the last word counts. An address's file and command are told apart by what is said.
      const what = event.status === 'sent' ? event.text : '';
      const who = [event.to, event.origTo ?? '', program];
      const key = JSON.stringify([...who, isLocal(event) ? what : '']);
      message.ends.delete(JSON.stringify([...who, '']));
      if (message.ends.has(key) || message.ends.size < MAX_ENDS)
        message.ends.set(key, { ...event, syslogName, program });
      return;
    }
    case 'removed':
      if (message.isRemoved) return;
      message.isRemoved = true;
      message.group.waiting -= 1;
      return;
    case 'received':
    case 'active':
    case 'content':
    case 'notified':
    case 'complaint':
      return;
  }
}

/** Nobody handed it in, and nobody gets an answer: bounce(8) wrote it, which says so only when it is gone. */
function isNotice({ origin: { client, sender }, isPickedUp }: OpenMessage): boolean {
  return client === undefined && !isPickedUp && sender === '';
}

/** An agent of this machine has its own name there. */
function isLocal({ relay }: LoggedDelivery): boolean {
  return relay !== 'none' && !relay.includes('[');
}
