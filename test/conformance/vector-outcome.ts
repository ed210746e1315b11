// The parts of a vector that probes of several kinds share: replies, and the outcome of sent mail.
import { Type, type TObject, type TProperties } from 'typebox';

/** An object in which no other member may be. */
export type StrictObject<P extends TProperties = TProperties> = TObject<P>;

/** An object that has these members and no others. */
export function strictObject<P extends TProperties>(members: P): StrictObject<P> {
  return Type.Object(members, { additionalProperties: false });
}

/** A switch that is off when absent; the oracle, in Python, also takes numbers. */
export const Flag = Type.Optional(Type.Union([Type.Boolean(), Type.Literal(0), Type.Literal(1)]));

/** See {@link Flag}. */
export type Switch = boolean | 0 | 1 | undefined;

const Text = Type.Optional(Type.String());
const Strings = Type.Array(Type.String());
const Fields = Type.Array(Type.Tuple([Type.String(), Type.String()]));

/** What an SMTP server replied. */
export const Reply = Type.Union([
  strictObject({ code: Type.Integer(), enh: Text, text: Type.String() }),
  strictObject({ code: Type.Integer(), lines: Strings }),
]);

/** What a probe asks to be recorded of its mail. */
export const WANTED = { want_headers: Flag, want_body: Flag, want_full: Flag };

const Delivery = strictObject({
  msg: Type.Integer(),
  to: Type.String(),
  orig_to: Text,
  transport: Type.String(),
  nexthop: Text,
  relay: Text,
  dsn: Type.String(),
  status: Type.String(),
  text: Type.String(),
});

const Message = strictObject({
  msg: Type.Integer(),
  sender: Type.Union([Type.String(), Type.Null()]),
  origin: Text,
  of: Type.Optional(Type.Integer()),
  headers: Type.Optional(Fields),
  body: Text,
  full: Text,
});

const File = strictObject({
  path: Type.String(),
  text: Text,
  head: Type.Optional(Fields),
  mbox_messages: Type.Optional(Type.Integer()),
});

const Sunk = strictObject({ helo: Text, mail: Text, rcpt: Strings, data: Fields, body: Text });

/** What happened to mail once the mail system had become idle. */
export const Outcome = {
  deliveries: Type.Optional(Type.Array(Delivery)),
  messages: Type.Optional(Type.Array(Message)),
  files: Type.Optional(Type.Array(File)),
  queue: Type.Optional(strictObject({ deferred: Type.Optional(Type.Integer()), hold: Type.Optional(Type.Integer()) })),
  log: Type.Optional(Strings),
  policy: Type.Optional(Type.Array(strictObject({ server: Type.String(), attributes: Strings }))),
  sink: Type.Optional(Type.Array(Sunk)),
};
