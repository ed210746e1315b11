import { expect, test } from 'vitest';
import type { Configuration } from '../../../src/http/api/schemas/config.ts';
import { createFinder, filterParameters, splitValue } from '../../../web/src/config/values.ts';

test.for([
  { written: 'plain', pieces: [{ text: 'plain' }] },
  { written: '', pieces: [] },
  { written: '$mydomain', pieces: [{ text: '$mydomain', name: 'mydomain' }] },
  {
    written: 'a.${b}, $(c)d',
    pieces: [{ text: 'a.' }, { text: '${b}', name: 'b' }, { text: ', ' }, { text: '$(c)', name: 'c' }, { text: 'd' }],
  },
  { written: '$$a', pieces: [{ text: '$$a' }] },
  { written: '${a?{b}}', pieces: [{ text: '${a?{b}}' }] },
])('$written is $pieces', ({ written, pieces }) => {
  expect(splitValue(written)).toEqual(pieces);
});

const parameters: Configuration['parameters'] = [
  { name: 'site', written: 'main', effective: 'main', source: 'main.cf', place: { file: 'main.cf', line: 7 } },
  { name: 'site', service: 'smtp/inet', written: 'own', effective: 'own', source: 'master.cf' },
  { name: 'catch_smtp_port', written: '0', effective: '0', source: 'flag', spelled: '--smtp-port' },
];
const references = [{ name: 'mydomain', written: 'acme.test', effective: 'acme.test' }];

test('a service sees its own value of a name, everyone else that of main.cf', () => {
  const find = createFinder({ readAt: '', findings: [], listeners: [], tables: [], parameters, references });

  expect(find('site', 'smtp/inet')?.written).toBe('own');
  expect(find('site', 'smtps/inet')?.written).toBe('main');
  expect(find('mydomain', undefined)?.written).toBe('acme.test');
  expect(find('nothing', undefined)).toBeUndefined();
});

test.for([
  { text: 'SITE', count: 2 },
  { text: 'main.cf:7', count: 1 },
  { text: '--smtp', count: 1 },
  { text: 'site own', count: 1 },
  { text: '', count: 3 },
  { text: 'none', count: 0 },
])('the filter "$text" leaves $count', ({ text, count }) => {
  expect(filterParameters(parameters, text)).toHaveLength(count);
});
