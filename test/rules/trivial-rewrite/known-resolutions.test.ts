import { expect, test } from 'vitest';
import { findKnownResolutions } from '../../../src/rules/trivial-rewrite/known-resolutions.ts';
import { resolveAddress, type ResolveRequest } from '../../../src/rules/trivial-rewrite/resolve.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const REQUEST: ResolveRequest = { address: 'a@x.test', sender: 's@y.test' };

test.for([
  { mainCf: '', isRemembered: true, why: 'parameters alone decide' },
  { mainCf: 'transport_maps = texthash:/etc/postfix/table', isRemembered: true, why: 'a text that was read' },
  { mainCf: 'relay_domains = texthash:/etc/postfix/table', isRemembered: true, why: 'likewise in a list' },
  { mainCf: 'transport_maps = randmap:{a:,b:}', isRemembered: false, why: 'the next answer may be another' },
  { mainCf: 'relocated_maps = environ:', isRemembered: false, why: 'it isn’t the configuration’s own' },
  { mainCf: 'mydestination = randmap:{a,b}', isRemembered: false, why: 'likewise in a list' },
  {
    mainCf: 'transport_maps = texthash:/etc/postfix/utf8',
    isRemembered: false,
    why: 'a value may have to be reported',
  },
])('with "$mainCf" what was resolved is remembered: $isRemembered, since $why', async ({ mainCf, isRemembered }) => {
  const files = { table: 'x.test relay:[mx.test]\n', utf8: 'x.test relay:[\xc3\xa9.test]\n' };
  await using opened = await openTestWorld({ mainCf, files });
  const { world } = opened;
  expect(findKnownResolutions(REQUEST, world.view('rewrite/unix'), world) !== undefined).toBe(isRemembered);
});

test.for<{ request: Partial<ResolveRequest>; why: string }>([
  { request: { isVerification: true }, why: 'an address that is only verified has parameters of its own' },
  { request: { address: 'a@\xe9.test' }, why: 'what isn’t UTF-8 is told of each time' },
])('$request isn’t remembered: $why', async ({ request }) => {
  await using opened = await openTestWorld({ mainCf: '' });
  const { world } = opened;
  expect(findKnownResolutions({ ...REQUEST, ...request }, world.view('rewrite/unix'), world)).toBeUndefined();
});

test('what is remembered is the answer as it was, steps and warnings with it', async () => {
  const mainCf = 'mydestination = x.test\nvirtual_alias_domains = x.test';
  await using opened = await openTestWorld({ mainCf });
  const first = resolveAddress(REQUEST, opened.world);
  expect(first.warnings).toHaveLength(1);
  expect(resolveAddress(REQUEST, opened.world)).toBe(first);
});

test('where senders have a say, one isn’t given the answer of another', async () => {
  const mainCf = 'sender_dependent_relayhost_maps = texthash:/etc/postfix/hosts';
  await using opened = await openTestWorld({ mainCf, files: { hosts: 's@y.test [one.test]\nt@y.test [two.test]\n' } });
  const hopOf = (sender: string) => resolveAddress({ ...REQUEST, sender }, opened.world).resolution;
  expect([hopOf('s@y.test'), hopOf('t@y.test'), hopOf('s@y.test')]).toMatchObject([
    { nexthop: '[one.test]' },
    { nexthop: '[two.test]' },
    { nexthop: '[one.test]' },
  ]);
});
