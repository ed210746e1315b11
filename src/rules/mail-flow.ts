import { listNotices, listOwnerNotices, type Notice } from './bounce/notices.ts';
import { writeNotification } from './bounce/notification.ts';
import type { VerpDelimiters } from './address/verp.ts';
import { cleanUp } from './cleanup/clean-up.ts';
import type { CleanupRequest, CleanupResult } from './cleanup/cleanup-request.ts';
import { applyEdits, measureEdited, type EditScript } from './cleanup/edit-script.ts';
import type { Rejection } from './cleanup/rejection.ts';
import { openTrail, type Journey, type JourneyMessage, type LogLine, type Trail } from './journey.ts';
import type { Octets } from './octets.ts';
import type { Agent, ChildMessage, DeliveryContext, ExpansionReport, SubmittedMessage } from './qmgr/agent.ts';
import { deliverMessage, deliverRequest } from './qmgr/deliver-message.ts';
import { endRecipient } from './qmgr/end-recipient.ts';
import { makeOwnReceived, toOwnRequest } from './own-message.ts';
import type { QueuedMessage } from './qmgr/queued-message.ts';
import { toChildQueueId } from './queue-id.ts';
import type { Submission } from './sendmail/submission.ts';
import type { TraceStep } from './trace.ts';
import type { RuleWorld } from './world.ts';

/** What a mail flow belongs to. */
export interface MailFlowOptions {
  readonly world: RuleWorld;
  readonly agent: Agent;
  /** ms since 1970. */
  readonly nowMs: number;
  /** Of the mail that came; those of messages made of it follow from it. */
  readonly queueId: Octets;
}

/** A message that comes in, with what is known of it beside what cleanup(8) is given. */
export interface ReceivedMessage {
  readonly request: Omit<CleanupRequest, 'number' | 'queueId' | 'nowMs' | 'raw'>;
  /** The content as it came: octets with CRLF, or LF, after each line. */
  readonly raw: Uint8Array;
  readonly ret: 'FULL' | 'HDRS' | undefined;
  readonly envid: Octets | undefined;
  /** @see Submission */
  readonly trace?: Submission['trace'];
  readonly verp?: VerpDelimiters;
  /** What smtpd(8) decided about the message as a whole. */
  readonly steps: readonly TraceStep[];
  readonly isHypothetical: boolean;
}

/** Mail on its way through Postfix: what comes in is cleaned up, queued and delivered, and so is what is made of it. */
export interface MailFlow {
  readonly trail: Trail;
  /**
   * Takes a message in and follows it to the end.
   * @returns from its raw octets to the content as queued; none if it wasn't
   */
  receive(message: ReceivedMessage): EditScript;
  /** A message that was refused before it had content. */
  refuse(message: Omit<JourneyMessage, 'number' | 'log'>): void;
  journey(): Journey;
}

/** Where aliases and forwards make more messages of one than this, or more octets, the rest is left out. */
const MOST_MESSAGES = 1000;
const MOST_OCTETS = 512 * 1024 * 1024;

/** A message in the queue, which nobody has taken up yet. */
interface Waiting {
  readonly queued: QueuedMessage;
  readonly reports: readonly ExpansionReport[];
}

/** What came of a message that was handed in. */
interface Taken extends Pick<CleanupResult, 'end' | 'edits'> {
  /** As it is in the queue, or would be. */
  readonly queued: QueuedMessage;
}

/** Where a message's content comes from. */
interface ContentSource {
  readonly of?: number;
  readonly makeRaw: () => Uint8Array;
}

/** Opens one in which nothing has come in yet. */
export function openMailFlow({ world, agent, nowMs, queueId }: MailFlowOptions): MailFlow {
  const trail = openTrail();
  const messages: JourneyMessage[] = [];
  const heldBack = new Map<number, JourneyMessage['deferred']>();
  const hypothetical = new Set<number>();
  const waiting: Waiting[] = [];
  const keep = openContentSlot();
  let count = 0;
  let leftOut = 0;
  let octets = 0;

  const toQueueId = (number: number): Octets => (number === 1 ? queueId : toChildQueueId(queueId, number - 1));

  /** Puts a message into the queue, if cleanup(8) takes it. */
  const take = (message: Omit<ReceivedMessage, 'raw'>, { of, makeRaw }: ContentSource): Taken => {
    const number = ++count;
    const { request, steps, isHypothetical, ret, envid, verp, trace } = message;
    const id = toQueueId(number);
    // What is made of a message that didn't come isn't either.
    const isThought = isHypothetical || (of !== undefined && hypothetical.has(of));
    if (isThought) hypothetical.add(number);
    const raw = makeRaw();
    octets += raw.byteLength;
    const cleaned = cleanUp({ number, queueId: id, nowMs, raw, ...request }, world, trail);
    for (const line of cleaned.log) trail.log(number, line);
    const { end, edits, sender, recipients, reports, filter, encoding } = cleaned;
    messages.push({
      number,
      origin: request.origin,
      ...(of !== undefined && { of }),
      sender,
      steps: [...steps, ...cleaned.steps],
      ...toState(end),
      ...(isThought && { isHypothetical: true }),
      log: [],
    });
    const queued: QueuedMessage = {
      number,
      origin: request.origin,
      queueId: id,
      sender,
      recipients,
      content: () => keep(number, () => applyEdits(makeRaw(), edits)),
      sizeBytes: measureEdited(raw, edits),
      arrivedAtMs: nowMs,
      filter,
      ...(ret !== undefined && { ret }),
      ...(envid !== undefined && { envid }),
      ...(trace !== undefined && { trace }),
      ...(verp !== undefined && { verp }),
      encoding,
      smtputf8: request.smtputf8,
      client: request.client,
      login: request.login,
      context: request.context,
    };
    if (end.state === 'queued') waiting.push({ queued, reports });
    return { end, edits, queued };
  };

  const submit = (child: ChildMessage): SubmittedMessage => {
    if (count >= MOST_MESSAGES || octets >= MOST_OCTETS) {
      leftOut += 1;
      const number = count + leftOut;
      return { number, queueId: toQueueId(number), refusal: undefined };
    }
    const number = count + 1;
    const id = toQueueId(number);
    const received = makeOwnReceived(world, { queueId: id, nowMs });
    const source = { of: child.of.number, makeRaw: () => Buffer.concat([received, child.content()]) };
    const { end, queued } = take(toReceived(child, world), source);
    const isRefused = end.state === 'rejected' || (end.state === 'bounced' && !bounce(queued, end));
    return { number, queueId: id, refusal: isRefused ? toReason(end) : undefined };
  };

  /** @returns what can't be told, though it has to be */
  const sendNotices = (notices: readonly Notice[], message: QueuedMessage): readonly HoldingBack[] => {
    const untold: HoldingBack[] = [];
    for (const notice of notices) {
      const { kind: origin, sender, recipient: address, holdsBack } = notice;
      // Of a bounce that isn't taken nobody gets a copy.
      if (holdsBack === undefined && untold.includes('bounce failed')) continue;
      const recipients = [{ address, original: '', orcpt: '', notify: [], parent: undefined }];
      const written = writeNotification(notice, message, { world, nowMs });
      const { refusal } = submit({ origin, of: message, sender, recipients, content: () => written });
      if (refusal === undefined) continue;
      if (holdsBack !== undefined) untold.push(holdsBack);
      else trail.log(message.number, toLostCopy(message, notices));
    }
    return untold;
  };

  /** Bounces what is forwarded, as cleanup(8) does. @returns whether all were told who have to be */
  const bounce = (message: QueuedMessage, { dsn, text: reply }: Refusal): boolean => {
    const place = { request: { transport: 'cleanup', nexthop: '' }, context: { world, trail } };
    const text = reply.replace(/^Error: /, '');
    const ending = { status: 'bounced', dsn, text, relay: 'none' } as const;
    const records = message.recipients.map((recipient) => endRecipient(recipient, ending, place));
    const notices = listNotices(message, { records, expanded: [] }, world.view('bounce/unix'));
    const isTold = sendNotices(notices, message).length === 0;
    if (!isTold) trail.log(message.number, toUntold(message));
    return isTold;
  };

  const deliver = ({ queued, reports }: Waiting): void => {
    const expanded = [...reports];
    const bounce = world.view('bounce/unix');
    const context: DeliveryContext = {
      world,
      trail,
      agent,
      nowMs,
      submit,
      report: (report) => void expanded.push(report),
      tellOwner: (record, message) => sendNotices(listOwnerNotices(record, message, bounce), message).length === 0,
      pass: (request) => deliverRequest(request, context),
    };
    const records = deliverMessage(queued, context);
    const { number } = queued;
    const told = withVerpBounces(queued, world);
    for (const untold of sendNotices(listNotices(told, { records, expanded }, bounce), told)) {
      trail.log(number, { program: 'qmgr', text: `status=deferred (${untold})` });
      if (!heldBack.has(number)) heldBack.set(number, untold);
    }
  };

  return {
    trail,
    receive(message) {
      const { raw } = message;
      const { edits } = take(message, { makeRaw: () => raw });
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) deliver(next);
      return edits;
    },
    refuse(message) {
      count += 1;
      messages.push({ ...message, number: count, log: [] });
    },
    journey: () => ({
      settingsHash: world.settingsHash,
      messages: messages.map((message) => {
        const deferred = heldBack.get(message.number);
        return { ...message, log: trail.logOf(message.number), ...(deferred !== undefined && { deferred }) };
      }),
      nodes: trail.nodes(),
      ...(leftOut > 0 && { leftOut }),
    }),
  };
}

/** The message as its bounces see it. @see postconf(5), disable_verp_bounces */
function withVerpBounces(message: QueuedMessage, world: RuleWorld): QueuedMessage {
  const { verp, ...plain } = message;
  return verp !== undefined && world.view('qmgr/unix').isYes('disable_verp_bounces') ? plain : message;
}

function toUntold({ queueId }: QueuedMessage): LogLine {
  return { program: 'cleanup', text: `warning: ${queueId}: bounce message failure`, isBare: true };
}

type HoldingBack = NonNullable<Notice['holdsBack']>;

function toLostCopy({ queueId, sender }: QueuedMessage, notices: readonly Notice[]): LogLine {
  const told = notices.find(({ kind }) => kind === 'bounce')?.recipient ?? sender;
  const text = `warning: ${queueId}: postmaster notice failed while bouncing to ${told}`;
  return { program: 'bounce', text, isBare: true };
}

/** Contents are made when they are asked for, and only one is kept: forwarding makes many of a large one. */
function openContentSlot(): (number: number, make: () => Uint8Array) => Uint8Array {
  let kept: { readonly number: number; readonly content: Uint8Array } | undefined;
  return (number, make) => {
    if (kept?.number !== number) kept = { number, content: make() };
    return kept.content;
  };
}

/** What was asked for a message holds for one that is forwarded, too. */
function toReceived(child: ChildMessage, world: RuleWorld): Omit<ReceivedMessage, 'raw'> {
  const { origin, of } = child;
  const isForward = origin === 'forward';
  return {
    request: toOwnRequest(
      {
        ...child,
        // The postmaster's copies are bounce(8)'s, too.
        filterClass: isForward ? undefined : 'bounce',
        smtputf8: of.smtputf8,
        ...(isForward && { client: of.client, login: of.login }),
      },
      world,
    ),
    ret: isForward ? of.ret : undefined,
    envid: isForward ? of.envid : undefined,
    steps: [],
    isHypothetical: false,
  };
}

function toState(end: CleanupResult['end']): Pick<JourneyMessage, 'state' | 'reason'> {
  switch (end.state) {
    case 'queued':
      return { state: 'queued' };
    case 'held':
    case 'discarded':
      return { state: end.state, reason: end.reason };
    case 'rejected':
    case 'bounced':
      return { state: end.state, reason: toReason(end) };
  }
}

/** What cleanup(8) says of a message that doesn't come to the queue. */
type Refusal = Pick<Rejection, 'code' | 'dsn' | 'text'>;

function toReason({ code, dsn, text }: Refusal): Octets {
  return `${code} ${dsn} ${text}`;
}
