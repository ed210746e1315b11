import { expect, test } from 'vitest';
import type { ListSubject, MatchList } from '../../../src/rules/lists/match-list.ts';
import { openDomainList, openHostList, openStringList } from '../../../src/rules/lists/parameter-lists.ts';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import type { TraceStep } from '../../../src/rules/trace.ts';
import type { RuleWorld, View } from '../../../src/rules/world.ts';
import { openTestWorld } from '../../support/rule-world.ts';

type OpenList = (parameter: string, view: View, world: RuleWorld) => MatchList;

async function ask(
  { open, parameter, value }: { open: OpenList; parameter: string; value: string },
  subject: ListSubject,
  files: Readonly<Record<string, string>> = {},
) {
  await using opened = await openTestWorld({ mainCf: `${parameter} = ${value}\n`, files });
  const { world } = opened;
  const view = world.view('rewrite/unix');
  const steps: TraceStep[] = [];
  return { isListed: open(parameter, view, world).has(subject, { stage: 'list', steps }), steps };
}

test.for([
  { value: 'a.test b.test', name: 'B.TEST', isListed: true, why: 'case does not count' },
  { value: 'a.test', name: 'x.a.test', isListed: false, why: 'a string is compared whole' },
  { value: '!a.test, a.test', name: 'a.test', isListed: false, why: 'the first item that matches decides' },
  { value: 'a.test, !a.test', name: 'a.test', isListed: true, why: 'likewise' },
  { value: '!!a.test', name: 'a.test', isListed: true, why: 'twice negated' },
  { value: '/etc/postfix/list', name: 'two.test', isListed: true, why: 'a file stands for its items' },
  { value: '!/etc/postfix/list, two.test', name: 'two.test', isListed: false, why: 'a file may be left out' },
  { value: '!/etc/postfix/list', name: 'three.test', isListed: true, why: 'negations cancel each other' },
  { value: '/etc/postfix/list', name: 'four.test', isListed: false, why: 'a comment in a file' },
  { value: 'a.test # b.test', name: 'b.test', isListed: false, why: 'a comment at the end of a list' },
  { value: 'inline:{a.test=x}', name: 'A.test', isListed: true, why: 'a table' },
  { value: 'inline:{A.test=x}', name: 'a.test', isListed: false, why: 'capitals in a table that is not built' },
  { value: 'pcre:{{/^a/ x}}', name: 'a.test', isListed: true, why: 'a table of patterns' },
])('$name in "$value" is $isListed: $why', async ({ value, name, isListed }) => {
  const files = { list: 'one.test # four.test\n# two.test\n two.test, !three.test\n' };
  const list = { open: openStringList, parameter: 'mydestination', value };
  expect((await ask(list, { name }, files)).isListed).toBe(isListed);
});

test.for([
  { parameter: 'relay_domains', value: 'a.test', name: 'x.a.test', isListed: true },
  { parameter: 'relay_domains', value: '.a.test', name: 'x.a.test', isListed: false },
  { parameter: 'relay_domains', value: '!x.a.test a.test', name: 'y.x.a.test', isListed: false },
  { parameter: 'relay_domains', value: 'inline:{a.test=x}', name: 'x.a.test', isListed: true },
  { parameter: 'relay_domains', value: 'pcre:{{/^a/ x}}', name: 'x.a.test', isListed: false },
  { parameter: 'virtual_alias_domains', value: 'a.test', name: 'x.a.test', isListed: false },
  { parameter: 'virtual_alias_domains', value: '.a.test', name: 'x.a.test', isListed: true },
  { parameter: 'virtual_alias_domains', value: '.a.test', name: 'a.test', isListed: false },
  { parameter: 'virtual_alias_domains', value: 'inline:{.a.test=x}', name: 'y.x.a.test', isListed: true },
])('$name in "$parameter = $value", as domains, is $isListed', async ({ name, isListed, ...list }) => {
  expect((await ask({ open: openDomainList, ...list }, { name })).isListed).toBe(isListed);
});

test.for([
  { value: '10.0.0.0/8', address: '10.1.2.3', isListed: true, why: 'a network' },
  { value: '[10.1.2.3]', address: '10.1.2.3', isListed: true, why: 'an address in brackets' },
  { value: '!10.1.2.3 10.0.0.0/8', address: '10.1.2.3', isListed: false, why: 'an address that is left out' },
  { value: '10.0.0.0/8 !10.1.2.3', address: '10.1.2.3', isListed: true, why: 'the network comes first' },
  { value: '[::1]/128', address: '::1', isListed: true, why: 'a network of IPv6' },
  { value: '[2001:db8::]/32', address: '2001:db8::7', isListed: true, why: 'likewise' },
  { value: '[0:0:0:0:0:0:0:1]', address: '::1', isListed: true, why: 'another way to write it' },
  { value: 'a.test', address: '10.1.2.3', isListed: true, why: 'the name' },
  { value: 'cidr:/etc/postfix/nets', address: '192.0.2.7', isListed: true, why: 'a table of networks' },
  { value: '10/8', address: '11.0.0.1', isListed: true, why: 'the name behind a network of the other kind' },
])('h.a.test [$address] in "$value", as hosts, is $isListed: $why', async ({ value, address, isListed }) => {
  const list = { open: openHostList, parameter: 'mynetworks', value: `${value.replace('10/8', '[::]/8')}, a.test` };
  const files = { nets: '192.0.2.0/24 ok\n' };
  const isByName = value === 'a.test' || value === '10/8';
  expect((await ask(list, { name: isByName ? 'h.a.test' : 'unknown', address }, files)).isListed).toBe(isListed);
});

test.for([
  { value: 'a.test, /nowhere', name: 'b.test', why: 'a file that is not there' },
  { value: 'fail:x', name: 'b.test', why: 'a table that fails' },
  { value: '/etc/postfix/self', name: 'b.test', why: 'a file that names itself' },
])('$value has no answer for $name: $why', async ({ value, name }) => {
  const list = { open: openStringList, parameter: 'mydestination', value };
  const answer = ask(list, { name }, { self: 'a.test\n/etc/postfix/self /etc/postfix/self\n' });
  await expect(answer).rejects.toThrow(LookupError);
});

test('a network that is none has no answer', async () => {
  const list = { open: openHostList, parameter: 'mynetworks', value: '10.1.2.3/8' };
  await expect(ask(list, { name: 'unknown', address: '10.1.2.3' })).rejects.toThrow(LookupError);
});

test('what comes before decides, whatever follows', async () => {
  const list = { open: openStringList, parameter: 'mydestination', value: 'a.test, fail:x' };
  expect((await ask(list, { name: 'a.test' })).isListed).toBe(true);
});

test('the item that decides is told, with its place', async () => {
  const list = { open: openStringList, parameter: 'mydestination', value: '/etc/postfix/list' };
  const { steps } = await ask(list, { name: 'a.test' }, { list: '\n!a.test\n' });
  expect(steps.at(-1)).toEqual({
    stage: 'list',
    parameter: 'mydestination',
    key: 'a.test',
    file: '/etc/postfix/list',
    line: 2,
    result: null,
    note: 'left out by !a.test',
  });
});
