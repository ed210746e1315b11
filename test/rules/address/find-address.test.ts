import { expect, test } from 'vitest';
import { findAddress, type AddressKey } from '../../../src/rules/address/find-address.ts';
import { mapAddress } from '../../../src/rules/address/map-address.ts';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import type { TraceStep } from '../../../src/rules/trace.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const MAIN = `
myhostname = mail.example.com
mydomain = example.com
mydestination = $myhostname, localhost
recipient_delimiter = +-
virtual_alias_maps = hash:/etc/postfix/virtual, regexp:/etc/postfix/patterns
canonical_maps = fail:x
`;

async function open(files: Readonly<Record<string, string>> = {}) {
  return openTestWorld({ mainCf: MAIN, files: { virtual: '', patterns: '', ...files } });
}

async function keysOf(address: string, keys?: readonly AddressKey[]) {
  await using opened = await open();
  const { world } = opened;
  const view = world.view('cleanup/unix');
  const steps: TraceStep[] = [];
  findAddress(address, view.maps('virtual_alias_maps'), {
    world,
    view,
    stage: 'virtual_alias',
    steps,
    ...(keys && { keys }),
  });
  return steps.filter(({ table }) => table?.startsWith('hash:') === true).map(({ key }) => key);
}

test.for<{ address: string; keys: readonly string[]; why: string }>([
  { address: 'joe@x.test', keys: ['joe@x.test', '@x.test'], why: 'the domain is not local' },
  { address: 'joe+a-b@x.test', keys: ['joe+a-b@x.test', 'joe@x.test', '@x.test'], why: 'the first delimiter cuts' },
  { address: 'joe@localhost', keys: ['joe@localhost', 'joe', '@localhost'], why: 'mydestination has the domain' },
  {
    address: 'joe+x@mail.example.com',
    keys: ['joe+x@mail.example.com', 'joe@mail.example.com', 'joe+x', 'joe', '@mail.example.com'],
    why: 'the extension is tried again without a domain',
  },
  { address: 'joe@[10.1.2.3]', keys: ['joe@[10.1.2.3]', 'joe', '@[10.1.2.3]'], why: 'a literal of this machine' },
  { address: 'joe@[192.0.2.1]', keys: ['joe@[192.0.2.1]', '@[192.0.2.1]'], why: 'a literal of another' },
  { address: 'joe', keys: ['joe'], why: 'there is no domain' },
  { address: 'a b@x.test', keys: ['"a b"@x.test', 'a b@x.test', '@x.test'], why: 'external form first' },
  { address: 'a@b@localhost', keys: ['"a@b"@localhost', 'a@b@localhost', '"a@b"', 'a@b', '@localhost'], why: 'quoted' },
  { address: 'owner-x@x.test', keys: ['owner-x@x.test', '@x.test'], why: 'owner- is never cut' },
  { address: 'x-request@x.test', keys: ['x-request@x.test', '@x.test'], why: '-request is never cut' },
  { address: 'postmaster@x.test', keys: ['postmaster@x.test', '@x.test'], why: 'nor is postmaster' },
  { address: '+x@x.test', keys: ['+x@x.test', '@x.test'], why: 'nothing would be left' },
])('$address is looked up as $keys: $why', async ({ address, keys }) => {
  expect(await keysOf(address)).toEqual(keys);
});

test.for<{ wanted: readonly AddressKey[]; keys: readonly string[] }>([
  {
    wanted: ['address', 'without-extension', 'domain-and-.parents'],
    keys: ['joe+x@a.b.test', 'joe@a.b.test', 'a.b.test', '.b.test', '.test'],
  },
  {
    wanted: ['address', 'domain-and-parents', 'any-local-part@'],
    keys: ['joe+x@a.b.test', 'a.b.test', 'b.test', 'test', 'joe+x@'],
  },
  {
    wanted: ['address', 'without-extension', 'domain', 'any-local-part@'],
    keys: ['joe+x@a.b.test', 'joe@a.b.test', 'a.b.test', 'joe+x@', 'joe@'],
  },
])('with the keys $wanted, $keys are asked for', async ({ wanted, keys }) => {
  expect(await keysOf('joe+x@a.b.test', wanted)).toEqual(keys);
});

async function map(address: string, files: Readonly<Record<string, string>>, propagatesExtension = true) {
  await using opened = await open(files);
  const { world } = opened;
  const view = world.view('cleanup/unix');
  const steps: TraceStep[] = [];
  const mapped = mapAddress(address, view.maps('virtual_alias_maps'), {
    world,
    view,
    stage: 'virtual_alias',
    steps,
    propagatesExtension,
  });
  return mapped?.addresses;
}

test.for([
  { value: 'bob', to: ['bob+x@mail.example.com'], why: 'myorigin is appended, and the extension propagated' },
  { value: 'bob@y.test, carol@z.test', to: ['bob+x@y.test', 'carol+x@z.test'], why: 'each result gets it' },
  { value: '@y.test', to: ['joe+x@y.test'], why: 'the same user elsewhere' },
  { value: '"a b"@y.test', to: ['a b+x@y.test'], why: 'results are unquoted' },
  { value: 'Bob B <bob@y.test>', to: ['bob+x@y.test'], why: 'a phrase is no address' },
  { value: 'y.test!bob', to: ['bob+x@y.test'], why: 'results are rewritten' },
])('joe+x@x.test with joe@x.test → $value becomes $to: $why', async ({ value, to }) => {
  expect(await map('joe+x@x.test', { virtual: `joe@x.test ${value}\n` })).toEqual(to);
});

test('an extension that isn’t propagated is lost', async () => {
  expect(await map('joe+x@x.test', { virtual: 'joe@x.test bob@y.test\n' }, false)).toEqual(['bob@y.test']);
});

test('an extension that a key had stays where it is', async () => {
  expect(await map('joe+x@x.test', { virtual: 'joe+x@x.test bob@y.test\n' })).toEqual(['bob@y.test']);
});

test('tables of patterns see whole addresses alone', async () => {
  const patterns = '/^@?x\\.test$/ part@y.test\n/^joe\\+x@x\\.test$/ whole@y.test\n';
  expect(await map('joe+x@x.test', { patterns })).toEqual(['whole@y.test']);
  expect(await map('bob@x.test', { patterns })).toBeUndefined();
});

test('a right-hand side without an address in it is no answer', async () => {
  await expect(map('joe@x.test', { virtual: 'joe@x.test ,\n' })).rejects.toThrow(LookupError);
});

test('a table that can’t answer ends the search', async () => {
  await using opened = await open();
  const { world } = opened;
  const view = world.view('cleanup/unix');
  const search = { world, view, stage: 'canonical', steps: [] };
  expect(() => findAddress('joe@x.test', view.maps('canonical_maps'), search)).toThrow(LookupError);
});
