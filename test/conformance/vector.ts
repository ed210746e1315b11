// A vector: one configuration and what a real Postfix answered with it, see vectors/README.md. A member that isn't
// known stops the runner: it is never decoration.
import { readFile } from 'node:fs/promises';
import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { Flag, Outcome, Reply, WANTED, strictObject as object, type StrictObject } from './vector-outcome.ts';

const Strings = Type.Array(Type.String());
const Rc = Type.Integer({ minimum: 0, maximum: 255 });
const Complaint = object({ rc: Rc, out: Type.String(), stderr: Type.String() });
const Client = object({
  addr: Type.String(),
  name: Type.Optional(Type.String()),
  reverse: Type.Optional(Type.String()),
});
/** How a client begins TLS. */
const Tls = object({
  wrapper: Flag,
  cert: Type.Optional(Type.String()),
  version: Type.Optional(Type.Union([Type.Literal('TLSv1_2'), Type.Literal('TLSv1_3')])),
  ciphers: Type.Optional(Type.String()),
});
const CONNECTION = {
  client: Type.Optional(Client),
  proxy: Type.Optional(Type.String()),
  tls: Type.Optional(Tls),
  server: Type.Optional(Type.String()),
  port: Type.Optional(Type.Integer()),
};

const PolicyRules = object({
  when: Type.Optional(Type.Record(Type.String(), Type.String())),
  times: Type.Optional(Type.Integer({ minimum: 1 })),
  reply: Type.Optional(Type.String()),
  then: Type.Optional(Type.Union([Type.Literal('close'), Type.Literal('wait')])),
});

const Config = object({
  main_cf: Type.String(),
  raw_main_cf: Flag,
  master_cf: Type.Optional(Type.String()),
  files: Type.Record(Type.String(), Type.String()),
  hostname: Type.Optional(Type.String()),
  dns: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.Literal('SERVFAIL'), Type.Record(Type.String(), Strings)])),
  ),
  smtp: Type.Optional(Type.Literal('real')),
  sink_ehlo: Type.Optional(Strings),
  policy: Type.Optional(Type.Record(Type.String(), Type.Array(PolicyRules))),
  transports: Type.Optional(Strings),
  broken: Flag,
});

const Cli = object({
  kind: Type.Literal('cli'),
  argv: Type.Array(Type.String(), { minItems: 1 }),
  stdin: Type.Optional(Type.String()),
  user: Type.Optional(Type.String()),
  env: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
  cwd: Type.Optional(Type.String()),
  sort: Flag,
  uniq: Flag,
  para: Flag,
  match: Type.Optional(Type.String()),
  tty: Flag,
  settle: Flag,
  wait: Type.Optional(Type.Union([Type.Boolean(), Type.Number()])),
  log: Type.Optional(Type.String()),
  show: Type.Optional(Strings),
  daemon: Flag,
  ...WANTED,
  expected: object({
    rc: Rc,
    stdout: Type.String(),
    stderr: Type.Optional(Type.String()),
    lines: Type.Optional(Type.Integer()),
    show: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
    ...Outcome,
  }),
});

const Postmap = object({
  kind: Type.Literal('postmap'),
  table: Type.String(),
  keys: Strings,
  tool: Type.Optional(Type.String()),
  quiet: Flag,
  expected: object({ results: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null(), Complaint])) }),
});

const Postconf = object({
  kind: Type.Literal('postconf'),
  names: Strings,
  flags: Type.Optional(Type.String()),
  expected: object({ results: Type.Record(Type.String(), Type.Union([Type.String(), Complaint])) }),
});

const Smtp = object({
  kind: Type.Literal('smtp'),
  from: Type.String(),
  to: Strings,
  mail_args: Type.Optional(Type.String()),
  rcpt_args: Type.Optional(Type.String()),
  helo: Type.Optional(Type.String()),
  auth: Type.Optional(Type.Tuple([Type.String(), Type.String()])),
  headers: Type.Optional(Type.Array(Type.Tuple([Type.String(), Type.String()]))),
  body: Type.Optional(Type.String()),
  pad: Type.Optional(Type.Integer()),
  force_data: Flag,
  want_banner: Flag,
  want_ehlo: Flag,
  keep_queue: Flag,
  ...CONNECTION,
  ...WANTED,
  expected: object({
    connect: Type.Optional(Reply),
    starttls: Type.Optional(Reply),
    helo: Type.Optional(Reply),
    auth: Type.Optional(Reply),
    mail: Type.Optional(Reply),
    rcpt: Type.Optional(Type.Array(Reply)),
    data: Type.Optional(Reply),
    dot: Type.Optional(Reply),
    ...Outcome,
  }),
});

const Session = object({
  kind: Type.Literal('session'),
  lines: Type.Array(
    Type.Union([
      Type.String(),
      object({ bytes: Type.String(), replies: Type.Optional(Type.Integer()) }),
      object({ tls: Tls }),
    ]),
  ),
  show_xclient: Flag,
  keep_queue: Flag,
  ...CONNECTION,
  ...WANTED,
  expected: object({ replies: Type.Array(Type.Union([Strings, Type.Null()])), ...Outcome }),
});

const Later = object({
  kind: Type.Literal('later'),
  seconds: Type.Number(),
  keep_queue: Flag,
  ...WANTED,
  expected: object(Outcome),
});

const Resolve = object({
  kind: Type.Literal('resolve'),
  sender: Type.Optional(Type.String()),
  addrs: Strings,
  expected: object({
    results: Type.Record(
      Type.String(),
      object({
        transport: Type.Optional(Type.String()),
        nexthop: Type.Optional(Type.String()),
        recipient: Type.Optional(Type.String()),
        flags: Strings,
      }),
    ),
    log: Type.Optional(Strings),
  }),
});

const Rewrite = object({
  kind: Type.Literal('rewrite'),
  rule: Type.Optional(Type.String()),
  addrs: Strings,
  expected: object({ results: Type.Record(Type.String(), Type.String()) }),
});

const PROBES = {
  cli: Cli,
  postmap: Postmap,
  postconf: Postconf,
  smtp: Smtp,
  session: Session,
  later: Later,
  resolve: Resolve,
  rewrite: Rewrite,
} as const satisfies Readonly<Record<string, StrictObject>>;

const Vector = object({
  name: Type.String(),
  postfix: Type.String(),
  note: Type.String(),
  covers: Strings,
  config: Config,
  probes: Type.Array(Type.Object({ kind: Type.String(), expected: Type.Unknown() })),
});

/** The world that a vector's probes are put to. */
export type VectorConfig = Static<typeof Config>;
/** How a policy server answers. */
export type PolicyRule = Static<typeof PolicyRules>;
/** A command that is run. */
export type CliProbe = Static<typeof Cli>;
/** Keys that are looked up in a table. */
export type PostmapProbe = Static<typeof Postmap>;
/** Parameters whose values are asked for. */
export type PostconfProbe = Static<typeof Postconf>;
/** A message that is sent. */
export type SmtpProbe = Static<typeof Smtp>;
/** How a client begins TLS. */
export type ProbeTls = Static<typeof Tls>;
/** A dialogue that is held. */
export type SessionProbe = Static<typeof Session>;
/** Addresses whose way is asked for. */
export type ResolveProbe = Static<typeof Resolve>;
/** Addresses that are put into standard form. */
export type RewriteProbe = Static<typeof Rewrite>;
/** Any question, with what Postfix answered. */
export type Probe = { readonly [K in keyof typeof PROBES]: Static<(typeof PROBES)[K]> }[keyof typeof PROBES];
/** What kind of question a probe is. */
export type Kind = keyof typeof PROBES;

/** All kinds of probes. */
export const KINDS = Object.keys(PROBES) as readonly Kind[];

/** One configuration, the questions that were put to a Postfix which ran with it, and its answers. */
export interface Vector extends Omit<Static<typeof Vector>, 'probes'> {
  readonly probes: readonly Probe[];
}

/** A file that isn't a vector as vectors/README.md describes them. */
export class VectorError extends Error {
  override readonly name = 'VectorError';
}

/** @throws {VectorError} when the file can't be read, or holds a member that isn't known, or lacks one */
export async function readVector(file: string): Promise<Vector> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new VectorError(`${file}: it can't be read`, { cause });
  }
  return parseVector(text, file);
}

/** @param file for messages @throws {VectorError} see {@link readVector} */
export function parseVector(text: string, file: string): Vector {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new VectorError(`${file}: it isn't JSON`, { cause });
  }
  assertIs(Vector, value, file);
  const probes = value.probes.map((probe, i): Probe => {
    const place = `${file}: probes[${i}]`;
    if (!isKind(probe.kind)) throw new VectorError(`${place}: unknown kind "${probe.kind}"`);
    const schema: TSchema = PROBES[probe.kind];
    assertIs(schema, probe, place);
    return probe as Probe;
  });
  return { ...value, probes };
}

function isKind(word: string): word is Kind {
  return Object.hasOwn(PROBES, word);
}

function assertIs<S extends TSchema>(schema: S, value: unknown, place: string): asserts value is Static<S> {
  if (Value.Check(schema, value)) return;
  const [first] = Value.Errors(schema, value);
  const where = first === undefined || first.instancePath === '' ? '' : `${first.instancePath} `;
  // What is said of a member that no schema names.
  if (first?.keyword === 'boolean') throw new VectorError(`${place}: unknown member ${first.instancePath}`);
  throw new VectorError(`${place}: ${where}${first?.message ?? 'is not as it should be'}`);
}
