import { expect, test } from 'vitest';
import { oneTest, runUnitTests } from '../../support/unit-tests.ts';

test.for([
  {
    what: 'an unknown key of a file',
    yaml: 'confg: x\ntests: []',
    says: '1:1: a test file has no key "confg"\n  hint: did you mean config?',
  },
  {
    what: 'an unknown key of a test',
    yaml: 'tests:\n  - nam: x',
    says: '2:5: a test has no key "nam"\n  hint: did you mean name?',
  },
  {
    what: 'an unknown key of an expectation',
    yaml: oneTest('to: a@b', '{ statuss: sent }'),
    says: '2:40: expect has no key "statuss"\n  hint: did you mean status?',
  },
  { what: 'an unknown status', yaml: oneTest('to: a@b', '{ status: defered }'), says: 'did you mean deferred?' },
  { what: 'an unknown stage', yaml: oneTest('to: a@b', '{ reply: { stage: RCTP } }'), says: 'did you mean RCPT?' },
  {
    what: 'a list in the place of a text',
    yaml: oneTest('to: a@b', '{ transport: [a] }'),
    says: '2:51: a text is expected here',
  },
  {
    what: 'a pattern that is none',
    yaml: oneTest('to: a@b', '{ transport: /(/ }'),
    says: '/(/ is no regular expression: missing closing parenthesis',
  },
  { what: 'a key that stands twice', yaml: 'tests: []\ntests: []', says: '2:1: "tests" is there already, in line 1' },
  { what: 'a test without a name', yaml: 'tests:\n  - to: a@b', says: '2:5: name is missing' },
  { what: 'a test that expects nothing', yaml: oneTest('to: a@b', '{}'), says: 'nothing is expected' },
  {
    what: 'a message that isn’t there',
    yaml: oneTest('to: a@b, message_file: nix', '{ status: sent }'),
    says: 'nix: No such file or directory',
  },
  {
    what: 'something between yes and no',
    yaml: oneTest('to: a@b, tls: maybe', '{ status: sent }'),
    says: '"maybe" is neither yes nor no',
  },
  { what: 'no YAML', yaml: 'tests: [', says: 'no YAML: ' },
  { what: 'two documents', yaml: 'tests: []\n---\nx: y', says: 'a second document' },
  { what: 'an empty file', yaml: '', says: '1:1: tests is missing' },
  { what: 'an alias without an anchor', yaml: 'tests: *x', says: '1:8: *x stands for nothing' },
  { what: 'an anchor around its alias', yaml: 'tests: &x [*x]', says: '1:12: *x stands for nothing' },
  { what: 'a hundred thousand brackets', yaml: '['.repeat(100_000), says: 'more than 50 levels' },
])('$what: status 2, with the place', async ({ yaml, says }) => {
  const { status, stdout, stderr } = await runUnitTests(yaml);

  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('a.postfix-test.yaml:');
  expect(stderr).toContain(says);
});

test('all mistakes of a file are told at once, in its order, each once', async () => {
  const yaml = `tls: maybe\ntests:\n  - { name: a }\n  - { name: b, to: a@b, expect: { text: [] } }\n`;
  const { stderr } = await runUnitTests(yaml);

  expect(stderr.split('\n').filter((line) => line.startsWith('a.'))).toEqual([
    'a.postfix-test.yaml:1:6: "maybe" is neither yes nor no',
    'a.postfix-test.yaml:3:5: to is missing',
    'a.postfix-test.yaml:3:5: expect is missing',
    'a.postfix-test.yaml:4:41: a text is expected here',
  ]);
});

test('aliases of aliases cost no more than they are long', async () => {
  const lines = Array.from({ length: 30 }, (_, i) => `  - &a${i + 1} [${`*a${i},`.repeat(10)}]`);
  const { stderr } = await runUnitTests(`set:\n  - &a0 x\n${lines.join('\n')}\n`);

  expect(stderr).toContain('set is a mapping');
});

test('a test that can’t be asked fails, and the others go on', async () => {
  const yaml = `tests:
  - { name: a, to: a@b, service: 587, expect: { status: sent } }
  - { name: b, to: alice@example.com, expect: { status: sent } }
`;
  const { status, stdout } = await runUnitTests(yaml);

  expect(status).toBe(1);
  expect(stdout).toContain('a.postfix-test.yaml:2:5  master.cf has no service 587');
  expect(stdout).toContain('2 tests in 1 file: 1 passed, 1 failed');
});

test.for([
  { what: 'a file that isn’t there', argv: ['nix.yaml'], says: 'nix.yaml: No such file or directory' },
  { what: 'a directory without test files', argv: ['postfix'], says: 'postfix has no test file' },
  { what: 'a format that nobody knows', argv: ['--format', 'xml'], says: 'unknown format "xml"' },
  { what: 'a filter that finds nothing', argv: ['--filter', 'nix'], says: 'no test’s name has "nix"' },
  { what: 'a directory without main.cf', argv: ['--config', 'nix'], says: 'main.cf' },
])('$what: status 2', async ({ argv, says }) => {
  const yaml = oneTest('to: alice@example.com', '{ status: sent }');
  const { status, stderr } = await runUnitTests(yaml, { argv });

  expect(status).toBe(2);
  expect(stderr).toContain(says);
});

test('a file that names a directory without main.cf is told of with its line', async () => {
  const { status, stderr } = await runUnitTests(`config: nix\n${oneTest('to: a@b', '{ status: sent }')}`);

  expect(status).toBe(2);
  expect(stderr).toContain('a.postfix-test.yaml:1: config: open nix/main.cf: No such file or directory');
});

test('without any configuration nothing is tested', async () => {
  const files = { 'sub/b.postfix-test.yaml': oneTest('to: a@b', '{ status: sent }') };
  const { status, stderr } = await runUnitTests('tests: []', { argv: ['b.postfix-test.yaml'], files, below: 'sub' });

  expect(status).toBe(2);
  expect(stderr).toContain('b.postfix-test.yaml: there is no main.cf to test');
});
