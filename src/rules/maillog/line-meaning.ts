import type { Octets } from '../octets.ts';
import type { LoggedDelivery, LogEvent } from './log-event.ts';
import type { LogRecord } from './log-record.ts';

/** What a line says, for people. */
export interface LineMeaning {
  /** One sentence without a full stop. */
  readonly summary: string;
  /** Each member of the line, and what it means. */
  readonly rows: readonly (readonly [member: Octets, meaning: string])[];
}

/** What Postfix's programs are for. */
const PROGRAMS: ReadonlyMap<Octets, string> = new Map([
  ['smtpd', 'takes mail in by SMTP'],
  ['postscreen', 'keeps bots from smtpd'],
  ['pickup', 'takes in mail of sendmail(1)'],
  ['cleanup', 'makes mail fit for the queue: aliases, rewriting, header and body checks'],
  ['qmgr', 'keeps the queue, and gives each recipient to a delivery agent'],
  ['trivial-rewrite', 'decides which transport takes an address'],
  ['local', 'delivers to this machine’s users: aliases, .forward, mailboxes, commands'],
  ['virtual', 'delivers to mailboxes of virtual_mailbox_maps'],
  ['smtp', 'sends mail to other hosts'],
  ['lmtp', 'hands mail to a mailbox server by LMTP'],
  ['pipe', 'gives mail to a command of master.cf'],
  ['error', 'returns or defers all that it is given'],
  ['discard', 'throws away all that it is given'],
  ['bounce', 'writes notices of mail that failed or waits'],
  ['master', 'starts the other programs'],
  ['postsuper', 'changes the queue by an administrator’s command'],
  ['anvil', 'counts connections of clients'],
]);

const STATUSES: ReadonlyMap<Octets, string> = new Map([
  ['sent', 'done: the agent or the next host has it'],
  ['deferred', 'not now: it stays in the queue and is tried again'],
  ['bounced', 'never: the sender is told'],
  ['softbounce', 'never, but soft_bounce keeps it in the queue'],
  ['expired', 'given up: it waited as long as maximal_queue_lifetime'],
  ['deliverable', 'a probe, no mail: the address is good'],
  ['undeliverable', 'a probe, no mail: the address is bad'],
]);

const DSN_CLASSES: ReadonlyMap<string, string> = new Map([
  ['2', 'success'],
  ['4', 'a failure that may pass'],
  ['5', 'a failure for good'],
]);

/** Of lines without members. */
const PLAIN: readonly (readonly [start: string, meaning: string])[] = [
  ['connect from ', 'a client connected'],
  ['disconnect from ', 'a client is gone; the numbers count its commands, those that were refused after the slash'],
  ['lost connection after ', 'the client went away without QUIT, after this command'],
  ['timeout after ', 'the client said nothing for smtpd_timeout, after this command'],
  ['connect to ', 'another host could not be reached; it is tried again, or the next one'],
  ['skipped, still being delivered', 'the queue manager met mail that an agent still has'],
  ['daemon started', 'Postfix was started'],
  ['reload', 'the configuration was read again'],
  ['statistics: ', 'how many connections came at most, and from whom'],
  ['released from hold', 'an administrator released it'],
  ['placed on hold', 'an administrator put it on hold'],
];

/** What the line says. @returns undefined if no more is known than who wrote it */
export function toMeaning({ text }: LogRecord, event: LogEvent | undefined): LineMeaning | undefined {
  switch (event?.kind) {
    case 'delivery':
      return { summary: 'what became of one recipient', rows: toDeliveryRows(event) };
    case 'received':
      return {
        summary: 'a client’s first recipient was taken, and the message got its queue ID',
        rows: [
          [
            `client=${event.name}[${event.address}]`,
            event.name === 'unknown' ? 'its name, by the DNS, isn’t certain' : 'its name and address',
          ],
          ...[...event.fields].map(([name, value]) => [`${name}=${value}`, CLIENT_FIELDS.get(name) ?? ''] as const),
        ],
      };
    case 'picked up':
      return {
        summary: 'mail of sendmail(1) got its queue ID',
        rows: [
          [`uid=${event.uid}`, 'the user who sent it'],
          [`from=<${event.sender}>`, 'the envelope’s sender'],
        ],
      };
    case 'content':
      return { summary: 'the content was taken in', rows: [[`message-id=${event.messageId}`, 'of its header']] };
    case 'active':
      return {
        summary: 'the queue manager begins to deliver it',
        rows: [
          [
            `from=<${event.sender}>`,
            event.sender === ''
              ? 'nobody: a notice, which nobody is told the failure of'
              : 'the envelope’s sender, as rewritten',
          ],
          [`size=${event.sizeBytes}`, 'octets'],
          [`nrcpt=${event.recipients}`, 'recipients, once aliases are expanded'],
        ],
      };
    case 'removed':
      return { summary: 'every recipient is done with: it left the queue', rows: [] };
    case 'notified':
      return { summary: `a notice about it was sent: ${event.what}`, rows: [[event.as, 'the notice’s queue ID']] };
    case 'action':
      return {
        summary: `a rule acted: ${event.action}`,
        rows: [
          [event.stage, 'when it was, or what it looked at'],
          [`from ${event.clientName}[${event.clientAddress}]`, 'the client'],
          ...(event.reply === '' ? [] : [[event.reply, 'what the client was told, or the rule’s words'] as const]),
          ...(event.from === undefined ? [] : [[`from=<${event.from}>`, 'the envelope’s sender'] as const]),
          ...(event.to === undefined ? [] : [[`to=<${event.to}>`, 'the recipient'] as const]),
          ...(event.helo === undefined ? [] : [[`helo=<${event.helo}>`, 'how the client greeted'] as const]),
        ],
      };
    case 'complaint':
      return { summary: `a program complains: ${event.severity}`, rows: [] };
    case undefined: {
      const plain = PLAIN.find(([start]) => text.startsWith(start));
      return plain && { summary: plain[1], rows: [] };
    }
  }
}

/** What a program of Postfix is for. */
export function findProgram(name: Octets): string | undefined {
  return PROGRAMS.get(name);
}

const CLIENT_FIELDS: ReadonlyMap<Octets, string> = new Map([
  ['sasl_method', 'how it logged in'],
  ['sasl_username', 'as whom it logged in'],
  ['sasl_sender', 'the submitter that the client named'],
  ['orig_queue_id', 'the queue ID that it had before a filter'],
  ['orig_client', 'the client that it came of before a filter'],
]);

function toDeliveryRows({ to, origTo, relay, fields, dsn, status, text }: LoggedDelivery): LineMeaning['rows'] {
  const delays = fields.get('delays');
  return [
    [`to=<${to}>`, 'the final address'],
    ...(origTo === undefined
      ? []
      : [[`orig_to=<${origTo}>`, 'the address that was given: rewriting or an alias led on'] as const]),
    [`relay=${relay}`, toRelayMeaning(relay)],
    ...[...fields].flatMap(([name, value]) => {
      const meaning = DELIVERY_FIELDS.get(name);
      return meaning === undefined ? [] : [[`${name}=${value}`, meaning] as const];
    }),
    ...(delays === undefined ? [] : [[`delays=${delays}`, toDelayMeaning(delays)] as const]),
    [`dsn=${dsn}`, DSN_CLASSES.get(dsn.charAt(0)) ?? ''],
    [`status=${status}`, STATUSES.get(status) ?? ''],
    ...(text === '' ? [] : [[`(${text})`, 'the agent’s words, or the other host’s'] as const]),
  ];
}

const DELIVERY_FIELDS: ReadonlyMap<Octets, string> = new Map([
  ['conn_use', 'how often this connection was used'],
  ['delay', 'seconds since it came in'],
]);

function toRelayMeaning(relay: Octets): string {
  if (relay === 'none') return 'no host and no mailbox: it got no further';
  if (/\[(?:\d|[0-9a-f]*:)/i.test(relay)) return 'the host that was spoken to, its address and port';
  return relay.includes('[')
    ? 'the server that was spoken to, and its socket'
    : 'the service of master.cf that took it';
}

/** `a/b/c/d`: before the queue manager, in it, connecting, sending. */
function toDelayMeaning(delays: Octets): string {
  const [before, within, connecting, sending] = delays.split('/');
  if (sending === undefined) return '';
  return `${before} s until the queue manager had it, ${within} s in its queue, ${connecting} s to connect, ${sending} s to hand it over`;
}
