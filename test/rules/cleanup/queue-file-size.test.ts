import { expect, test } from 'vitest';
import { exceedsQueueFile, type QueueFile } from '../../../src/rules/cleanup/queue-file-size.ts';
import { NO_ACTIONS } from '../../../src/rules/access/state.ts';

const HEADERS =
  'From: probe@origin.test\nTo: undisclosed@list.test\nSubject: probe\nDate: Fri, 1 Jan 1999 00:00:00 +0000\nMessage-Id: <probe@origin.test>\n';
const RECEIVED =
  'Received: from client.test (localhost [127.0.0.1])\n\tby mail.example.com (Postfix) with ESMTP id 895924F;\n\tWed, 25 Nov 2026 09:00:04 +0000 (UTC)\n';

/** The message whose file a real Postfix wrote in 1,004 octets. */
function file(content: string, fields: Partial<QueueFile> = {}): QueueFile {
  const recipient = (address: string) => ({
    address,
    original: address,
    orcpt: `rfc822;${address}`,
    notify: [],
    node: 0,
  });
  return {
    message: {
      number: 1,
      origin: 'received',
      queueId: '895924F',
      nowMs: 0,
      sender: 's@origin.test',
      recipients: [],
      raw: Buffer.from(content.replaceAll('\n', '\r\n'), 'latin1'),
      client: {
        name: 'localhost',
        reverseName: 'localhost',
        address: '127.0.0.1',
        port: '51078',
        helo: 'client.test',
        protocol: 'ESMTP',
      },
      login: '',
      context: 'local',
      actions: NO_ACTIONS,
      overrides: new Set(),
      body: undefined,
      smtputf8: false,
      service: 'smtp/inet',
    },
    sender: 's@origin.test',
    recipients: [recipient('a@r.test'), recipient('alice@example.com')],
    edits: [],
    encoding: '',
    lineLimit: 2048,
    ...fields,
  };
}

/** The least limit that takes the file. */
function measure(one: QueueFile): number {
  let limit = 1;
  while (exceedsQueueFile(one, limit)) limit += 1;
  return limit;
}

test('a queue file is as large as the one that Postfix wrote', () => {
  expect(measure(file(`${RECEIVED}${HEADERS}\nx\n`))).toBe(1004);
});

const EMPTY = measure(file(''));
test.for([
  { why: 'a line has two octets beside its text', content: 'x\n'.repeat(100), more: 300 },
  { why: 'an empty one, too', content: '\n', more: 2 },
  { why: 'from 128 octets on it has three', content: `${'x'.repeat(128)}\n`.repeat(3), more: 393 },
  { why: 'beyond line_length_limit it is several', content: `${'x'.repeat(5000)}\n`, more: 2051 + 2051 + 907 },
])('$why', ({ content, more }) => {
  expect(measure(file(content)) - EMPTY).toBe(more);
});

test('what cleanup adds counts', () => {
  const edits = [{ start: 0, end: 0, octets: Buffer.from('X: y\r\n') }];
  expect(measure(file('', { edits })) - EMPTY).toBe(6);
});

test('without a limit nothing is too large', () => {
  expect(exceedsQueueFile(file('x\n'), 0)).toBe(false);
});
