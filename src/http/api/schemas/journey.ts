import { Type, type Static } from 'typebox';

/** How a delivery ends, or stands. */
export const DeliveryStatus = Type.Union(
  [
    Type.Literal('rejected'),
    Type.Literal('sent'),
    Type.Literal('deferred'),
    Type.Literal('bounced'),
    Type.Literal('discarded'),
    Type.Literal('expired'),
    Type.Literal('held'),
    Type.Literal('forwarded'),
    Type.Literal('filtered'),
    Type.Literal('deliverable'),
    Type.Literal('undeliverable'),
  ],
  { description: '`rejected`: Postfix would have refused it in the dialogue' },
);
export type DeliveryStatus = Static<typeof DeliveryStatus>;

/** A verdict in short. An additional member of lists and messages. */
export const VerdictSummary = Type.Object({
  Counts: Type.Partial(Type.Record(DeliveryStatus, Type.Integer()), {
    description: 'How many deliveries stand so, by status',
  }),
  First: Type.Union(
    [
      Type.Object({
        Recipient: Type.String(),
        Transport: Type.String(),
        Nexthop: Type.String(),
        Status: DeliveryStatus,
        DSN: Type.String(),
      }),
      Type.Null(),
    ],
    { description: 'Where the first of them leads; null if the message ended before' },
  ),
  Ends: Type.Array(
    Type.Object({
      Status: DeliveryStatus,
      Deed: Type.Union(
        [Type.Literal('relay'), Type.Literal('mailbox'), Type.Literal('command'), Type.Literal('none')],
        { description: 'What is done there; `none`: it ended before' },
      ),
      Count: Type.Integer(),
      Recipient: Type.String({
        description: 'Of the envelope, the first that ends so; what follows is about that one',
      }),
      Transport: Type.String(),
      Nexthop: Type.String(),
      Place: Type.String({ description: 'The mailbox, the command, the hosts; empty if nothing is done' }),
      DSN: Type.String(),
      Text: Type.String({ description: 'Postfix’s words' }),
    }),
    { description: 'The ends by how they end. Empty in verdicts that an older version wrote' },
  ),
});
export type VerdictSummary = Static<typeof VerdictSummary>;

/** A look-up or a decision. */
export const JourneyStep = Type.Object({
  stage: Type.String({ description: 'The part of Postfix: `smtpd`, `cleanup`, `virtual_alias`, `transport` …' }),
  parameter: Type.Optional(Type.String({ description: 'The parameter that asked for it' })),
  table: Type.Optional(Type.String({ description: '`hash:/etc/postfix/virtual`' })),
  file: Type.Optional(Type.String({ description: 'A path; `-o` or `(default)` for what no file has' })),
  line: Type.Optional(Type.Integer({ description: 'From 1' })),
  key: Type.Optional(Type.String({ description: 'What was looked up' })),
  result: Type.Optional(Type.Union([Type.String(), Type.Null()], { description: 'Null: there is no such key' })),
  note: Type.Optional(Type.String()),
});
export type JourneyStep = Static<typeof JourneyStep>;

const Head = Type.Array(Type.Object({ name: Type.String(), value: Type.String() }), {
  description: 'Header fields that are put before the message',
});

/** What a delivery agent does in the end. */
export const JourneyAct = Type.Union([
  Type.Object({
    kind: Type.Literal('mailbox'),
    format: Type.Union([Type.Literal('mbox'), Type.Literal('maildir')]),
    path: Type.String({ description: 'Of a maildir the directory' }),
    head: Head,
    uid: Type.Integer(),
    gid: Type.Integer(),
  }),
  Type.Object({
    kind: Type.Literal('command'),
    command: Type.String({ description: 'As the shell gets it' }),
    head: Head,
    environment: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
    uid: Type.Integer(),
    gid: Type.Integer(),
    directory: Type.String(),
  }),
  Type.Object({
    kind: Type.Literal('pipe'),
    argv: Type.Array(Type.String()),
    flags: Type.String(),
    user: Type.String({ description: '`user[:group]`' }),
    directory: Type.String(),
  }),
  Type.Object({
    kind: Type.Union([Type.Literal('smtp'), Type.Literal('lmtp')]),
    hosts: Type.Array(Type.String()),
    sender: Type.String(),
    recipient: Type.String(),
  }),
]);
export type JourneyAct = Static<typeof JourneyAct>;

/** The end of a way, as Postfix logs it. */
export const JourneyDelivery = Type.Object({
  recipient: Type.String({ description: 'The final recipient: `to=` of the log' }),
  original: Type.Optional(Type.String({ description: '`orig_to=` of the log' })),
  transport: Type.String(),
  nexthop: Type.String(),
  relay: Type.String({ description: '`relay=` of the log' }),
  status: DeliveryStatus,
  dsn: Type.String(),
  text: Type.String({ description: 'Postfix’s words' }),
  waitsIn: Type.Optional(
    Type.Union([Type.Literal('active'), Type.Literal('deferred')], {
      description: 'Nothing is logged of it: the agent cannot run, or a forwarded message was refused. It waits there',
    }),
  ),
  isSoftBounce: Type.Optional(Type.Literal(true, { description: 'Deferred by soft_bounce alone' })),
  isAssumed: Type.Optional(Type.Literal(true, { description: 'Nothing was done: so it ends if all goes well' })),
  act: Type.Optional(JourneyAct),
  forwardedAs: Type.Optional(Type.Integer({ description: 'The number of the message that was made of it' })),
});
export type JourneyDelivery = Static<typeof JourneyDelivery>;

/** A message of a journey: the one that came, or one that Postfix made. */
export const JourneyMessage = Type.Object({
  number: Type.Integer({ description: 'From 1' }),
  origin: Type.Union([
    Type.Literal('received'),
    Type.Literal('forward'),
    Type.Literal('bounce'),
    Type.Literal('delay'),
    Type.Literal('dsn'),
    Type.Literal('postmaster'),
  ]),
  of: Type.Optional(Type.Integer({ description: 'The number of the message that it was made of' })),
  sender: Type.String({ description: 'As queued; empty for <>' }),
  steps: Type.Array(JourneyStep, { description: 'About the message as a whole' }),
  log: Type.Array(Type.Object({ program: Type.String(), text: Type.String() })),
  state: Type.Union([
    Type.Literal('queued'),
    Type.Literal('held'),
    Type.Literal('discarded'),
    Type.Literal('rejected'),
    Type.Literal('bounced'),
  ]),
  reason: Type.Optional(Type.String({ description: 'Why it wasn’t queued, in Postfix’s words' })),
  deferred: Type.Optional(
    Type.Union([Type.Literal('bounce failed'), Type.Literal('trace failed')], {
      description: 'Its recipients are done with, but nobody can be told: so it stays in the queue',
    }),
  ),
  isHypothetical: Type.Optional(Type.Literal(true, { description: 'Where refused recipients would have gone' })),
});
export type JourneyMessage = Static<typeof JourneyMessage>;

/** An address on its way. */
export const JourneyNode = Type.Object({
  message: Type.Integer({ description: 'The number of the message that it is in' }),
  parent: Type.Optional(Type.Integer({ description: 'Index of the node that it came of; absent for a recipient' })),
  address: Type.String(),
  steps: Type.Array(JourneyStep),
  delivery: Type.Optional(JourneyDelivery),
});
export type JourneyNode = Static<typeof JourneyNode>;

/** Where Postfix would take a message, and why. */
export const Journey = Type.Object({
  settingsHash: Type.String({ description: 'Of the settings that decided it' }),
  messages: Type.Array(JourneyMessage, { description: 'The one that came first' }),
  nodes: Type.Array(JourneyNode, { description: 'Parents first' }),
  leftOut: Type.Optional(
    Type.Integer({ description: 'So many messages more would be made of these; only the first 1,000 are followed' }),
  ),
});
export type Journey = Static<typeof Journey>;

/** The body of `POST /explain`. */
export const ExplainRequest = Type.Object({
  from: Type.Optional(Type.String({ description: 'Sender; empty or absent: the null sender' })),
  to: Type.Array(Type.String(), { minItems: 1, maxItems: 1000, description: 'Recipients' }),
  client: Type.Optional(Type.String({ description: 'IP address. Default: this machine’s' })),
  auth: Type.Optional(Type.String({ description: 'SASL login' })),
  tls: Type.Optional(Type.Boolean()),
  service: Type.Optional(Type.String({ description: 'Of master.cf: `587`, `submission`. Default: port 25' })),
  message: Type.Optional(Type.String({ description: 'The content; a few lines by default' })),
});
