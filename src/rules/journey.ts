import type { Octets } from './octets.ts';
import type { RecordedAnswers } from './question.ts';
import type { DeliveryStatus, TraceStep } from './trace.ts';

/**
 * Where Postfix would take a message, and why: for each recipient a tree, and the messages that Postfix would make of
 * it. Plain data, JSON in, JSON out; texts are octets.
 */
export interface Journey {
  /** Of the settings that decided it. */
  readonly settingsHash: string;
  /** The message that came is the first; those that Postfix made of it follow, parents first. */
  readonly messages: readonly JourneyMessage[];
  /** Addresses, parents first. A message's roots are the recipients of its envelope. */
  readonly nodes: readonly JourneyNode[];
  /** What policy servers said: whoever asks about the message again takes it from here. */
  readonly policyAnswers?: RecordedAnswers;
  /** So many messages more would be made of these, and others of them in turn: nobody followed them. */
  readonly leftOut?: number;
}

/** Why there is a message: it came, or local(8) forwarded, or bounce(8) tells of another. */
export type MessageOrigin = 'received' | 'forward' | 'bounce' | 'delay' | 'dsn' | 'postmaster';

/** One message of a journey. */
export interface JourneyMessage {
  /** From 1. */
  readonly number: number;
  readonly origin: MessageOrigin;
  /** The number of the message that it was made of. */
  readonly of?: number;
  /** The envelope's sender as queued; empty for the null sender. */
  readonly sender: Octets;
  /** What was decided about the message as a whole: access rules, its sender's address, header and body checks. */
  readonly steps: readonly TraceStep[];
  /** What Postfix would log of it, and people search for. */
  readonly log: readonly LogLine[];
  /**
   * `queued`: it went to the queue manager; `held`: it waits there; else it ended before: with `bounced`, cleanup(8) did
   * the queue manager's work, and its recipients have ends of their own.
   */
  readonly state: 'queued' | 'held' | 'discarded' | 'rejected' | 'bounced';
  /** Why, in Postfix's words, unless it was queued: `554 5.7.1 …` where it was rejected or bounced. */
  readonly reason?: Octets;
  /** It stays in the queue, though its recipients are done with: nobody can be told of them. Postfix's words. */
  readonly deferred?: 'bounce failed' | 'trace failed';
  /** It tells where recipients would have gone that were refused. */
  readonly isHypothetical?: true;
}

/** A line of Postfix's log, without its time, host, process number and queue ID. */
export interface LogLine {
  /** `cleanup`, `local`, `smtpd`. */
  readonly program: string;
  readonly text: Octets;
  /** A warning of the program itself: no queue ID stands before it. */
  readonly isBare?: true;
}

/** The number of a node in `Journey.nodes`. */
export type NodeId = number;

/** An address on its way. */
export interface JourneyNode {
  /** The message in whose envelope or delivery it is. */
  readonly message: number;
  /** What it came of; absent for a recipient of the envelope. */
  readonly parent?: NodeId;
  /** In internal form: without quotes. */
  readonly address: Octets;
  /** What was decided about it, in order. */
  readonly steps: readonly TraceStep[];
  /** Ends of the way. Mostly none or one; a file and a command of one alias are nodes of their own. */
  readonly delivery?: Delivery;
}

/** The end of a way, as Postfix logs it. */
export interface Delivery {
  /** The final recipient: what the log calls `to`. */
  readonly recipient: Octets;
  /** What the log calls `orig_to`, where it is another. */
  readonly original?: Octets;
  readonly transport: Octets;
  readonly nexthop: Octets;
  /** What the log calls `relay`: `local`, `none`, `host[address]:port`. */
  readonly relay: Octets;
  readonly status: DeliveryStatus;
  readonly dsn: string;
  /** Postfix's words: `delivered to mailbox`. */
  readonly text: Octets;
  /** With soft_bounce: the status is `deferred`, but for that it would be `bounced`. */
  readonly isSoftBounce?: true;
  /** Nothing is logged of it: the agent can't run, or a forwarded message was refused. It waits in this directory of the queue. */
  readonly waitsIn?: 'active' | 'deferred';
  /** Nothing was done: this is what Postfix logs when all goes well. */
  readonly isAssumed?: true;
  readonly act?: Act;
  /** The number of the message that was made of it. */
  readonly forwardedAs?: number;
}

/** What a delivery agent does in the end. */
export type Act =
  | {
      readonly kind: 'mailbox';
      readonly format: 'mbox' | 'maildir';
      /** As written in the configuration; of a maildir the directory. */
      readonly path: Octets;
      readonly head: MailboxHead;
      readonly uid: number;
      readonly gid: number;
    }
  | {
      readonly kind: 'command';
      /** As the shell, or execve(2), gets it. */
      readonly command: Octets;
      /** The words of local_command_shell, which gets the command as its last argument; mostly none. */
      readonly shell: readonly Octets[];
      readonly head: MailboxHead;
      readonly environment: readonly (readonly [Octets, Octets])[];
      readonly uid: number;
      readonly gid: number;
      readonly directory: Octets;
    }
  | {
      readonly kind: 'pipe';
      readonly argv: readonly Octets[];
      readonly flags: Octets;
      /** `user[:group]`. */
      readonly user: Octets;
      readonly directory: Octets;
      /** Headers that the command gets before the message. */
      readonly head: MailboxHead;
    }
  | {
      readonly kind: 'smtp' | 'lmtp';
      /** As the next hop has them: those to be tried in their order, `[mx.example.com]:587`, `unix:private/lmtp`. */
      readonly hosts: readonly Octets[];
      /** As in MAIL and RCPT, in external form, without brackets. */
      readonly sender: Octets;
      readonly recipient: Octets;
    };

/** The headers that a mailbox or a command gets before the message, in their order: Return-Path, X-Original-To, Delivered-To. */
export type MailboxHead = readonly (readonly [name: Octets, value: Octets])[];

/** Where rules write down a journey while they decide it. */
export interface Trail {
  /** A new node. */
  branch(node: { readonly message: number; readonly address: Octets; readonly parent?: NodeId }): NodeId;
  /** Steps that were taken with a node's address. */
  note(node: NodeId, steps: readonly TraceStep[]): void;
  end(node: NodeId, delivery: Delivery): void;
  /** What Postfix logs of a message. */
  log(message: number, line: LogLine): void;
  nodes(): readonly JourneyNode[];
  logOf(message: number): readonly LogLine[];
}

/** A trail without a step. */
export function openTrail(): Trail {
  type Open = Omit<JourneyNode, 'steps' | 'delivery'> & { readonly steps: TraceStep[]; delivery?: Delivery };
  const nodes: Open[] = [];
  const logs = new Map<number, LogLine[]>();
  const get = (id: NodeId): Open => {
    const node = nodes[id];
    if (node === undefined) throw new RangeError(`the journey has no node ${id}`);
    return node;
  };
  return {
    branch: ({ message, address, parent }) =>
      nodes.push(parent === undefined ? { message, address, steps: [] } : { message, address, parent, steps: [] }) - 1,
    note: (id, steps) => void get(id).steps.push(...steps),
    end: (id, delivery) => void (get(id).delivery = delivery),
    log(message, line) {
      const lines = logs.get(message) ?? [];
      lines.push(line);
      logs.set(message, lines);
    },
    nodes: () => nodes,
    logOf: (message) => logs.get(message) ?? [],
  };
}
