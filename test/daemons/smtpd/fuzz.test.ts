import fc from 'fast-check';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DialogueLine } from '../../../src/store/session.ts';
import { openMailroom, type Mailroom } from '../../support/mailroom.ts';
import { openTestWorld, type TestWorld } from '../../support/rule-world.ts';
import { openTalk } from '../../support/smtp-talk.ts';

/** `npm run fuzz:smtpd -- N` asks for more. */
const RUNS = Number(process.env['POSTFIXTURE_FUZZ_RUNS'] ?? 60);
const TIME_LIMIT_MS = 20_000 + RUNS * 300;

const MAIN_CF = `catch_smtp_port = 0
inet_interfaces = loopback-only
catch_mode = strict
mydestination = example.com
relay_domains = r.test
message_size_limit = 400
line_length_limit = 512
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 1000
smtpd_junk_command_limit = 1000
smtpd_sasl_auth_enable = yes
smtpd_authorized_verp_clients = 127.0.0.1
notify_classes = protocol, policy, bounce
smtpd_recipient_limit = 3
smtpd_forbid_bare_newline = normalize
smtpd_forbid_bare_newline_exclusions =
smtpd_sender_restrictions = check_sender_access inline:{{reject@o.test=REJECT} {hang@o.test=HANGUP} {discard@o.test=DISCARD}}
`;

const LINES = [
  'EHLO c',
  'HELO c',
  'EHLO',
  'MAIL FROM:<a@o.test>',
  'MAIL FROM:<>',
  'MAIL FROM:<reject@o.test>',
  'MAIL FROM:<discard@o.test>',
  'MAIL FROM:<a@o.test> SIZE=401',
  'MAIL FROM:<a@o.test> XVERP BODY=8BITMIME',
  'mail from: a@o.test',
  'RCPT TO:<postmaster>',
  'RCPT TO:<b@r.test>',
  'RCPT TO:<b@r.test> NOTIFY=NEVER',
  'RCPT TO:<nosuch@example.com>',
  'RCPT TO:',
  'DATA',
  'RSET',
  'NOOP',
  'VRFY b@r.test',
  'ETRN r.test',
  'HELP',
  'AUTH LOGIN',
  'AUTH PLAIN AGFkYQBz',
  'AUTH PLAIN',
  '*',
  '.',
  '',
  'XCLIENT ADDR=192.0.2.1',
  'XFORWARD NAME=x',
  'STARTTLS',
  'BDAT x',
  'BDAT 0',
];

const octets = (maxLength: number) =>
  fc.array(fc.constantFrom(...'\r\n. aA@<>:=\0\x7f\xe9\xff'), { maxLength }).map((some) => some.join(''));
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r\r\n');
const line = fc.tuple(fc.constantFrom(...LINES), lineEnd).map((parts) => parts.join(''));
const envelope = fc.constant('MAIL FROM:<a@o.test>\r\nRCPT TO:<b@r.test>\r\n');
const data = fc
  .tuple(octets(60), fc.constantFrom('\r\n.\r\n', '.\r\n', '\n.\n'))
  .map(([text, end]) => `DATA\r\n${text}${end}`);
const chunk = fc
  .tuple(octets(30), fc.constantFrom('', ' LAST'), fc.integer({ min: -2, max: 2 }))
  .map(([text, last, off]) => `BDAT ${Math.max(0, text.length + off)}${last}\r\n${text}`);
const longLine = fc.integer({ min: 400, max: 700 }).map((length) => `NOOP ${'x'.repeat(length)}\r\n`);
/** What a client sends: mostly commands, as one text of octets. */
const talk = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: line },
      { weight: 3, arbitrary: envelope },
      { weight: 2, arbitrary: data },
      { weight: 2, arbitrary: chunk },
      { weight: 1, arbitrary: octets(20) },
      { weight: 1, arbitrary: longLine },
    ),
    { maxLength: 14 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));

let configured: TestWorld;
beforeAll(async () => {
  configured = await openTestWorld({ mainCf: MAIN_CF, masterCf: 'smtp inet n - n - - smtpd\n' });
});
afterAll(() => configured[Symbol.asyncDispose]());

/** What was said over the wire, and what was written down of it. */
interface Held {
  readonly wire: string;
  readonly lines: readonly DialogueLine[];
}

/** Sends these chunks, one when the one before is used up, and hangs up. */
async function hold(chunks: readonly Buffer[]): Promise<Held> {
  const { conversation, written, wire, session, store } = await openTalk({ configured });
  await using _store = store;
  conversation.greet();
  while (written.length === 0 && !wire.isHungUp) await setImmediate();
  for (const chunk of chunks) {
    let isUsed = false;
    conversation.receive(chunk, () => (isUsed = true));
    while (!isUsed && !wire.isHungUp) await setImmediate();
    if (wire.isHungUp) break;
  }
  conversation.endOfInput();
  conversation.end();
  const stored = await store.session(session.dialogue.sessionId);
  return { wire: hideIds(written.join('')), lines: stored?.lines ?? [] };
}

function hideIds(text: string): string {
  return text.replaceAll(/queued as \w+/g, 'queued as ID');
}

/** @param cuts where to cut, each modulo what is left */
function cut(whole: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const at = [...new Set(cuts.map((one) => one % Math.max(1, whole.length)))].sort((a, b) => a - b);
  return [0, ...at].map((start, index) => whole.subarray(start, at[index])).filter((part) => part.length > 0);
}

/** Every command and every message has one reply, right behind it: so says what was written down. */
function listReplyFaults(lines: readonly DialogueLine[]): readonly string[] {
  const faults: string[] = [];
  let owed = 1; // the greeting
  for (const { from, text } of lines) {
    if (from === 'server' && /^\d{3}-/.test(text)) continue;
    if (from === 'client' && owed > 0) faults.push(`no reply before ${text}`);
    if (from === 'server' && owed === 0) faults.push(`nobody asked for ${text}`);
    if (from === 'client') owed = 1;
    else if (from === 'server') owed = text.startsWith('354') ? 1 : 0;
    else if (text.startsWith('(an access table says HANGUP') || text.startsWith('(connection lost')) owed = 0;
  }
  return faults;
}

test('however the octets are cut into chunks, the dialogue is the same', { timeout: TIME_LIMIT_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(talk, fc.array(fc.nat(), { maxLength: 20 }), async (sent, cuts) => {
      const whole = await hold([sent]);
      const pieces = await hold(cut(sent, cuts));
      const single = await hold([...sent].map((octet) => Buffer.of(octet)));

      expect(pieces.wire).toBe(whole.wire);
      expect(single.wire).toBe(whole.wire);
    }),
    { numRuns: RUNS },
  );
});

test('no reply is missing, out of order, or one too many', { timeout: TIME_LIMIT_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(talk, async (sent) => {
      const { wire, lines } = await hold([sent]);
      const said = lines.filter(({ from }) => from === 'server').map(({ text }) => `${text}\r\n`);

      expect(listReplyFaults(lines)).toEqual([]);
      expect(wire).toBe(hideIds(said.join('')));
    }),
    { numRuns: RUNS },
  );
});

test('a client that goes away at any octet leaves nothing behind', { timeout: TIME_LIMIT_MS }, async () => {
  await using room = await openMailroom({ configured });
  await fc.assert(
    fc.asyncProperty(talk, fc.nat(), fc.boolean(), async (sent, length, isReset) => {
      const socket = connect(room.smtpd.port, '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(sent.subarray(0, length % (sent.length + 1)));
      await leave(socket, isReset);
      await answersStill(room);
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
  await room.smtpd[Symbol.asyncDispose]();
  const sessions = await room.store.sessions({ limit: 1000 });
  expect(sessions.filter(({ endedAtMs }) => endedAtMs === undefined)).toEqual([]);
});

async function leave(socket: Socket, isReset: boolean): Promise<void> {
  const closed = once(socket, 'close');
  socket.resume();
  if (isReset) socket.resetAndDestroy();
  else socket.end();
  await closed;
}

async function answersStill(room: Mailroom): Promise<void> {
  await using client = await room.connect();
  expect(await client.say('NOOP', 'QUIT')).toEqual(['250 2.0.0 Ok', '221 2.0.0 Bye']);
}
