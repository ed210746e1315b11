import { expect, test } from 'vitest';
import { getAccount, masterText } from './world.ts';

test("a line of the case's master.cf replaces the base's of the same service and type, in its place", () => {
  const lines = masterText({ master_cf: 'pickup unix n - n - - other\n  -o a=b\nnew inet n - n - - smtpd\n' }).split(
    '\n',
  );
  expect(lines.slice(1, 3)).toEqual(['pickup unix n - n - - other', '  -o a=b']);
  expect(lines.at(-2)).toBe('new inet n - n - - smtpd');
});

test('the transports of mail record what they get', () => {
  const recorder = (name: string): string =>
    `${name} unix - n n - 1 pipe flags= user=rec null_sender= argv=/etc/pfrec ${name} ` +
    '${queue_id} ${nexthop} ${sender} ${original_recipient} ${recipient}\n';
  expect(masterText({})).toContain(recorder('smtp'));
  expect(masterText({ transports: ['mine'] })).toContain(recorder('mine'));
});

test("with a real client of SMTP, smtp and relay are Postfix's own", () => {
  const text = masterText({ smtp: 'real' });
  expect(text).toContain('smtp unix - - n - 1 smtp\nrelay unix - - n - 1 smtp\nlmtp unix - n n - 1 pipe');
});

test('users have numbers and homes', () => {
  expect(getAccount('alice')).toEqual({ name: 'alice', uid: 1001, gid: 1001, home: '/home/alice' });
  expect(() => getAccount('mallory')).toThrow('the private world has no user "mallory"');
});
