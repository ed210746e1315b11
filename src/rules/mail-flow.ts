import { NO_ACTIONS } from './access/state.ts';
import { listNotices } from './bounce/notices.ts';
import { writeNotification } from './bounce/notification.ts';
import { cleanUp } from './cleanup/clean-up.ts';
import type { CleanupRequest, CleanupResult } from './cleanup/cleanup-request.ts';
import { applyEdits, type EditScript } from './cleanup/edit-script.ts';
import { formatMailDate } from './mail-date.ts';
import { openTrail, type Journey, type JourneyMessage, type Trail } from './journey.ts';
import type { Octets } from './octets.ts';
import type { Agent, ChildMessage, DeliveryContext, ExpansionReport, SubmittedMessage } from './qmgr/agent.ts';
import { deliverMessage, deliverRequest } from './qmgr/deliver-message.ts';
import type { QueuedMessage } from './qmgr/queued-message.ts';
import { toChildQueueId } from './queue-id.ts';
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
  readonly request: Omit<CleanupRequest, 'number' | 'queueId' | 'nowMs'>;
  readonly ret: 'FULL' | 'HDRS' | undefined;
  readonly envid: Octets | undefined;
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
  content(number: number): Uint8Array | undefined;
}

/** Where aliases and forwards make more messages of one than this, the rest is left out. */
const MOST_MESSAGES = 1000;

interface Waiting {
  readonly number: number;
  readonly message: ReceivedMessage;
  readonly of?: number;
}

/** Opens one in which nothing has come in yet. */
export function openMailFlow({ world, agent, nowMs, queueId }: MailFlowOptions): MailFlow {
  const trail = openTrail();
  const messages: JourneyMessage[] = [];
  const contents = new Map<number, () => Uint8Array>();
  const waiting: Waiting[] = [];
  let count = 0;

  const toQueueId = (number: number): Octets => (number === 1 ? queueId : toChildQueueId(queueId, number - 1));
  const submit = (child: ChildMessage): SubmittedMessage => {
    count += 1;
    const number = count;
    if (number <= MOST_MESSAGES) {
      waiting.push({
        number,
        of: child.of.number,
        message: toReceived(child, { world, nowMs, queueId: toQueueId(number) }),
      });
    }
    return { number, queueId: toQueueId(number) };
  };

  /** @returns what cleanup(8) made of it */
  const follow = ({ number, message, of }: Waiting): CleanupResult => {
    const { request, steps, isHypothetical, ret, envid } = message;
    const id = toQueueId(number);
    const cleaned = cleanUp({ ...request, number, queueId: id, nowMs }, world, trail);
    for (const line of cleaned.log) trail.log(number, line);
    const { end } = cleaned;
    // Made when somebody asks for it: most never do.
    const content = once(() => applyEdits(request.raw, cleaned.edits));
    if (end.state === 'queued' || end.state === 'held') contents.set(number, content);
    messages.push({
      number,
      origin: request.origin,
      ...(of !== undefined && { of }),
      sender: cleaned.sender,
      steps: [...steps, ...cleaned.steps],
      log: trail.logOf(number),
      ...toState(end),
      ...(isHypothetical && { isHypothetical }),
    });
    if (end.state === 'queued') {
      deliver(
        {
          number,
          origin: request.origin,
          queueId: id,
          sender: cleaned.sender,
          recipients: cleaned.recipients,
          content,
          sizeBytes: sizeOf(request.raw, cleaned.edits),
          arrivedAtMs: nowMs,
          filter: cleaned.filter,
          ...(ret !== undefined && { ret }),
          ...(envid !== undefined && { envid }),
          encoding: cleaned.encoding,
          smtputf8: request.smtputf8,
          client: request.client,
          login: request.login,
          context: request.context,
        },
        cleaned.reports,
      );
    }
    return cleaned;
  };

  const deliver = (message: QueuedMessage, reports: readonly ExpansionReport[]): void => {
    const expanded = [...reports];
    const context: DeliveryContext = {
      world,
      trail,
      agent,
      nowMs,
      submit,
      report: (report) => void expanded.push(report),
      pass: (request) => deliverRequest(request, context),
    };
    const records = deliverMessage(message, context);
    for (const notice of listNotices(message, { records, expanded }, world.view('bounce/unix'))) {
      submit({
        origin: notice.kind,
        of: message,
        sender: notice.sender,
        recipients: [{ address: notice.recipient, original: '', orcpt: '', notify: [], parent: undefined }],
        content: writeNotification(notice, message, { world, nowMs }),
      });
    }
  };

  return {
    trail,
    receive(message) {
      count += 1;
      const { edits } = follow({ number: count, message });
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) follow(next);
      return edits;
    },
    refuse(message) {
      count += 1;
      messages.push({ ...message, number: count, log: trail.logOf(count) });
    },
    journey: () => ({ settingsHash: world.settingsHash, messages, nodes: trail.nodes() }),
    content: (number) => contents.get(number)?.(),
  };
}

/** A message of Postfix's own goes through cleanup(8) as it is, but for the checks that internal_mail_filter_classes asks for. */
function toReceived(
  { origin, of, sender, recipients, content }: ChildMessage,
  { world, nowMs, queueId }: { readonly world: RuleWorld; readonly nowMs: number; readonly queueId: Octets },
): ReceivedMessage {
  const view = world.view('cleanup/unix');
  const kind = origin === 'postmaster' ? 'notify' : origin === 'forward' ? 'forward' : 'bounce';
  const isChecked = view.words('internal_mail_filter_classes').includes(kind);
  const received = `Received: by ${view.get('myhostname')} (${view.get('mail_name')})\r\n\tid ${queueId}; ${formatMailDate(nowMs)}\r\n`;
  return {
    request: {
      origin,
      sender,
      recipients,
      raw: Buffer.concat([Buffer.from(received, 'latin1'), content]),
      client: of.client,
      login: origin === 'forward' ? of.login : '',
      context: 'local',
      actions: NO_ACTIONS,
      overrides: new Set(isChecked ? [] : ['no_header_body_checks', 'no_milters']),
      body: undefined,
      smtputf8: of.smtputf8,
      service: '',
    },
    // What was asked for a message holds for one that is forwarded, too.
    ret: origin === 'forward' ? of.ret : undefined,
    envid: origin === 'forward' ? of.envid : undefined,
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
      return { state: 'rejected', reason: `${end.code} ${end.dsn} ${end.text}` };
  }
}

function sizeOf(raw: Uint8Array, edits: EditScript): number {
  return edits.reduce((size, { start, end, octets }) => size + octets.byteLength - (end - start), raw.byteLength);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
