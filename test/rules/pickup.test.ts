import { expect, test } from 'vitest';
import { identifyClient } from '../../src/rules/access/client-name.ts';
import { applyEdits } from '../../src/rules/cleanup/edit-script.ts';
import { explain } from '../../src/rules/explain.ts';
import type { Mail } from '../../src/rules/mail.ts';
import { openTestWorld } from '../support/rule-world.ts';

const MASTER = `
pickup unix n - n 60 1 pickup
  -o content_filter=relay:[filter.test]:10025
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
local unix - n n - - local
relay unix - - n - - smtp
smtp unix - - n - - smtp
smtp inet n - n - - smtpd
`;
/** Mail that every access rule would refuse, of a client from elsewhere. */
const mail = (fields: Partial<Mail>): Mail => ({
  queueId: '4hT0CJ0nPQz1',
  nowMs: Date.UTC(2026, 10, 25),
  sender: 'alice',
  recipients: [{ address: 'bob', orcpt: '', notify: [] }],
  raw: Buffer.from('From: alice\r\nSubject: hi\r\n\r\nx\r\n'),
  client: identifyClient({ address: '192.0.2.1', port: 40_000, isEncrypted: false }, undefined),
  helo: 'client.test',
  protocol: 'ESMTP',
  login: '',
  service: 'smtp/inet',
  body: undefined,
  smtputf8: false,
  ret: undefined,
  envid: undefined,
  ...fields,
});
const mainCf = 'smtpd_recipient_restrictions = reject\nmyorigin = home.test\n';

test('what sendmail(1) hands in is asked nothing by access rules, and is rewritten as local mail', async () => {
  await using opened = await openTestWorld({ mainCf });
  const sent = mail({ submitter: { uid: 1000, fullName: '' } });
  const { journey, edits } = explain(sent, opened.world);
  expect(journey.messages.map(({ state }) => state)).toEqual(['queued']);
  expect(journey.messages[0]?.log[0]).toEqual({ program: 'pickup', text: 'uid=1000 from=<alice>' });
  const text = Buffer.from(applyEdits(sent.raw, edits)).toString('latin1');
  expect(text).toMatch(/^Received: by \S+ \(Postfix, from userid 1000\)\r\n\tid 4hT0CJ0nPQz1; /);
  expect(text).toContain('From: alice@home.test\r\n');
});

test('the same mail by SMTP is refused', async () => {
  await using opened = await openTestWorld({ mainCf });
  expect(explain(mail({}), opened.world).journey.messages.map(({ state }) => state)).toContain('rejected');
});

test('the content filter of pickup, not that of smtpd, gets it', async () => {
  await using opened = await openTestWorld({ mainCf, masterCf: MASTER });
  const { journey } = explain(mail({ submitter: { uid: 0, fullName: '' } }), opened.world);
  expect(journey.nodes.flatMap(({ delivery }) => delivery ?? [])).toMatchObject([
    { transport: 'relay', nexthop: '[filter.test]:10025' },
  ]);
});

test('a header check that refuses it says that it came from local', async () => {
  const files = { checks: '/^Subject: hi/ REJECT no greetings\n' };
  await using opened = await openTestWorld({ mainCf: `${mainCf}header_checks = regexp:/etc/postfix/checks\n`, files });
  const { journey } = explain(mail({ submitter: { uid: 0, fullName: '' } }), opened.world);
  expect(journey.messages[0]?.log.map(({ text }) => text)).toContainEqual(
    expect.stringContaining('reject: header Subject: hi from local; from=<alice@home.test>'),
  );
});
