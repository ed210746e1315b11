import type { Octets } from '../octets.ts';
import type { DeliveryContext, DeliveryRequest } from '../qmgr/agent.ts';
import type { Ending } from '../qmgr/end-recipient.ts';
import type { QueueRecipient } from '../qmgr/queued-message.ts';
import type { TraceStep } from '../trace.ts';
import type { Account, View } from '../world.ts';
import type { Ends } from '../delivery/ends.ts';
import type { Forwards } from './forwards.ts';
import type { Expansion, LocalSettings } from './settings.ts';

/** With whose rights files are written and commands run. Number 0 stands for nobody's in particular: default_privs. */
export interface Rights {
  readonly uid: number;
  readonly gid: number;
  readonly account: Account | undefined;
}

/** Nobody's rights in particular. */
export const NO_RIGHTS: Rights = { uid: 0, gid: 0, account: undefined };

/** The rights of an account. */
export function toRights(account: Account): Rights {
  return { uid: account.uid, gid: account.gid, account };
}

/** An address on its way through local(8): what came of what. It is handed down, and each step makes a new one. */
export interface Way {
  /** How many steps deep; an alias takes four. */
  readonly level: number;
  readonly recipient: QueueRecipient;
  /** Of the envelope: the message's, or the owner of an alias. */
  readonly sender: Octets;
  /** The local part in lower case, cut. Empty before it is known. */
  readonly local: Octets;
  readonly user: Octets;
  readonly extension: Octets | undefined;
  readonly domain: Octets;
  /** The extension that is put behind the members of an expansion. */
  readonly unmatched: Octets | undefined;
  /** Who gets notifications of a list, or whose .forward it is: then members get messages of their own. */
  readonly owner: Octets | undefined;
  /** What Delivered-To says. */
  readonly delivered: Octets | undefined;
  readonly expansion: Expansion | undefined;
  /** What was expanded last: its own name among its members is a mailbox. */
  readonly expandedFrom: Octets | undefined;
  readonly rights: Rights;
}

/** What holds for one recipient of a request, and for all that it expands to. */
export interface Run {
  readonly request: DeliveryRequest;
  readonly context: DeliveryContext;
  readonly view: View;
  readonly settings: LocalSettings;
  readonly ends: Ends;
  /** Whether it was here before; from now on it was. */
  readonly seen: (what: Octets) => boolean;
  /** Whether it was here before. */
  readonly hasSeen: (what: Octets) => boolean;
  /** Whether the message has been delivered to an address before, as its Delivered-To headers say. */
  readonly wasDeliveredTo: (address: Octets) => boolean;
  readonly forwards: Forwards;
}

/** What came of a way; `later`: Postfix would try it again. */
export type Result = 'done' | 'later';

/** What is told of a failure. */
export type Failure = readonly [dsn: string, text: Octets];

/** Of several ways, each of which was gone. */
export function either(a: Result, b: Result): Result {
  return a === 'later' || b === 'later' ? 'later' : 'done';
}

/** One step deeper. */
export function deeper(way: Way, changes: Partial<Way> = {}): Way {
  return { ...way, ...changes, level: way.level + 1 };
}

/** Ends a way. @param notifies who is told that it failed, instead of the message's sender */
export function finish({ ends }: Run, { recipient }: Way, ending: Ending, notifies?: Octets): Result {
  return ends.end(recipient, ending, notifies) ? 'later' : 'done';
}

/** Ends a way without having done anything. */
export function fail(run: Run, way: Way, status: 'bounced' | 'deferred', [dsn, text]: Failure): Result {
  return finish(run, way, { status, dsn, text });
}

/** Writes a step into the trail, at the address that the way has come to. */
export function note({ context }: Run, { recipient }: Way, ...steps: readonly TraceStep[]): void {
  context.trail.note(recipient.node, steps);
}

/** A warning, as local(8) logs it. */
export function warn({ request, context }: Run, text: Octets): void {
  context.trail.log(request.message.number, { program: 'local', text: `warning: ${text}`, isBare: true });
}
