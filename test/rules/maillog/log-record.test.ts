import { expect, test } from 'vitest';
import { parseLogRecord } from '../../../src/rules/maillog/log-record.ts';

const SAYS = '3F2A1B0C9D: removed';
const RECORD = { syslogName: 'postfix', program: 'qmgr', queueId: '3F2A1B0C9D', text: 'removed' };

test.for([
  { by: 'RFC 3164', line: `Nov  5 09:10:44 mail postfix/qmgr[20]: ${SAYS}` },
  { by: 'RFC 3164 with a priority', line: `<22>Nov  5 09:10:44 mail postfix/qmgr[20]: ${SAYS}` },
  { by: 'RFC 5424', line: `<22>1 2026-11-25T09:10:44.003Z mail.example.com postfix/qmgr 20 - - ${SAYS}` },
  { by: 'RFC 5424 with data', line: `1 2026-11-25T09:10:44Z mail postfix/qmgr 20 ID47 [a@1 b="c"][d@2] ${SAYS}` },
  { by: 'an ISO time', line: `2026-11-25T09:10:44.123456+00:00 mail postfix/qmgr[20]: ${SAYS}` },
  { by: 'journalctl -o short-full', line: `Wed 2026-11-25 09:10:44 UTC mail postfix/qmgr[20]: ${SAYS}` },
  { by: 'Solaris', line: `Nov  5 09:10:44 mail postfix/qmgr[20]: [ID 197553 mail.info] ${SAYS}` },
  { by: 'nobody but the program', line: `postfix/qmgr[20]: ${SAYS}\r` },
])('a line is read as $by writes it', ({ line }) => {
  expect(parseLogRecord(line)).toEqual(RECORD);
});

test.for([
  { tag: 'postfix/submission/smtpd', syslogName: 'postfix/submission', program: 'smtpd' },
  { tag: 'postfix-out/smtp', syslogName: 'postfix-out', program: 'smtp' },
])('of $tag the last word is the program', ({ tag, ...expected }) => {
  expect(parseLogRecord(`Nov  5 09:10:44 mail ${tag}[1]: x`)).toEqual({ ...expected, text: 'x' });
});

test.for([
  { says: '4jZDRn2ZlVz1s: removed', queueId: '4jZDRn2ZlVz1s' },
  { says: 'NOQUEUE: removed', queueId: undefined },
  { says: 'removed', queueId: undefined },
])('the queue ID of "$says" is $queueId', ({ says, queueId }) => {
  expect(parseLogRecord(`postfix/qmgr[1]: ${says}`)).toMatchObject({ text: 'removed' });
  expect(parseLogRecord(`postfix/qmgr[1]: ${says}`)?.queueId).toBe(queueId);
});

test.for([
  '',
  'hello',
  'Nov  5 09:10:44 mail sshd[1]: Accepted publickey',
  'a/b',
  '/'.repeat(100_000),
  'a/'.repeat(100_000),
])('what no program of Postfix wrote is no record (case %#)', (line) => {
  expect(parseLogRecord(line)).toBeUndefined();
});
