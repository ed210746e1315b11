import { expect, test } from 'vitest';
import { LookupError } from '../../../src/rules/tables/lookup-table.ts';
import { openTable } from '../../../src/rules/tables/open-table.ts';
import { makeTableWorld } from '../../support/table-world.ts';

const at = { file: 'main.cf', line: 7 };
const SPEC = 'socketmap:inet:127.0.0.1:7777:virtual';

test.for([
  { spec: 'inet:h.test:25:m', server: { kind: 'inet', host: 'h.test', port: '25', written: 'h.test:25' } },
  { spec: 'inet:[::1]:25:m', server: { kind: 'inet', host: '::1', port: '25', written: '[::1]:25' } },
  { spec: 'inet:25:m', server: { kind: 'inet', host: '', port: '25', written: '25' } },
  { spec: 'inet::25:m', server: { kind: 'inet', host: '', port: '25', written: ':25' } },
  { spec: 'inet:h.test:m', server: { kind: 'inet', host: 'h.test', port: '', written: 'h.test' } },
  { spec: 'unix:/run/x.sock:m', server: { kind: 'unix', written: '/run/x.sock' } },
])('socketmap:$spec asks $server', ({ spec, server }) => {
  const { world, questions } = makeTableWorld({ answer: { rows: [['NOTFOUND ']], faults: [] } });
  openTable(`socketmap:${spec}`, at, world).lookup('A b');
  expect(questions).toEqual([{ kind: 'socketmap', server, request: 'm A b' }]);
});

test.for([
  { reply: 'OK v1', value: 'v1' },
  { reply: 'OK  two blanks', value: ' two blanks' },
  { reply: 'OK ', value: '' },
  { reply: 'OK', value: undefined },
  { reply: 'OK a\0b', value: 'a' },
  { reply: 'NOTFOUND ', value: undefined },
  { reply: 'NOTFOUND', value: undefined },
])('the reply "$reply" means $value', ({ reply, value }) => {
  const { world } = makeTableWorld({ answer: { rows: [[reply]], faults: [] } });
  expect(openTable(SPEC, at, world).lookup('k')?.value).toBe(value);
});

test.for([
  { reply: 'TEMP try later', words: 'temporary error: try later', kind: 'retry' },
  { reply: 'TEMP', words: 'temporary error', kind: 'retry' },
  { reply: 'TIMEOUT slow', words: 'timeout error: slow', kind: 'retry' },
  { reply: 'PERM no\tway\xe9', words: 'permanent error: no?way?', kind: 'configuration' },
  { reply: 'ok x', words: 'unknown error: x', kind: 'retry' },
  { reply: '', words: 'unknown error', kind: 'retry' },
])('the reply "$reply" is a $words', ({ reply, words, kind }) => {
  const { world, findings } = makeTableWorld({ answer: { rows: [[reply]], faults: [] } });
  const table = openTable(SPEC, at, world);
  expect(() => table.lookup('k')).toThrow(expect.objectContaining({ name: 'LookupError', kind }));
  expect(findings).toMatchObject([{ postfixLine: `warning: ${SPEC} socketmap server ${words}` }]);
});

test('a server that isn’t there is said in Postfix’s words', () => {
  const faults = [{ stage: 'connect', where: '127.0.0.1:7777', message: 'Connection refused' }] as const;
  const { world, findings } = makeTableWorld({ answer: { faults } });
  const table = openTable(SPEC, at, world);
  expect(() => table.lookup('k')).toThrow(new LookupError(SPEC, 'Connection refused'));
  expect(findings.map(({ postfixLine }) => postfixLine)).toEqual([
    'warning: connect to 127.0.0.1:7777: Connection refused',
    `warning: table ${SPEC} lookup error: Connection refused`,
  ]);
});

test.for([
  { spec: 'nofile', line: 'error: socketmap requires server:socketmap argument' },
  { spec: 'x:', line: 'fatal: need service transport:endpoint instead of "x"' },
  { spec: 'unix::x', line: 'fatal: need service transport:endpoint instead of "unix:"' },
  { spec: 'foo:bar:x', line: 'fatal: invalid transport name: foo in service: foo:bar' },
])('socketmap:$spec: $line', ({ spec, line }) => {
  const { world, findings } = makeTableWorld();
  openTable(`socketmap:${spec}`, at, world);
  expect(findings).toMatchObject([{ postfixLine: line }]);
});
