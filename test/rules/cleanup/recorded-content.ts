// Vectors as far as content goes: a probe as cleanup(8) gets it, and what a delivery agent is given of it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { unquoteAddress } from '../../../src/rules/address/quote.ts';
import { cleanContent, type CleanedContent } from '../../../src/rules/cleanup/clean-content.ts';
import type { CleanupRequest } from '../../../src/rules/cleanup/cleanup-request.ts';
import { applyEdits } from '../../../src/rules/cleanup/edit-script.ts';
import { fromOctets, toOctets } from '../../../src/rules/octets.ts';
import { rewriteAddress, rewriteInternalAddress } from '../../../src/rules/trivial-rewrite/rewrite.ts';
import type { RuleWorld } from '../../../src/rules/world.ts';

/** A vector's members that are about content. */
export interface ContentVector {
  readonly name: string;
  readonly config: {
    readonly main_cf: string;
    readonly master_cf?: string;
    readonly files: Readonly<Record<string, string>>;
  };
  readonly probes: readonly ContentProbe[];
}

/** A message that is handed in. */
export interface ContentProbe {
  readonly kind: string;
  readonly from?: string;
  readonly to?: readonly string[];
  readonly client?: { readonly addr: string; readonly name?: string };
  readonly helo?: string;
  readonly auth?: readonly [string, string];
  readonly port?: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly lines?: readonly (string | { readonly bytes: string })[];
  readonly expected: {
    readonly rcpt?: readonly { readonly code: number }[];
    readonly dot?: { readonly code: number; readonly enh: string; readonly text: string };
    readonly replies?: readonly (readonly string[])[];
    readonly messages?: readonly {
      readonly msg: number;
      readonly full?: string;
      readonly body?: string;
      readonly headers?: readonly (readonly [string, string])[];
    }[];
    readonly log?: readonly string[];
  };
}

/** What is compared. Members that a probe didn't record are left out. */
export interface ContentOutcome {
  readonly reply: string;
  readonly log: readonly string[];
  readonly full?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

const STANDARD_HEADERS = [
  ['From', 'probe@origin.test'],
  ['To', 'undisclosed@list.test'],
  ['Subject', 'probe'],
  ['Date', 'Fri, 1 Jan 1999 00:00:00 +0000'],
  ['Message-Id', '<probe@origin.test>'],
] as const;

/** Reads a vector of the conformance suite, or one that stands beside this file. */
export async function readContentVector(path: string): Promise<ContentVector> {
  // The text is what the suite's own reader checks.
  return JSON.parse(await readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8')) as ContentVector;
}

/** What was recorded. */
export function recordedOutcome({ expected }: ContentProbe): ContentOutcome {
  const { dot, replies, messages = [], log = [] } = expected;
  const message = messages.find(({ msg }) => msg === 1);
  const last = replies?.at(-2)?.[0];
  return {
    reply: dot === undefined ? (last ?? '') : `${dot.code} ${dot.enh} ${dot.text}`,
    log: log.filter((line) => line.startsWith('postfix/cleanup: ')).map((line) => line.slice(17)),
    ...(message?.full !== undefined && { full: message.full }),
    ...(message?.headers !== undefined && { headers: message.headers }),
    ...(message?.body !== undefined && { body: message.body }),
  };
}

/** What the rules say, with the same members. */
export function decidedOutcome(probe: ContentProbe, world: RuleWorld): ContentOutcome {
  const message = toRequest(probe, world);
  const cleaned = clean(message, world);
  const expected = recordedOutcome(probe);
  const content = Buffer.from(applyEdits(message.raw, cleaned.edits)).toString('latin1');
  const full = normalise(content.replaceAll('\r\n', '\n'));
  const [head = '', ...rest] = full.split('\n\n');
  return {
    reply: toReply(cleaned),
    log: cleaned.log
      .filter(({ text }) => !/^(resent-)?message-id=/.test(text))
      .map(({ text }) => normalise(/^warning: (?!header|body)/.test(text) ? text : `<Q1>: ${text}`)),
    ...(expected.full !== undefined && { full }),
    ...(expected.headers !== undefined && { headers: toHeaders(head) }),
    ...(expected.body !== undefined && { body: rest.join('\n\n') }),
  };
}

function clean(message: CleanupRequest, world: RuleWorld): CleanedContent {
  const view = world.view('rewrite/unix');
  const rewrite = (address: string) => rewriteInternalAddress(address, 'local', view);
  const last = message.recipients.at(-1);
  return cleanContent(
    {
      message,
      sender: rewrite(message.sender),
      lastRecipient: last && rewrite(last.address),
      mapAddress: (address) => rewriteAddress(address, message.context, view),
    },
    world,
  );
}

function toReply({ end }: CleanedContent): string {
  return end.state === 'rejected' ? `${end.code} ${end.dsn} ${end.text}` : '250 2.0.0 Ok: queued as <QID>';
}

/** A request as smtpd(8) makes it. */
function toRequest(probe: ContentProbe, world: RuleWorld): CleanupRequest {
  const { client, helo = 'EHLO client.test', auth, port = 25, lines } = probe;
  const session = lines === undefined ? undefined : toSession(lines);
  const recipients =
    session?.recipients ?? (probe.to ?? []).filter((_, i) => (probe.expected.rcpt?.[i]?.code ?? 250) === 250);
  const name = client?.name ?? 'localhost';
  const clients = world.view('smtp/inet').get('local_header_rewrite_clients');
  const isLocal = clients === 'static:all' || (client === undefined && clients !== '');
  return {
    number: 1,
    origin: 'received',
    queueId: 'QQQQQQQ',
    nowMs: Date.UTC(2026, 10, 25, 4, 5, 6),
    sender: session?.sender ?? unquoteAddress(probe.from ?? ''),
    recipients: recipients.map((address) => ({
      address: unquoteAddress(address),
      orcpt: '',
      notify: [],
      original: '',
      parent: undefined,
    })),
    raw: Buffer.from(session?.content ?? toContent(probe), 'latin1'),
    client: {
      name: name.startsWith('[') ? 'unknown' : name,
      reverseName: 'unknown',
      address: client?.addr.replace('IPV6:', '') ?? '127.0.0.1',
      port: '25',
      helo: helo.replace(/^\w+ /, '').replaceAll(/[ <>()\\";:@]/g, '?'),
      protocol: helo.startsWith('EHLO') ? 'ESMTP' : 'SMTP',
    },
    login: auth?.[0] ?? '',
    context: isLocal ? 'local' : 'remote',
    actions: { prepend: [], hold: undefined, discard: undefined, filter: undefined, redirect: undefined, bcc: [] },
    overrides: new Set(port === 2526 ? (['no_header_body_checks'] as const) : []),
    body: session?.body,
    smtputf8: session?.smtputf8 ?? false,
    service: port === 25 ? 'smtp/inet' : `${port}/inet`,
  };
}

function toContent({ headers = STANDARD_HEADERS, body = 'x\n' }: ContentProbe): string {
  const head = headers.map(([name, value]) => `${name === '' ? value : `${name}: ${value}`}\n`).join('');
  return toOctets(`${head}\n${body}`).replaceAll('\n', '\r\n');
}

/** A dialogue's envelope and content. */
function toSession(lines: readonly (string | { readonly bytes: string })[]) {
  const texts = lines.map((line) => (typeof line === 'string' ? `${toOctets(line)}\r\n` : line.bytes));
  const data = texts.findIndex((text) => text === 'DATA\r\n');
  const commands = texts.slice(0, data);
  const mail = commands.find((text) => text.startsWith('MAIL ')) ?? '';
  const content = texts
    .slice(data + 1)
    .join('')
    .replace(/(?<=^|\r\n)\.\r\n[^]*$/, '');
  return {
    sender: /<(.*?)>/.exec(mail)?.[1] ?? '',
    recipients: commands.flatMap((text) => /^RCPT TO:<(.*?)>/.exec(text)?.[1] ?? []),
    body: mail.includes('BODY=8BITMIME') ? ('8BITMIME' as const) : undefined,
    smtputf8: mail.includes('SMTPUTF8'),
    content,
  };
}

function toHeaders(head: string): readonly (readonly [string, string])[] {
  return head
    .split(/\n(?![ \t])/)
    .map((field): readonly [string, string] => {
      const colon = field.indexOf(':');
      const name = field.slice(0, colon);
      const value = field.slice(colon + 1).replace(/^ /, '');
      // As the oracle writes them down.
      if (name === 'Content-Type') return [name, value.replace(/boundary="[^"]*"/, 'boundary="<BOUNDARY>"')];
      return [name, name === 'Date' && !value.includes('1999') ? '<DATE>' : value];
    })
    .filter(([name]) => name !== 'Received' && name !== '');
}

function normalise(octets: string): string {
  return fromOctets(octets)
    .replaceAll(/\w{3}, [ \d]\d \w{3} 2026 [\d:]{8} \+0000 \(UTC\)/g, '<DATE>')
    .replaceAll(/<\d{14}\./g, '<<TIME>.')
    .replaceAll('QQQQQQQ', '<Q1>');
}
