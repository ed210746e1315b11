// A queue manager in miniature, for tests of delivery agents: mail is delivered, and what is forwarded is delivered, too.
import { deliverDiscard } from '../../src/rules/error/deliver-discard.ts';
import { deliverError } from '../../src/rules/error/deliver-error.ts';
import { openTrail, type LogLine, type MailboxHead, type Trail } from '../../src/rules/journey.ts';
import { deliverLocal } from '../../src/rules/local/deliver-local.ts';
import type { Octets } from '../../src/rules/octets.ts';
import type {
  ChildMessage,
  Deliver,
  DeliveryContext,
  DeliveryRecord,
  ExpansionReport,
} from '../../src/rules/qmgr/agent.ts';
import { endRecipient } from '../../src/rules/qmgr/end-recipient.ts';
import type { QueuedMessage, QueueRecipient } from '../../src/rules/qmgr/queued-message.ts';
import { resolveAddress } from '../../src/rules/trivial-rewrite/resolve.ts';
import { rewriteInternalAddress } from '../../src/rules/trivial-rewrite/rewrite.ts';
import { deliverVirtual } from '../../src/rules/virtual/deliver-virtual.ts';
import type { RuleWorld } from '../../src/rules/world.ts';
import { openRecordingAgent, type Performed, type RecordingAgent } from './recording-agent.ts';

/** A message on its way. */
export interface LocalMail {
  readonly sender: Octets;
  /** Internal form. */
  readonly to: readonly (Octets | Partial<QueueRecipient>)[];
  /** Header lines and body, with LF. */
  readonly content?: Octets;
}

/** A message, and how its recipients ended. */
export interface Sent {
  readonly message: QueuedMessage;
  readonly records: readonly DeliveryRecord[];
}

/** What became of it. */
export interface LocalOutcome {
  /** The message itself first. */
  readonly messages: readonly Sent[];
  readonly records: readonly DeliveryRecord[];
  readonly performed: readonly Performed[];
  readonly reports: readonly ExpansionReport[];
  readonly log: readonly LogLine[];
  readonly trail: Trail;
}

const AGENTS: ReadonlyMap<string, Deliver> = new Map([
  ['local', deliverLocal],
  ['virtual', deliverVirtual],
  ['error', deliverError],
  ['retry', deliverError],
  ['discard', deliverDiscard],
]);

/** Delivers a message. Transports but Postfix's own are the vectors' recorders: `tempfail…` and `permfail…` fail. */
export function sendLocally(
  world: RuleWorld,
  mail: LocalMail,
  agent: RecordingAgent = openRecordingAgent(),
): LocalOutcome {
  const trail = openTrail();
  const reports: ExpansionReport[] = [];
  const messages: QueuedMessage[] = [];
  const add = (
    message: Omit<QueuedMessage, 'number' | 'queueId' | 'recipients'>,
    recipients: QueuedMessage['recipients'],
  ) => {
    const number = messages.length + 1;
    messages.push({ ...message, number, queueId: `Q${number}`, recipients });
    return { number, queueId: `Q${number}`, refusal: undefined };
  };
  const context: DeliveryContext = {
    world,
    trail,
    agent,
    nowMs: 0,
    submit: (child: ChildMessage) => {
      const number = messages.length + 1;
      const recipients = child.recipients.map(({ parent, ...recipient }) => {
        const address = rewrite(recipient.address, world);
        const node = trail.branch({ message: number, address, ...(parent !== undefined && { parent }) });
        return { ...recipient, address, original: recipient.original || address, node };
      });
      const content = Buffer.concat([Buffer.from(`Received: by box; id Q${number}\r\n`), child.content()]);
      return add({ ...child.of, ...toMessage({ sender: child.sender, content }), origin: child.origin }, recipients);
    },
    tellOwner: () => true,
    report: (report) => void reports.push(report),
    pass: (request) => deliver(request, context),
  };
  const content = Buffer.from((mail.content ?? 'Subject: x\n\nx\n').replaceAll('\n', '\r\n'), 'latin1');
  const recipients = mail.to.map((one) => {
    const given = typeof one === 'string' ? { address: one } : one;
    const address = rewrite(given.address ?? '', world);
    const node = trail.branch({ message: 1, address });
    return { original: given.address ?? '', orcpt: '', notify: [], ...given, address, node };
  });
  add({ ...toMessage({ sender: mail.sender, content }), origin: 'received' }, recipients);
  const sent: Sent[] = [];
  for (const message of messages) sent.push({ message, records: deliverMessage(message, context) });
  return {
    messages: sent,
    records: sent.flatMap(({ records }) => records),
    performed: agent.performed,
    reports,
    log: messages.flatMap(({ number }) => trail.logOf(number)),
    trail,
  };
}

function rewrite(address: Octets, world: RuleWorld): Octets {
  return rewriteInternalAddress(address, 'local', world.view('rewrite/unix'));
}

function toMessage({ sender, content }: { readonly sender: Octets; readonly content: Uint8Array }) {
  return {
    sender,
    content: () => content,
    sizeBytes: content.length,
    arrivedAtMs: 0,
    filter: '',
    encoding: '7bit' as const,
    smtputf8: false,
    client: {
      name: 'localhost',
      reverseName: 'localhost',
      address: '127.0.0.1',
      port: '1',
      helo: 'client.test',
      protocol: 'ESMTP',
    },
    login: '',
    context: 'local' as const,
  };
}

function deliverMessage(message: QueuedMessage, context: DeliveryContext): readonly DeliveryRecord[] {
  return message.recipients.flatMap((recipient) => {
    const { resolution } = resolveAddress({ address: recipient.address, sender: message.sender }, context.world);
    if (resolution.kind !== 'route') throw new Error(`${recipient.address}: ${resolution.kind}`);
    const { transport, nexthop } = resolution;
    return deliver(
      { message, transport, nexthop, recipients: [{ ...recipient, address: resolution.recipient }] },
      context,
    );
  });
}

const deliver: Deliver = (request, context) => {
  const agent = AGENTS.get(request.transport);
  if (agent !== undefined) return agent(request, context);
  return request.recipients.map((recipient) =>
    endRecipient(recipient, toRecorded(recipient, request.transport), { request, context }),
  );
};

function toRecorded({ address }: QueueRecipient, transport: Octets) {
  // QUIRK: pipe(8) logs a blank behind what a command wrote.
  if (address.startsWith('tempfail'))
    return { status: 'deferred', dsn: '4.3.0', text: 'recorder says try later ' } as const;
  if (address.startsWith('permfail')) return { status: 'bounced', dsn: '5.3.0', text: 'recorder says no ' } as const;
  return { status: 'sent', dsn: '2.0.0', text: `delivered via ${transport} service` } as const;
}

/** The headers that a mailbox shows of a message: those put before it, and the message's own Delivered-To. */
export function readMailboxHead({ act, request }: Performed): MailboxHead {
  const head = 'head' in act ? act.head : [];
  const [header = ''] = Buffer.from(request.message.content()).toString('latin1').split('\r\n\r\n');
  const own = [...header.matchAll(/^(Return-Path|X-Original-To|Delivered-To): (.*?)\r?$/gm)];
  return [...head, ...own.map(([, name = '', value = '']) => [name, value] as const)];
}
