import { expect, test } from 'vitest';
import { oneTest, runUnitTests } from '../../support/unit-tests.ts';

const CLIENT = 'from: s@far.test, client: "mx.far.test[192.0.2.9]"';

test.for([
  { mail: 'to: alice@example.com', wanted: '{ status: sent, transport: local, mailbox: /var/mail/alice }' },
  { mail: 'to: alice@example.com', wanted: '{ text: delivered to mailbox, dsn: 2.0.0, nexthop: mail.example.com }' },
  { mail: 'to: alice@example.com', wanted: '{ transport: /^lo/, mailbox: { matches: ^/var/ } }' },
  { mail: 'to: alice@example.com', wanted: '{ transport: /LOCAL/i }' },
  { mail: 'to: all@virt.test', wanted: '{ recipients: [far@away.test, alice@example.com], orig_to: all@virt.test }' },
  { mail: 'to: [alice@example.com, bob@example.com]', wanted: '{ transport: local }' },
  {
    mail: 'to: team@example.com',
    wanted: '{ deliveries: [{ status: sent }, { command: /bin/prog }, { mailbox: /var/mail/alice }] }',
  },
  { mail: 'to: team@example.com', wanted: '{ includes: [{ transport: smtp, nexthop: "[relay.example.net]:587" }] }' },
  { mail: 'to: alice@example.com', wanted: '{ reply: 250, queue: none }' },
  { mail: `to: x@far.test, ${CLIENT}`, wanted: '{ status: rejected, reply: 454 4.7.1, transport: smtpd }' },
  {
    mail: `to: x@far.test, ${CLIENT}`,
    wanted:
      '{ reply: { code: 454, enhanced: 4.7.1, text: /denied/, stage: RCPT }, log: "reject: RCPT from mx.far.test" }',
  },
  { mail: 'to: alice@example.com, from: ""', wanted: '{ sender: <> }' },
  { mail: 'to: alice@example.com, from: bob', wanted: '{ sender: bob@mail.example.com }' },
  { mail: 'to: alice@example.com, message: "Subject: Hi\\n\\n."', wanted: '{ headers: { subject: Hi } }' },
  { mail: 'to: alice@example.com', wanted: '{ headers: [Date, Message-Id], not: { headers: X-None } }' },
  { mail: 'to: alice@example.com', wanted: '{ not: { status: bounced, log: warning, headers: { Date: never } } }' },
  {
    mail: 'to: alice@example.com, helo: me.test, client: 10.0.0.1',
    wanted: '{ headers: { Received: /from me.test/ } }',
  },
  { mail: '"to": \'"j d"@example.com\'', wanted: `{ recipient: '"j d"@example.com' }` },
])('mail { $mail } meets $wanted', async ({ mail, wanted }) => {
  expect(await runUnitTests(oneTest(mail, wanted))).toEqual({
    status: 0,
    stdout: 'ok    a.postfix-test.yaml: 1 test\n\n1 test in 1 file: all passed\n',
    stderr: '',
  });
});

test.for([
  { mail: 'to: alice@example.com', wanted: '{ transport: smtp }', what: 'transport', want: 'smtp', got: 'local' },
  { mail: 'to: alice@example.com', wanted: '{ command: x }', what: 'command', want: 'x', got: 'none' },
  { mail: 'to: alice@example.com', wanted: '{ reply: 25 }', what: 'reply', want: '25', got: '250 2.0.0 Ok: queued' },
  { mail: 'to: alice@example.com', wanted: '{ sender: a@b }', what: 'sender', want: 'a@b', got: '<>' },
  { mail: 'to: alice@example.com', wanted: '{ queue: hold }', what: 'queue', want: 'hold', got: 'none' },
  { mail: 'to: alice@example.com', wanted: '{ log: nix }', what: 'log', want: 'nix', got: 'cleanup: message-id=' },
  {
    mail: 'to: alice@example.com, message: "Subject: Hi\\n\\n."',
    wanted: '{ headers: { Subject: Ho } }',
    what: 'header Subject',
    want: 'Ho',
    got: 'Hi',
  },
  {
    mail: 'to: all@virt.test',
    wanted: '{ transport: local }',
    what: 'transport of far@away.test',
    want: 'local',
    got: 'smtp',
  },
  {
    mail: 'to: all@virt.test',
    wanted: '{ recipients: [alice@example.com] }',
    what: 'recipients',
    want: 'alice@example.com',
    got: 'alice@example.com; far@away.test',
  },
  {
    mail: 'to: all@virt.test',
    wanted: '{ deliveries: [{ transport: smtp }] }',
    what: 'deliveries',
    want: '1 and no more',
    got: 'also alice@example.com, transport: local, nexthop: mail.example.com, status: sent',
  },
  {
    mail: 'to: all@virt.test',
    wanted: '{ includes: [{ transport: smtp }, { transport: smtp }] }',
    what: 'delivery',
    want: 'transport: smtp',
    got: 'alice@example.com, transport: local',
  },
  {
    mail: 'to: all@virt.test',
    wanted: '{ not: { transport: smtp } }',
    what: 'transport of far@away.test',
    want: 'not smtp',
    got: 'smtp',
  },
  {
    mail: 'to: alice@example.com',
    wanted: '{ not: { headers: Date } }',
    what: 'header Date',
    want: 'none',
    got: '',
  },
])('mail { $mail } doesn’t meet $wanted', async ({ mail, wanted, what, want, got }) => {
  const { status, stdout } = await runUnitTests(oneTest(mail, wanted));

  expect(status).toBe(1);
  expect(stdout).toContain(`  ${what}\n      expected  ${want}\n      got       ${got}`);
});

test('a test that fails shows the lines that decided, and where it is written', async () => {
  const { stdout } = await runUnitTests(oneTest('to: all@virt.test', '{ includes: [{ transport: virtual }] }'));

  expect(stdout).toContain('a.postfix-test.yaml:2:');
  expect(stdout).toMatch(/virtual_alias_maps {2}inline:\S.*postfix\/main\.cf:6 {2}all@virt\.test → /);
  expect(stdout).toContain('= sent 2.0.0 smtp:[relay.example.net]:587');
  expect(stdout).toContain('1 test in 1 file: 0 passed, 1 failed');
});

test('a pattern that would take for ever is given up, and doesn’t match', async () => {
  const long = 'a'.repeat(60);
  const { status } = await runUnitTests(oneTest(`to: ${long}@example.com`, '{ recipient: /^(a*)*\\1b@/ }'));

  expect(status).toBe(1);
});

test('held mail is held, for each recipient of its envelope', async () => {
  const yaml = oneTest('to: all@virt.test', '{ status: held, queue: hold, text: why, recipients: [all@virt.test] }');
  const argv = ['-o', 'header_checks=pcre:{{/^From/ HOLD why}}'];

  expect(await runUnitTests(yaml, { argv })).toMatchObject({ status: 0 });
});

test('mail that is refused for its content got its reply after it', async () => {
  const wanted = '{ status: rejected, reply: { code: 550, enhanced: 5.7.1, text: no, stage: END-OF-DATA } }';
  const argv = ['-o', 'header_checks=pcre:{{/^From/ REJECT no}}'];

  expect(await runUnitTests(oneTest('to: alice@example.com', wanted), { argv })).toMatchObject({ status: 0 });
});
