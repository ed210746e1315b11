import { listDestinations, type Destination } from '../../rules/destinations.ts';
import { applyEdits } from '../../rules/cleanup/edit-script.ts';
import type { Explained } from '../../rules/explain.ts';
import type { Journey } from '../../rules/journey.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import { parseHeaderFields } from '../../message/header-fields.ts';
import type { EndKey } from './expectation.ts';

/** What became of a test's mail, in the terms of what tests expect. */
export interface Observed {
  readonly journey: Journey;
  readonly ends: readonly ObservedEnd[];
  /** As queued; empty for the null sender. */
  readonly sender: Octets;
  /** Where the mail waits: `none`, `active`, `deferred` or `hold`. */
  readonly queue: Octets;
  /** Of the message as queued, decoded; undefined if it wasn't. */
  readonly headers: readonly { readonly name: string; readonly value: Octets }[] | undefined;
  /** `cleanup: message-id=<…>`. */
  readonly log: readonly Octets[];
}

/** One of its ends. */
export interface ObservedEnd {
  readonly destination: Destination;
  /** Undefined where it has no such thing: a mailbox, of mail that goes elsewhere. */
  get(key: EndKey): Octets | undefined;
}

/** The reply that a client got last for a recipient. */
interface GivenReply {
  readonly code: string;
  readonly enhanced: string;
  readonly text: Octets;
  readonly stage: string;
}

/** Looks at what became of mail. @param raw its content as it came */
export function observe({ journey, refusals, edits }: Explained, raw: Uint8Array): Observed {
  const [first] = journey.messages;
  const roots = journey.nodes.flatMap(({ message, parent }, id) => (message === 1 && parent === undefined ? [id] : []));
  const replies = roots.map((_, index): GivenReply => {
    const refusal = refusals[index];
    if (refusal === undefined) return toFinalReply(journey);
    const { code, enhanced, text } = refusal.reply;
    return { code: String(code), enhanced, text, stage: refusal.stage };
  });
  const queued = first?.state === 'queued' || first?.state === 'held' ? applyEdits(raw, edits) : undefined;
  return {
    journey,
    ends: listDestinations(journey).map((destination) => {
      const reply = replies[roots.indexOf(destination.root)];
      return { destination, get: (key) => valueOf(key, destination, reply) };
    }),
    sender: first?.sender ?? '',
    queue: findQueue(journey),
    headers:
      queued &&
      parseHeaderFields(queued).map(({ name, value }) => ({ name: name.toLowerCase(), value: toOctets(value) })),
    log: journey.messages
      .filter(({ isHypothetical }) => isHypothetical !== true)
      .flatMap(({ log }) => log.map(({ program, text }) => `${program}: ${text}`)),
  };
}

/** Of a recipient that was taken: the reply to the content. */
function toFinalReply({ messages: [message] }: Journey): GivenReply {
  const stage = 'END-OF-DATA';
  if (message?.state !== 'rejected') return { code: '250', enhanced: '2.0.0', text: 'Ok: queued', stage };
  const [, code = '', enhanced = '', text = ''] = /^(\d+) (\S+) (.*)$/s.exec(message.reason ?? '') ?? [];
  return { code, enhanced, text, stage };
}

function valueOf(key: EndKey, destination: Destination, reply: GivenReply | undefined): Octets | undefined {
  const { recipient, original = recipient, act } = destination;
  switch (key) {
    case 'transport':
    case 'nexthop':
    case 'status':
    case 'dsn':
    case 'text':
      return destination[key];
    case 'recipient':
      return recipient;
    case 'orig_to':
      return original;
    case 'mailbox':
      return act?.kind === 'mailbox' ? act.path : undefined;
    case 'command':
      return act?.kind === 'command' ? act.command : act?.kind === 'pipe' ? act.argv.join(' ') : undefined;
    case 'reply':
      return reply && `${reply.code} ${reply.enhanced} ${reply.text}`;
    case 'reply code':
      return reply?.code;
    case 'reply enhanced':
      return reply?.enhanced;
    case 'reply text':
      return reply?.text;
    case 'reply stage':
      return reply?.stage;
  }
}

function findQueue({ messages, nodes }: Journey): Octets {
  if (messages.some(({ state }) => state === 'held')) return 'hold';
  const hypothetical = new Set(messages.flatMap(({ number, isHypothetical }) => (isHypothetical ? [number] : [])));
  const waiting = nodes.flatMap(({ message, delivery }) => {
    if (delivery === undefined || hypothetical.has(message)) return [];
    return delivery.waitsIn ?? (delivery.status === 'deferred' ? 'deferred' : []);
  });
  return waiting.find((queue) => queue === 'active') ?? waiting[0] ?? 'none';
}
