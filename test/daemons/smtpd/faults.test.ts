import { expect, test } from 'vitest';
import { StoreCorruptError, StoreFullError } from '../../../src/store/store.ts';
import { measureHeldBuffers } from '../../support/held-memory.ts';
import { openMailroom } from '../../support/mailroom.ts';

const ENVELOPE = ['EHLO c', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA'];

test.for([
  { fault: new StoreFullError('full'), reply: '452 4.3.1 Insufficient system storage' },
  { fault: new StoreCorruptError('corrupt'), reply: '452 4.3.1 Insufficient system storage' },
  { fault: new Error('disk on fire'), reply: '451 4.3.0 Error: queue file write error' },
])(
  'when the store fails with "$fault.message" the client is told $reply, and the next mail is kept',
  async ({ fault, reply }) => {
    const faults = [fault];
    await using room = await openMailroom({
      accept: (message, keep) => {
        const next = faults.pop();
        return next ? Promise.reject(next) : keep(message);
      },
    });
    await using client = await room.connect();

    const first = await client.say(...ENVELOPE, '.');
    const second = await client.say(...ENVELOPE, '.');

    expect(first.at(-1)).toBe(reply);
    expect(second.at(-1)).toMatch(/^250 2\.0\.0 Ok: queued as /);
    expect((await room.store.counts()).total).toBe(1);
  },
);

test('a message over message_size_limit is refused at its end, the session goes on', async () => {
  await using room = await openMailroom({ settings: { message_size_limit: '1000' } });
  await using client = await room.connect();

  const replies = await client.say(...ENVELOPE, `${'x'.repeat(999)}\r\n.`, 'NOOP', 'MAIL FROM:<a@b.test> SIZE=1001');

  expect(replies.slice(-3)).toEqual([
    '552 5.3.4 Error: message file too big',
    '250 2.0.0 Ok',
    '552 5.3.4 Message size exceeds fixed limit',
  ]);
  expect(room.taken).toHaveLength(0);
});

test('a message of exactly message_size_limit is kept', async () => {
  await using room = await openMailroom({ settings: { message_size_limit: '1000' } });
  await using client = await room.connect();

  const replies = await client.say(...ENVELOPE, `${'x'.repeat(998)}\r\n.`);

  expect(replies.at(-1)).toMatch(/^250 2\.0\.0 /);
});

test.for([
  {
    name: 'one line without end in DATA',
    before: ENVELOPE,
    after: '\r\n.\r\n',
    reply: '552 5.3.4 Error: message file too big',
  },
  { name: 'a command line without end', before: [], after: '\r\n', reply: '500 5.5.2 Error: command not recognized' },
])('$name takes no memory', async ({ before, after, reply }) => {
  await using room = await openMailroom({ settings: { message_size_limit: '1000000' } });
  await using client = await room.connect();
  await client.say(...before);
  const octets = Buffer.alloc(1024 * 1024, 'x');
  const heldBefore = measureHeldBuffers();

  for (let megabytes = 0; megabytes < 100; megabytes += 1) {
    if (!client.socket.write(octets)) await new Promise((resolve) => client.socket.once('drain', resolve));
  }
  const taken = measureHeldBuffers() - heldBefore;
  client.send(after);

  expect(await client.reply()).toEqual([reply]);
  // What is on its way between the two sockets counts, too, and is more when the machine is busy.
  expect(taken).toBeLessThan(50 * 1024 * 1024);
});

test.for(
  [
    { verb: 'CONNECT', lines: [], reply: '554 5.7.1 no' },
    { verb: 'EHLO', lines: ['EHLO c'], reply: '554 5.7.1 no' },
    { verb: 'AUTH', lines: ['AUTH PLAIN AGEAYg=='], reply: '554 5.7.1 no' },
    { verb: 'MAIL', lines: ['MAIL FROM:<a@b.test>'], reply: '554 5.7.1 no' },
    { verb: 'RCPT', lines: ['MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>'], reply: '554 5.7.1 no' },
    { verb: 'DATA', lines: ['MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA'], reply: '554 5.7.1 no' },
    { verb: 'END-OF-DATA', lines: [...ENVELOPE, '.'], reply: '554 5.7.1 no' },
    { verb: 'VRFY', lines: ['VRFY a'], reply: '554 5.7.1 no' },
  ].flatMap((one) => [
    { ...one, later: false },
    { ...one, later: true },
  ]),
)('a decision refuses $verb (later: $later)', async ({ verb, lines, reply, later }) => {
  const refusal = { code: 554, enhanced: '5.7.1', text: 'no' };
  await using room = await openMailroom({
    decide: (command) => {
      const answer = command.verb === verb ? refusal : undefined;
      return later ? Promise.resolve(answer) : answer;
    },
  });
  await using client = await room.connect();

  const replies = await client.say(...lines, 'NOOP');

  expect(replies.slice(-2)).toEqual(lines.length === 0 ? ['250 2.0.0 Ok'] : [reply, '250 2.0.0 Ok']);
  expect(room.taken).toHaveLength(0);
});

test('a decision of 421 closes the connection; its text stays on one line', async () => {
  await using room = await openMailroom({
    decide: ({ verb }) => (verb === 'MAIL' ? { code: 421, text: 'too\r\nmuch' } : undefined),
  });
  await using client = await room.connect();

  expect(await client.say('MAIL FROM:<a@b.test>', 'NOOP')).toEqual(['421 too  much', '(closed)']);
});

test('a decision that fails costs a 451, not the server', async () => {
  await using room = await openMailroom({
    decide: ({ verb }) => (verb === 'MAIL' ? Promise.reject(new Error('oops')) : undefined),
  });
  await using client = await room.connect();

  expect(await client.say('MAIL FROM:<a@b.test>', 'NOOP')).toEqual(['451 4.3.0 Error: internal error', '250 2.0.0 Ok']);
});
