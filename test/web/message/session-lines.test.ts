import { expect, test } from 'vitest';
import type { SessionLine } from '../../../src/http/api/schemas/session.ts';
import { layOutDialogue } from '../../../web/src/message/session-lines.ts';

const line = (afterMs: number, from: SessionLine['from'], text: string, isPipelined?: true): SessionLine => ({
  at: '',
  afterMs,
  from,
  text,
  ...(isPipelined && { isPipelined }),
});

const DIALOGUE = [
  line(3, 'server', '220 ready'),
  line(10, 'client', 'EHLO c'),
  line(12, 'server', '250-mail'),
  line(12, 'server', '250 DSN'),
  line(20, 'client', 'MAIL FROM:<a@b.test>'),
  line(21, 'server', '250 Ok'),
  line(21, 'client', 'RCPT TO:<c@d.test>', true),
  line(22, 'server', '550 5.1.1 no'),
  line(22, 'client', 'DATA', true),
  line(23, 'server', '354 go on'),
  line(40, 'note', '(5 octets of content)'),
  line(47, 'server', '250 queued'),
  line(50, 'client', 'QUIT'),
  line(51, 'server', '221 Bye'),
];
const rows = layOutDialogue({ lines: DIALOGUE, startLine: 4, endLine: 12 });

test('a reply took so long since the command, or since the end of the content; once for all its lines', () => {
  expect(rows.flatMap(({ line: { text }, replyMs }) => (replyMs === undefined ? [] : [`${text} ${replyMs}`]))).toEqual([
    '220 ready 3',
    '250-mail 2',
    '250 Ok 1',
    '550 5.1.1 no 1',
    '354 go on 1',
    '250 queued 7',
    '221 Bye 1',
  ]);
});

test('commands that were sent at once are a group, with the replies to them', () => {
  const group = rows.filter(({ pipelined }) => pipelined !== undefined);
  expect(group.map(({ line: { text }, pipelined }) => `${pipelined}: ${text}`)).toEqual([
    'first: MAIL FROM:<a@b.test>',
    'inner: 250 Ok',
    'inner: RCPT TO:<c@d.test>',
    'inner: 550 5.1.1 no',
    'inner: DATA',
    'last: 354 go on',
  ]);
  expect(group[0]?.pipelinedCount).toBe(3);
});

test('refusals are told, and the lines of the message', () => {
  expect(rows.filter(({ isRefusal }) => isRefusal).map(({ line: { text } }) => text)).toEqual(['550 5.1.1 no']);
  expect(rows.filter(({ isOurs }) => isOurs).map(({ index }) => index)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
});
