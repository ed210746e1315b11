import { expect, test } from 'vitest';
import { resolveAddress, type ResolveRequest } from '../../../src/rules/trivial-rewrite/resolve.ts';
import { openTestWorld, type TestConfiguration } from '../../support/rule-world.ts';

const NAMES = `
myhostname = mail.example.com
mydomain = example.com
mydestination = $myhostname, localhost, local.test
`;

async function resolve(request: Partial<ResolveRequest>, { mainCf = '', files = {} }: TestConfiguration = {}) {
  await using opened = await openTestWorld({ mainCf: NAMES + mainCf, files });
  return resolveAddress({ address: 'a@x.test', sender: 's@x.test', ...request }, opened.world);
}

/** `transport:nexthop recipient class`, and `routed`. */
async function routeOf(address: string, configuration?: TestConfiguration): Promise<string> {
  const { resolution } = await resolve({ address }, configuration);
  const routed = resolution.isRouted ? ' routed' : '';
  if (resolution.kind !== 'route') return `${resolution.kind}${routed}`;
  const { transport, nexthop, recipient, addressClass } = resolution;
  return `${transport}:${nexthop} ${recipient} ${addressClass}${routed}`;
}

test.for([
  { address: 'a@local.test', route: 'local:mail.example.com a@local.test local', why: 'mydestination has it' },
  { address: 'a@LOCAL.test.', route: 'local:mail.example.com a@LOCAL.test local', why: 'in any case, with a dot' },
  { address: 'a', route: 'local:mail.example.com a@mail.example.com local', why: 'no domain is this machine' },
  { address: '', route: 'local:mail.example.com MAILER-DAEMON@mail.example.com local', why: 'nobody is the daemon' },
  { address: '@local.test', route: 'local:mail.example.com MAILER-DAEMON@local.test local', why: 'in any domain' },
  { address: 'a@[10.1.2.3]', route: 'local:mail.example.com a@[10.1.2.3] local', why: 'an address of this machine' },
  {
    address: 'a@[IPv6:::ffff:10.1.2.3]',
    route: 'local:mail.example.com a@[IPv6:::ffff:10.1.2.3] local',
    why: 'within IPv6, too',
  },
  { address: 'a@[192.0.2.1]', route: 'smtp:[192.0.2.1] a@[192.0.2.1] default', why: 'an address of another' },
  { address: 'a@[IPv6:1:2:3]', route: 'smtp:[IPv6:1:2:3] a@[IPv6:1:2:3] default', why: 'only its letters count' },
  { address: 'a%x.test@local.test', route: 'smtp:x.test a@x.test default', why: 'a way behind this machine' },
  { address: 'x.test!a@local.test', route: 'smtp:x.test a@x.test default', why: 'the old way' },
  { address: 'a@x.test@local.test', route: 'smtp:x.test a@x.test default', why: 'an at sign in the local part' },
  { address: '@local.test:a@x.test', route: 'smtp:x.test @local.test:a@x.test default routed', why: 'a source route' },
  { address: 'a%b@x.test', route: 'smtp:x.test a%b@x.test default routed', why: 'a way behind another machine' },
  { address: 'a@b@x.test', route: 'smtp:x.test a@b@x.test default routed', why: 'likewise' },
  { address: 'a b@x.test', route: 'smtp:x.test a b@x.test default', why: 'a blank is no way' },
  { address: 'a@', route: 'bad-address', why: 'an empty domain' },
  { address: 'a@1.2.3.4', route: 'bad-address', why: 'a number without brackets' },
  { address: 'a@x..test', route: 'bad-address', why: 'an empty label' },
  { address: 'a@[1.2.3]', route: 'bad-address', why: 'no address' },
  { address: '-a@x.test', route: 'bad-address', why: 'a command would take it for an option' },
  { address: 'a@\xe9.test', route: 'bad-address', why: 'neither ASCII nor UTF-8' },
  { address: 'a@\xc3\xa9.test', route: 'smtp:\xc3\xa9.test a@\xc3\xa9.test default', why: 'UTF-8' },
])('$address goes $route: $why', async ({ address, route }) => {
  expect(await routeOf(address)).toBe(route);
});

test.for([
  { mainCf: 'resolve_null_domain = yes', address: 'a@', route: 'local:mail.example.com a@mail.example.com local' },
  { mainCf: 'resolve_numeric_domain = yes', address: 'a@1.2.3.4', route: 'smtp:[1.2.3.4] a@[1.2.3.4] default' },
  { mainCf: 'allow_min_user = yes', address: '-a@x.test', route: 'smtp:x.test -a@x.test default' },
  {
    mainCf: 'resolve_dequoted_address = no',
    address: 'a@x.test@local.test',
    route: 'local:mail.example.com a@x.test@local.test local routed',
  },
  {
    mainCf: 'allow_percent_hack = no',
    address: 'a%x.test@local.test',
    route: 'local:mail.example.com a%x.test@local.test local routed',
  },
  { mainCf: 'empty_address_recipient = b@x.test', address: '', route: 'smtp:x.test b@x.test default' },
  { mainCf: 'inet_interfaces = 127.0.0.1', address: 'a@[10.1.2.3]', route: 'smtp:[10.1.2.3] a@[10.1.2.3] default' },
  {
    mainCf: 'proxy_interfaces = 192.0.2.1',
    address: 'a@[192.0.2.1]',
    route: 'local:mail.example.com a@[192.0.2.1] local',
  },
  { mainCf: 'relayhost = [gw]', address: 'a@x.test', route: 'smtp:[gw] a@x.test default' },
  {
    mainCf: 'relayhost = [gw]\ndefault_transport = smtp:[dt]',
    address: 'a@x.test',
    route: 'smtp:[dt] a@x.test default',
  },
  {
    mainCf: 'virtual_alias_domains = x.test',
    address: 'a@x.test',
    route: 'error:5.1.1 User unknown in virtual alias table a@x.test alias',
  },
  { mainCf: 'virtual_mailbox_domains = x.test', address: 'a@x.test', route: 'virtual:x.test a@x.test virtual' },
  { mainCf: 'relay_domains = x.test', address: 'a@sub.x.test', route: 'relay:sub.x.test a@sub.x.test relay' },
  {
    mainCf: 'relay_domains = x.test\nparent_domain_matches_subdomains =',
    address: 'a@sub.x.test',
    route: 'smtp:sub.x.test a@sub.x.test default',
  },
  { mainCf: 'mydestination = fail:x', address: 'a@x.test', route: 'try-again' },
  { mainCf: 'relay_domains = /nowhere', address: 'a@x.test', route: 'try-again' },
  { mainCf: 'transport_maps = fail:x', address: 'a@x.test', route: 'try-again' },
  { mainCf: 'default_transport = :x', address: 'a@x.test', route: 'try-again' },
])('with $mainCf, $address goes $route', async ({ mainCf, address, route }) => {
  expect(await routeOf(address, { mainCf: `${mainCf}\n` })).toBe(route);
});

const TRANSPORT = `
joe@x.test custom:[joe]
x.test :[hop]
.x.test slow
err.test error
noop.test :
* uucp:gw
`;

test.for([
  { address: 'joe@x.test', route: 'custom:[joe]', why: 'the address' },
  { address: 'joe+e@x.test', route: 'custom:[joe]', why: 'the address without its extension' },
  { address: 'bob@x.test', route: 'smtp:[hop]', why: 'the domain; a next hop alone leaves the transport' },
  {
    address: 'bob@a.b.x.test',
    route: 'slow:a.b.x.test',
    why: 'a parent domain; a transport alone resets the next hop',
  },
  { address: 'bob@err.test', route: 'error:Address is undeliverable', why: 'error needs a text' },
  { address: 'bob@noop.test', route: 'smtp:noop.test', why: 'a colon alone changes nothing' },
  { address: 'bob@y.test', route: 'uucp:gw', why: 'the asterisk' },
  {
    address: 'bob@va.test',
    route: 'error:5.1.1 User unknown in virtual alias table',
    why: 'never for virtual aliases',
  },
])('the transport table sends $address by $route: $why', async ({ address, route }) => {
  const { resolution } = await resolve(
    { address },
    {
      mainCf:
        'recipient_delimiter = +\nvirtual_alias_domains = va.test\ntransport_maps = texthash:/etc/postfix/transport\n',
      files: { transport: TRANSPORT },
    },
  );
  expect(resolution).toMatchObject({ kind: 'route' });
  expect(resolution.kind === 'route' && `${resolution.transport}:${resolution.nexthop}`).toBe(route);
});

test('who has moved gets no mail', async () => {
  const mainCf = 'relocated_maps = inline:{{ a@x.test = the moon }}\n';
  expect(await routeOf('a@x.test', { mainCf })).toBe('error:5.1.6 User has moved to the moon a@x.test default');
});

const BY_SENDER = `
relayhost = [gw]
sender_dependent_relayhost_maps = inline:{{joe@x.test=[joe]},{@y.test=DUNNO},{<>=[null]}}
sender_dependent_default_transport_maps = inline:{{joe@x.test=slow:},{<>=custom:n}}
`;

test.for([
  { sender: 'joe@x.test', route: 'slow:[joe]' },
  { sender: 'bob@y.test', route: 'smtp:[gw]' },
  { sender: '', route: 'custom:n' },
  { sender: 'bob@x.test', route: 'smtp:[gw]' },
])('mail of <$sender> goes by $route', async ({ sender, route }) => {
  const { resolution } = await resolve({ sender }, { mainCf: BY_SENDER });
  expect(resolution.kind === 'route' && `${resolution.transport}:${resolution.nexthop}`).toBe(route);
});

test('an address that is verified has parameters of its own', async () => {
  const mainCf = 'relayhost = [gw]\naddress_verify_relayhost =\naddress_verify_default_transport = slow\n';
  const { resolution } = await resolve({ isVerification: true }, { mainCf });
  expect(resolution).toMatchObject({ transport: 'slow', nexthop: 'x.test' });
});

test('a domain in two lists is warned of', async () => {
  const { warnings } = await resolve({ address: 'a@local.test' }, { mainCf: 'virtual_alias_domains = local.test\n' });
  expect(warnings).toEqual(['warning: do not list domain local.test in BOTH mydestination and virtual_alias_domains']);
});

test('each look-up and each decision is a step', async () => {
  const { steps } = await resolve(
    { address: 'a@r.test' },
    {
      mainCf: 'relay_domains = /etc/postfix/relayed\ntransport_maps = texthash:/etc/postfix/transport\n',
      files: { relayed: '# ours\nr.test\n', transport: 'r.test :[next]\n' },
    },
  );
  expect(steps).toEqual([
    { stage: 'resolve', parameter: 'mydestination', key: 'r.test', result: null, note: 'not in the list' },
    {
      stage: 'resolve',
      parameter: 'relay_domains',
      key: 'r.test',
      file: '/etc/postfix/relayed',
      line: 2,
      result: 'r.test',
    },
    { stage: 'resolve', parameter: 'relay_transport', result: 'relay', file: '(default)' },
    {
      stage: 'transport',
      parameter: 'transport_maps',
      table: 'texthash:/etc/postfix/transport',
      key: 'a@r.test',
      result: null,
    },
    {
      stage: 'transport',
      parameter: 'transport_maps',
      table: 'texthash:/etc/postfix/transport',
      key: 'r.test',
      file: '/etc/postfix/transport',
      line: 1,
      result: ':[next]',
    },
    { stage: 'resolve', key: 'a@r.test', result: 'relay:[next]', note: 'address class relay' },
  ]);
});

test('an address of many domains of this machine is soon resolved', async () => {
  const address = `a${'@local.test'.repeat(2000)}`;
  expect(await routeOf(address)).toBe('local:mail.example.com a@local.test local');
});
