import { Type, type Static } from 'typebox';

/** Where something was written. */
export const Place = Type.Object({
  file: Type.String({ description: 'A path, or `<command line>`, `<environment>` …' }),
  line: Type.Optional(Type.Integer({ description: 'From 1' })),
  column: Type.Optional(Type.Integer({ description: 'In octets, from 1' })),
});
export type Place = Static<typeof Place>;

/** How the configuration fares, without what it says. An additional member of Mailpit's answers. */
export const ConfigState = Type.Object({
  ReadAt: Type.String({ description: 'RFC 3339: when what holds now was read' }),
  Rejected: Type.Boolean({ description: 'What was read last isn’t taken' }),
  Errors: Type.Integer({ description: 'Of what was read last' }),
  Warnings: Type.Integer(),
});
export type ConfigState = Static<typeof ConfigState>;

/** Something in the configuration that a person should know of. */
export const ConfigFinding = Type.Object({
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('note')]),
  code: Type.String({ description: 'Stable: `duplicate-parameter`' }),
  place: Place,
  problem: Type.String({ description: 'What is wrong' }),
  why: Type.String({ description: 'What comes of it' }),
  hint: Type.String({ description: 'How to mend it' }),
  postfixLine: Type.Optional(Type.String({ description: 'What Postfix prints of it, without the program’s name' })),
  parameter: Type.Optional(Type.String({ description: 'The parameter that is written there' })),
});
export type ConfigFinding = Static<typeof ConfigFinding>;

/** What `$name` stands for. */
export const ConfigReference = Type.Object({
  name: Type.String(),
  written: Type.String(),
  effective: Type.Optional(Type.String({ description: '`$name` expanded; absent if it can’t be' })),
});
export type ConfigReference = Static<typeof ConfigReference>;

/** A parameter as it holds here. */
export const ConfigParameter = Type.Object({
  name: Type.String(),
  service: Type.Optional(Type.String({ description: 'The service of master.cf whose `-o` this is: `587/inet`' })),
  written: Type.String({ description: 'As it was written' }),
  effective: Type.Optional(Type.String({ description: '`$name` expanded; absent if it can’t be' })),
  default: Type.Optional(Type.String({ description: 'What it is unless it is set; absent if Postfix has no such' })),
  source: Type.Union(
    [
      Type.Literal('main.cf'),
      Type.Literal('master.cf'),
      Type.Literal('override'),
      Type.Literal('environment'),
      Type.Literal('flag'),
      Type.Literal('option'),
      Type.Literal('default'),
    ],
    { description: '`override`: `-o` of this program' },
  ),
  place: Type.Optional(Place),
  spelled: Type.Optional(Type.String({ description: 'The flag, variable or option that sets it' })),
  overridden: Type.Optional(
    Type.Object(
      { written: Type.String(), place: Place },
      { description: 'What main.cf says, where it isn’t followed' },
    ),
  ),
  meaning: Type.Optional(Type.String({ description: 'What it does, if this program itself obeys it' })),
});
export type ConfigParameter = Static<typeof ConfigParameter>;

/** An SMTP listener. */
export const ConfigListener = Type.Object({
  service: Type.String({ description: 'As in master.cf: `587/inet`' }),
  production: Type.Integer({ description: 'Its port in production' }),
  here: Type.Optional(Type.Integer({ description: 'Its port here; absent if it couldn’t be opened' })),
  host: Type.Optional(Type.String({ description: 'The address that master.cf names' })),
  implicitTls: Type.Boolean({ description: 'TLS begins with the first octet' }),
  place: Type.Optional(Place),
});
export type ConfigListener = Static<typeof ConfigListener>;

/** A lookup table. */
export const ConfigTable = Type.Object({
  spec: Type.String({ description: '`hash:/etc/postfix/virtual`' }),
  type: Type.String(),
  name: Type.String(),
  namedBy: Type.Array(Type.Object({ parameter: Type.String(), service: Type.Optional(Type.String()), place: Place })),
  entries: Type.Optional(Type.Integer({ description: 'Entries or rules, where its type tells' })),
  modifiedAt: Type.Optional(Type.String({ description: 'RFC 3339, of its text' })),
  stale: Type.Optional(
    Type.Union([Type.Literal('no map'), Type.Literal('older map')], {
      description: 'Postfix would read no map, or one older than the text',
    }),
  ),
  fault: Type.Optional(Type.String({ description: 'Why it can’t be used as it is now' })),
  keptFrom: Type.Optional(
    Type.String({ description: 'RFC 3339: when the version was read that answers in spite of the fault' }),
  ),
});
export type ConfigTable = Static<typeof ConfigTable>;

/** The configuration as it holds now. */
export const Configuration = Type.Object({
  directory: Type.Optional(Type.String({ description: 'Where main.cf is; absent if there is none' })),
  readAt: Type.String({ description: 'RFC 3339: when it was read' }),
  rejected: Type.Optional(
    Type.Object(
      { at: Type.String({ description: 'RFC 3339' }), findings: Type.Array(ConfigFinding) },
      { description: 'A newer reading that wasn’t taken' },
    ),
  ),
  findings: Type.Array(ConfigFinding),
  parameters: Type.Array(ConfigParameter, { description: 'By name; those that are set, with `?all=1` all' }),
  references: Type.Array(ConfigReference, { description: 'Other parameters that `$name` in these stands for' }),
  listeners: Type.Array(ConfigListener),
  tables: Type.Array(ConfigTable),
});
export type Configuration = Static<typeof Configuration>;
