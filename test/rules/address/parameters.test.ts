import { expect, test } from 'vitest';
import { splitCommandLine } from '../../../src/rules/address/command-line.ts';
import { parseMailParameters, parseRcptParameters } from '../../../src/rules/address/parameters.ts';

test.for([
  { sent: '', value: { smtputf8: false } },
  { sent: 'size=5 body=8bitmime', value: { smtputf8: false, declaredSizeBytes: 5, body: '8BITMIME' } },
  { sent: 'SMTPUTF8 RET=hdrs', value: { smtputf8: true, ret: 'HDRS' } },
  { sent: 'ENVID=a+20b AUTH=<>', value: { smtputf8: false, envid: 'a+20b', auth: '<>' } },
  { sent: 'SIZE=1 SIZE=2', value: { smtputf8: false, declaredSizeBytes: 2 } },
])('MAIL … $sent is understood', ({ sent, value }) => {
  expect(parseMailParameters(splitCommandLine(sent), { sizeLimitBytes: 100 })).toEqual({ value });
});

test.for([
  { sent: 'SIZE=101', refusal: '552 5.3.4 Message size exceeds fixed limit' },
  { sent: 'SIZE=99999999999999999999', refusal: '552 5.3.4 Message size exceeds file system imposed limit' },
  { sent: 'SIZE=-1', refusal: '501 5.5.4 Bad message size syntax' },
  { sent: 'BODY=BINARYMIME', refusal: '555 5.5.4 Unsupported option: BODY=BINARYMIME' },
  { sent: 'RET=FULL RET=FULL', refusal: '501 5.5.4 Bad RET parameter syntax' },
  { sent: 'ENVID=a+b', refusal: '501 5.5.4 Bad ENVID parameter syntax' },
  { sent: 'ENVID=a+0D+0A', refusal: '501 5.5.4 Bad ENVID parameter syntax' },
  { sent: 'AUTH=a AUTH=b', refusal: '503 5.5.4 Error: multiple AUTH= options' },
  { sent: 'FOO=1', refusal: '555 5.5.4 Unsupported option: FOO=1' },
  { sent: 'RET', refusal: '555 5.5.4 Unsupported option: RET' },
])('MAIL … $sent is refused', ({ sent, refusal }) => {
  expect(parseMailParameters(splitCommandLine(sent), { sizeLimitBytes: 100 })).toEqual({ refusal });
});

test.for([
  { sent: 'notify=never', value: { notify: ['NEVER'] } },
  {
    sent: 'NOTIFY=SUCCESS,delay ORCPT=rfc822;a+2Bb@c',
    value: { notify: ['SUCCESS', 'DELAY'], orcpt: 'rfc822;a+2Bb@c' },
  },
])('RCPT … $sent is understood', ({ sent, value }) => {
  expect(parseRcptParameters(splitCommandLine(sent))).toEqual({ value });
});

test.for([
  { sent: 'NOTIFY=', refusal: '501 5.5.4 Error: Bad NOTIFY parameter syntax' },
  { sent: 'NOTIFY=NEVER,SUCCESS', refusal: '501 5.5.4 Error: Bad NOTIFY parameter syntax' },
  { sent: 'NOTIFY=DELAY NOTIFY=DELAY', refusal: '501 5.5.4 Error: Bad NOTIFY parameter syntax' },
  { sent: 'ORCPT=a@b', refusal: '501 5.5.4 Error: Bad ORCPT parameter syntax' },
  { sent: 'ORCPT=;a', refusal: '501 5.5.4 Error: Bad ORCPT parameter syntax' },
  { sent: 'ORCPT=rfc822;a+x', refusal: '501 5.5.4 Error: Bad ORCPT parameter syntax' },
  { sent: 'X=Y', refusal: '555 5.5.4 Unsupported option: X=Y' },
])('RCPT … $sent is refused', ({ sent, refusal }) => {
  expect(parseRcptParameters(splitCommandLine(sent))).toEqual({ refusal });
});

test.for(['RET=HDRS', 'RET=x', 'ENVID=a'])('without DSN, MAIL with %s is refused', (sent) => {
  const parsed = parseMailParameters(splitCommandLine(sent), { sizeLimitBytes: 100, hasDsn: false });
  expect(parsed).toEqual({ refusal: '501 5.7.1 DSN support is disabled' });
});

test.for(['NOTIFY=NEVER', 'ORCPT=bad'])('without DSN, RCPT with %s is refused', (sent) => {
  const parsed = parseRcptParameters(splitCommandLine(sent), { hasDsn: false });
  expect(parsed).toEqual({ refusal: '501 5.7.1 DSN support is disabled' });
});
