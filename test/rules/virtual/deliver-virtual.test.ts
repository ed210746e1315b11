import { expect, test } from 'vitest';
import { openTrail } from '../../../src/rules/journey.ts';
import { deliverVirtual } from '../../../src/rules/virtual/deliver-virtual.ts';
import { toContext, toRequest } from '../../support/delivery-request.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const MAIN = `virtual_mailbox_base = /home/vmail
virtual_mailbox_maps = inline:{a@vm.test=a/, b+x@vm.test=bx, b@vm.test=b, @all.test=all/}
virtual_uid_maps = inline:{a@vm.test=5000, b@vm.test=99, @all.test=5000}
virtual_gid_maps = static:5000
recipient_delimiter = +
`;

const SENT = { status: 'sent', dsn: '2.0.0', act: { uid: 5000, gid: 5000 } } as const;
const MISCONFIGURED = { status: 'deferred', dsn: '4.3.5', text: 'mail system configuration error' } as const;

test.for([
  { to: 'A@vm.test', ends: { ...SENT, act: { path: '/home/vmail/a/', format: 'maildir' } }, log: [] },
  { to: 'a+ext@vm.test', ends: { ...SENT, text: 'delivered to maildir' }, log: [] },
  { to: 'any@all.test', ends: { ...SENT, act: { path: '/home/vmail/all/' } }, log: [] },
  { to: 'c@vm.test', ends: { status: 'bounced', dsn: '5.1.1', text: 'unknown user: "c@vm.test"' }, log: [] },
  { to: 'b@vm.test', ends: MISCONFIGURED, log: ['warning: recipient b@vm.test: bad uid 99 in virtual_uid_maps'] },
])('mail for $to ends $ends.status', async ({ to, ends, log }) => {
  await using configuration = await openTestWorld({ mainCf: MAIN });
  const trail = openTrail();
  const request = toRequest({ transport: 'virtual', nexthop: 'vm.test', to: [to] }, trail);
  expect(deliverVirtual(request, toContext(configuration.world, trail))).toMatchObject([ends]);
  expect(trail.logOf(1).map(({ text }) => text)).toEqual(log);
});

test.for([
  { mainCf: 'virtual_mailbox_base =', waitsIn: 'active', words: 'bad string length 0 < 1: virtual_mailbox_base = ' },
  {
    mainCf: 'virtual_mailbox_base = home',
    waitsIn: 'deferred',
    words: 'do not specify relative pathname: virtual_mailbox_base = home',
  },
  {
    mainCf: 'virtual_mailbox_limit = 2000',
    waitsIn: 'active',
    words: 'configuration error: virtual_mailbox_limit is smaller than message_size_limit',
  },
])('with $mainCf the daemon ends, and mail waits in $waitsIn', async ({ mainCf, waitsIn, words }) => {
  await using configuration = await openTestWorld({ mainCf: `${MAIN}${mainCf}\n` });
  const trail = openTrail();
  const request = toRequest({ transport: 'virtual', nexthop: 'vm.test', to: ['a@vm.test'] }, trail);
  const records = deliverVirtual(request, toContext(configuration.world, trail));
  expect(records).toMatchObject([{ status: 'deferred', dsn: '4.3.0', waitsIn }]);
  expect(trail.logOf(1)).toEqual([{ program: 'virtual', text: `fatal: ${words}`, isBare: true }]);
});
