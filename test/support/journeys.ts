import type { Act, Delivery, Journey, JourneyMessage, JourneyNode } from '../../src/rules/journey.ts';
import type { TraceStep } from '../../src/rules/trace.ts';

const ALIASES = 'hash:/etc/aliases';

/** A message that came, as queued. */
export function receivedMessage(fields: Partial<JourneyMessage> = {}): JourneyMessage {
  return {
    number: 1,
    origin: 'received',
    sender: 'ada@example.com',
    steps: [],
    log: [],
    state: 'queued',
    ...fields,
  };
}

/** A delivery to bob's mailbox. */
export function sentDelivery(fields: Partial<Delivery> = {}): Delivery {
  return {
    recipient: 'bob@example.com',
    transport: 'local',
    nexthop: 'example.com',
    relay: 'local',
    status: 'sent',
    dsn: '2.0.0',
    text: 'delivered to mailbox',
    isAssumed: true,
    ...fields,
  };
}

/** A journey of one recipient that ends by `delivery`. */
export function shortJourney(delivery: Partial<Delivery> = {}, message: Partial<JourneyMessage> = {}): Journey {
  const end = sentDelivery(delivery);
  return {
    settingsHash: 'abc',
    messages: [receivedMessage(message)],
    nodes: [{ message: 1, address: end.recipient, steps: [missed('transport_maps', end.recipient)], delivery: end }],
  };
}

/**
 * `team@example.com` is a virtual alias of `team`, an alias of bob, zoë, a command and an address elsewhere, which is
 * forwarded, bounces, and is told of.
 */
export function teamJourney(): Journey {
  return {
    settingsHash: '5ca1ab1e',
    messages: [
      receivedMessage({
        steps: [{ stage: 'rewrite', parameter: 'append_at_myorigin', key: 'ada', result: 'ada@example.com' }],
        log: [{ program: 'cleanup', text: 'message-id=<1@example.com>' }],
      }),
      receivedMessage({ number: 2, origin: 'forward', of: 1 }),
      receivedMessage({ number: 3, origin: 'bounce', of: 2, sender: '' }),
    ],
    nodes: [
      node({ address: 'team@example.com', steps: [virtualStep('team@example.com', 'team@mail.example.com')] }),
      node({
        parent: 0,
        address: 'team@mail.example.com',
        steps: [
          { stage: 'resolve', parameter: 'mydestination', key: 'mail.example.com', result: 'mail.example.com' },
          aliasStep('team', 'bob, zo\xc3\xab, "|/usr/bin/filter --quiet", carol@elsewhere.test'),
        ],
      }),
      node({
        parent: 1,
        address: 'bob@mail.example.com',
        steps: [{ stage: 'alias', parameter: 'alias_maps', table: ALIASES, key: 'bob', result: null }],
        delivery: sentDelivery({
          recipient: 'bob@mail.example.com',
          original: 'team@example.com',
          act: mailbox('bob'),
        }),
      }),
      node({
        parent: 1,
        address: 'zo\xc3\xab@mail.example.com',
        delivery: sentDelivery({
          recipient: 'zo\xc3\xab@mail.example.com',
          status: 'deferred',
          dsn: '4.2.2',
          text: 'cannot update mailbox /var/mail/zo\xc3\xab. Disc quota exceeded',
        }),
      }),
      node({
        parent: 1,
        address: 'team@mail.example.com',
        delivery: sentDelivery({
          recipient: 'team@mail.example.com',
          text: 'delivered to command: /usr/bin/filter --quiet',
          act: {
            kind: 'command',
            shell: [],
            command: '/usr/bin/filter --quiet',
            head: [['Delivered-To', 'team@mail.example.com']],
            environment: [['LOGNAME', 'nobody']],
            uid: 65534,
            gid: 65534,
            directory: '/',
          },
        }),
      }),
      node({
        parent: 1,
        address: 'carol@elsewhere.test',
        delivery: sentDelivery({
          recipient: 'team@mail.example.com',
          status: 'forwarded',
          text: 'forwarded as 4XyZabc',
          forwardedAs: 2,
        }),
      }),
      node({
        message: 2,
        parent: 5,
        address: 'carol@elsewhere.test',
        steps: [
          {
            stage: 'transport',
            parameter: 'transport_maps',
            table: 'hash:/etc/postfix/transport',
            file: '/etc/postfix/transport',
            line: 3,
            key: 'elsewhere.test',
            result: 'error:5.1.1 no such user',
          },
        ],
        delivery: sentDelivery({
          recipient: 'carol@elsewhere.test',
          transport: 'error',
          nexthop: '5.1.1 no such user',
          relay: 'none',
          status: 'bounced',
          dsn: '5.1.1',
          text: 'no such user',
        }),
      }),
      node({
        message: 3,
        address: 'ada@example.com',
        delivery: sentDelivery({
          recipient: 'ada@example.com',
          transport: 'smtp',
          relay: 'mx.example.com[192.0.2.1]:25',
        }),
      }),
    ],
  };
}

/** `nobody@example.com` is refused by name; had it been taken, it would have bounced. */
export function rejectedJourney(): Journey {
  return {
    settingsHash: 'abc',
    messages: [receivedMessage()],
    nodes: [
      node({
        address: 'nobody@example.com',
        steps: [
          {
            stage: 'smtpd',
            parameter: 'smtpd_recipient_restrictions',
            file: '/etc/postfix/main.cf',
            line: 12,
            key: 'reject_unlisted_recipient',
            result: 'reject',
          },
        ],
        delivery: sentDelivery({
          recipient: 'nobody@example.com',
          relay: 'none',
          status: 'rejected',
          dsn: '5.1.1',
          text: '550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in local recipient table',
        }),
      }),
      node({
        parent: 0,
        address: 'nobody@example.com',
        delivery: sentDelivery({
          recipient: 'nobody@example.com',
          status: 'bounced',
          dsn: '5.1.1',
          text: 'unknown user: "nobody"',
        }),
      }),
      node({ address: 'bob@example.com', delivery: sentDelivery() }),
    ],
  };
}

function node(fields: Partial<JourneyNode> & Pick<JourneyNode, 'address'>): JourneyNode {
  return { message: 1, steps: [], ...fields };
}

function virtualStep(key: string, result: string): TraceStep {
  return {
    stage: 'virtual_alias',
    parameter: 'virtual_alias_maps',
    table: 'hash:/etc/postfix/virtual',
    file: '/etc/postfix/virtual',
    line: 2,
    key,
    result,
  };
}

function aliasStep(key: string, result: string): TraceStep {
  return { stage: 'alias', parameter: 'alias_maps', table: ALIASES, file: '/etc/aliases', line: 7, key, result };
}

function missed(parameter: string, key: string): TraceStep {
  return { stage: 'transport', parameter, table: 'hash:/etc/postfix/transport', key, result: null };
}

function mailbox(user: string): Act {
  return {
    kind: 'mailbox',
    format: 'mbox',
    path: `/var/mail/${user}`,
    head: [['Delivered-To', `${user}@mail.example.com`]],
    uid: 1000,
    gid: 1000,
  };
}
