import { expect, test } from 'vitest';
import { parseMasterCf } from '../../../src/rules/config/master-cf.ts';
import { collectOverrides, viewOf } from '../../../src/rules/config/services.ts';

const parse = (text: string) => parseMasterCf(text, 'master.cf', () => {});
const MAIN = new Map([
  ['smtpd_banner', 'main'],
  ['mydomain', 'example.com'],
]);

test.for([
  { name: 'smtpd_banner', value: 'second', why: 'of equal names the last one counts' },
  { name: 'mydomain', value: 'example.com', why: 'main.cf has what the service leaves' },
  { name: 'nosuch', value: undefined, why: 'nobody has it' },
  { name: 'service_name', value: '587', why: 'a service knows its name, whatever -o says' },
  { name: 'process_name', value: 'smtpd', why: 'and its program' },
])('a service sees $name as $value: $why', ({ name, value }) => {
  const [entry] = parse(
    '587 inet n - n - - lib/smtpd -o smtpd_banner=first -o smtpd_banner=second -o service_name=x\n',
  );
  expect(entry && viewOf(entry, (asked) => MAIN.get(asked))(name)).toBe(value);
});

test('entries that share a name and type share their overrides', () => {
  const services = collectOverrides(
    parse('x unix - - n - - p -o a=1 -o b=2\nx unix - - n - - p -o a=3\ny unix - - - - - p\n'),
  );
  expect([...services].map(([name, own]) => [name, [...own.values()].map(({ value }) => value)])).toEqual([
    ['x/unix', ['3', '2']],
  ]);
});
