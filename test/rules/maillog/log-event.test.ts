import { expect, test } from 'vitest';
import { readLogEvent } from '../../../src/rules/maillog/log-event.ts';

test('a delivery is read with all its members', () => {
  const text =
    'to=<a@b.example>, orig_to=<c@d.example>, relay=mx.b.example[192.0.2.1]:25, conn_use=2, delay=0.1, ' +
    'delays=0/0/0.1/0, dsn=5.1.1, status=bounced (host mx said: 550 no (in reply to RCPT TO command))';
  expect(readLogEvent({ program: 'smtp', text })).toMatchObject({
    kind: 'delivery',
    to: 'a@b.example',
    origTo: 'c@d.example',
    relay: 'mx.b.example[192.0.2.1]:25',
    dsn: '5.1.1',
    status: 'bounced',
    text: 'host mx said: 550 no (in reply to RCPT TO command)',
  });
});

test('an address may hold what members are made of', () => {
  const text = 'to=<"a>, b=c"@d.example>, relay=local, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (ok)';
  expect(readLogEvent({ program: 'local', text })).toMatchObject({ to: '"a>, b=c"@d.example', relay: 'local' });
});

test.for([
  {
    by: 'smtpd',
    text: 'reject: RCPT from c.example[192.0.2.5]: 454 4.7.1 <x@y.example>: Relay access denied; from=<s@o.example> to=<x@y.example> proto=ESMTP helo=<h>',
    event: { stage: 'RCPT', reply: '454 4.7.1 <x@y.example>: Relay access denied', clientAddress: '192.0.2.5' },
  },
  {
    by: 'cleanup',
    text: 'reject: header Subject: bad from c.example[192.0.2.5]; from=<s@o.example> to=<x@y.example> proto=ESMTP helo=<h>: 5.7.1 no',
    event: { stage: 'header Subject: bad', reply: '5.7.1 no', clientName: 'c.example' },
  },
])('a refusal of $by is read with its envelope', ({ by, text, event }) => {
  const envelope = { from: 's@o.example', to: 'x@y.example', helo: 'h' };
  expect(readLogEvent({ program: by, text })).toMatchObject({
    kind: 'action',
    action: 'reject',
    ...event,
    ...envelope,
  });
});

test.for([
  { program: 'smtpd', text: 'client=c.example[192.0.2.5], sasl_method=PLAIN, sasl_username=ada', kind: 'received' },
  { program: 'qmgr', text: 'from=<>, size=10, nrcpt=1 (queue active)', kind: 'active' },
  { program: 'pickup', text: 'uid=0 from=<root>', kind: 'picked up' },
  { program: 'bounce', text: 'sender non-delivery notification: 4jZDRn39plz20', kind: 'notified' },
  { program: 'cleanup', text: 'message-id=<a@b>', kind: 'content' },
  { program: 'smtpd', text: 'fatal: open /etc/x: No such file or directory', kind: 'complaint' },
  { program: 'smtpd', text: 'connect from c.example[192.0.2.5]', kind: undefined },
])('"$text" is $kind', ({ program, text, kind }) => {
  expect(readLogEvent({ program, text })?.kind).toBe(kind);
});

test.for(['to=<', `to=<${'>, relay='.repeat(1000)}`, `reject: RCPT from a[1]: ${'; from=< to=<> '.repeat(1000)}`])(
  'a hostile line takes no time (case %#)',
  (text) => {
    const startedAt = performance.now();
    readLogEvent({ program: 'smtpd', text });
    expect(performance.now() - startedAt).toBeLessThan(200);
  },
);
