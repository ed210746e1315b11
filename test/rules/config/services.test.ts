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

test('entries that share a name and type share their overrides, from the first that has any', () => {
  const text = 'x unix - - n - - p\nx unix - - n - - p -o a=1 -o b=2\ny unix - - - - - p\nx unix - - n - - p -o a=3\n';
  const collected = [...collectOverrides(parse(text))];
  expect(collected.map(([{ at }, own]) => [at.line, [...own.values()].map(({ value }) => value)])).toEqual([
    [2, ['3', '2']],
    [4, ['3', '2']],
  ]);
});
