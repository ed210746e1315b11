import { expect, test } from 'vitest';
import { createFindingsOf, formatOrigin, formatPlace } from '../../../web/src/config/places.ts';

test.for([
  { place: { file: '/etc/postfix/main.cf', line: 17 }, directory: '/etc/postfix', text: 'main.cf:17' },
  { place: { file: './postfix/main.cf', line: 17 }, directory: './postfix/', text: 'main.cf:17' },
  { place: { file: '/etc/aliases', line: 2 }, directory: '/etc/postfix', text: '/etc/aliases:2' },
  { place: { file: '<command line>' }, directory: undefined, text: '<command line>' },
])('$place.file in $directory is $text', ({ place, directory, text }) => {
  expect(formatPlace(place, directory)).toBe(text);
});

const value = { name: 'x', written: '', effective: '' };

test.for([
  { parameter: { ...value, source: 'main.cf', place: { file: '/p/main.cf', line: 3 } }, text: 'main.cf:3' },
  { parameter: { ...value, source: 'flag', spelled: '--smtp-port' }, text: '--smtp-port' },
  { parameter: { ...value, source: 'default' }, text: 'as usual' },
] as const)('a value of $parameter.source comes from $text', ({ parameter, text }) => {
  expect(formatOrigin(parameter, { directory: '/p', usual: 'as usual' })).toBe(text);
});

test('a finding is at the line of the parameter that is meant, also where a continuation line of main.cf is wrong', () => {
  const toFinding = (file: string, line: number) => ({
    severity: 'error' as const,
    code: `${file}:${line}`,
    place: { file, line },
    problem: '',
    why: '',
    hint: '',
    parameter: 'x',
  });
  const findingsOf = createFindingsOf([toFinding('main.cf', 3), toFinding('main.cf', 4), toFinding('master.cf', 9)]);
  const codes = (parameter: Parameters<typeof findingsOf>[0]) => findingsOf(parameter).map(({ code }) => code);

  expect(codes({ ...value, source: 'main.cf', place: { file: 'main.cf', line: 3 } })).toEqual([
    'main.cf:3',
    'main.cf:4',
  ]);
  expect(codes({ ...value, source: 'master.cf', service: 's', place: { file: 'master.cf', line: 9 } })).toEqual([
    'master.cf:9',
  ]);
  expect(codes({ ...value, source: 'master.cf', service: 's', place: { file: 'master.cf', line: 8 } })).toEqual([]);
});
