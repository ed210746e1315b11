import { expect, test } from 'vitest';
import { readLogEvent } from '../../../src/rules/maillog/log-event.ts';
import { openLogGatherer, type Gathered } from '../../../src/rules/maillog/log-gatherer.ts';
import { parseLogRecord } from '../../../src/rules/maillog/log-record.ts';

const DELAYS = 'delay=0, delays=0/0/0/0, dsn=2.0.0';
const TAKEN = 'postfix/smtpd[1]: AAAAA1: client=c.test[192.0.2.5], sasl_method=PLAIN, sasl_username=ada';
const ACTIVE = 'postfix/qmgr[1]: AAAAA1: from=<s@o.test>, size=1, nrcpt=1 (queue active)';
const FORWARDED = `postfix/local[1]: AAAAA1: to=<a@b.test>, relay=local, ${DELAYS}, status=sent (forwarded as AAAAA2)`;
const SENT = `postfix/smtp[1]: AAAAA2: to=<x@far.test>, relay=mx[192.0.2.1]:25, ${DELAYS}, status=sent (ok)`;
const REMOVED = ['AAAAA1', 'AAAAA2'].map((queueId) => `postfix/qmgr[1]: ${queueId}: removed`);

/** What the lines tell, and what the end of the log does. */
function gather(lines: readonly string[], options: { readonly maxOpen?: number } = {}) {
  const gatherer = openLogGatherer(options);
  const told = lines.flatMap((line) => {
    const record = parseLogRecord(line);
    const event = record && readLogEvent(record);
    return record && event ? gatherer.add(record, event) : [];
  });
  return { told: told.map(describe), left: gatherer.end().map(describe) };
}

function describe(gathered: Gathered): string {
  if (gathered.kind === 'action') return gathered.action.action;
  const { queueId, login = 'nobody', sender, deliveries } = gathered.message;
  return `${queueId} of ${login}, from ${sender ?? '?'}, to ${deliveries.map(({ to }) => to).join(' ')}`;
}

const WHOLE = 'AAAAA1 of ada, from s@o.test, to a@b.test x@far.test';

test('a message is told of when it, and what was made of it, has left the queue', () => {
  expect(gather([TAKEN, ACTIVE, FORWARDED, SENT, ...REMOVED])).toEqual({ told: [WHOLE], left: [] });
});

test('what is still in the queue at the end of the log is told of once, with what was made of it', () => {
  expect(gather([TAKEN, ACTIVE, FORWARDED, SENT])).toEqual({ told: [], left: [WHOLE] });
});

test('of too many messages the oldest is told of as it is', () => {
  const taken = (queueId: string) => TAKEN.replace('AAAAA1', queueId);
  expect(gather([taken('AAAAA1'), taken('AAAAA2')], { maxOpen: 1 })).toEqual({
    told: ['AAAAA1 of ada, from ?, to '],
    left: ['AAAAA2 of ada, from ?, to '],
  });
});

test('a notice of bounce(8) isn’t told of', () => {
  const notice = ACTIVE.replace('s@o.test', '').replace('AAAAA1', 'AAAAA2');
  expect(gather([notice, SENT, ...REMOVED.slice(1)])).toEqual({ told: [], left: [] });
});
