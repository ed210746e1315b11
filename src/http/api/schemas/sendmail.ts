import { Type, type Static } from 'typebox';

const Notify = Type.Union([
  Type.Literal('NEVER'),
  Type.Literal('SUCCESS'),
  Type.Literal('FAILURE'),
  Type.Literal('DELAY'),
]);

/** The body of `POST /postfix/sendmail`: a message with its envelope, as sendmail(1) hands it in. */
export const SendmailMessage = Type.Object({
  Instance: Type.Optional(
    Type.String({ description: 'Of the server that is meant, as server.json in its data directory has it' }),
  ),
  Sender: Type.String({ description: 'Without angle brackets; empty: the null sender' }),
  Recipients: Type.Array(
    Type.Object({
      Address: Type.String({ description: 'Without angle brackets' }),
      Notify: Type.Optional(Type.Array(Notify, { description: 'NOTIFY (RFC 3461)' })),
    }),
    { minItems: 1 },
  ),
  Content: Type.String({ description: 'The octets of the message, in Base64: they are kept as they are' }),
  Body: Type.Optional(Type.Union([Type.Literal('7BIT'), Type.Literal('8BITMIME')])),
  Return: Type.Optional(Type.Union([Type.Literal('FULL'), Type.Literal('HDRS')], { description: 'RET (RFC 3461)' })),
  EnvelopeID: Type.Optional(Type.String({ description: 'ENVID (RFC 3461), in xtext' })),
  VERP: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 2,
      description: 'The delimiters of VERP: each recipient has a sender of its own',
    }),
  ),
  Submitter: Type.Object({
    UID: Type.Integer({ minimum: 0, description: 'Of the account that ran sendmail(1)' }),
    User: Type.String({ description: 'The account’s name' }),
    FullName: Type.String({ description: 'For a From header, if there is none' }),
  }),
  Context: Type.Optional(Type.Literal('remote', { description: 'Headers are rewritten as a stranger’s: -G' })),
  Trace: Type.Optional(
    Type.Union([Type.Literal('record'), Type.Literal('verify')], {
      description: 'The sender is told how each recipient ends (-v); `verify`: nothing is delivered (-bv)',
    }),
  ),
});
export type SendmailMessage = Static<typeof SendmailMessage>;
