import { expect, test } from 'vitest';
import { runUnitTests } from '../../support/unit-tests.ts';

const YAML = `tests:
  - name: 'good # <one>'
    to: alice@example.com
    expect: { status: sent }
  - name: "bad & \\a"
    to: alice@example.com
    expect: { transport: '<smtp>' }
`;

test('TAP has a line for each test, and says why one failed', async () => {
  const { status, stdout } = await runUnitTests(YAML, { argv: ['--tap'] });

  expect(status).toBe(1);
  expect(stdout.split('\n').slice(0, 10)).toEqual([
    'TAP version 14',
    '1..2',
    'ok 1 - a.postfix-test.yaml: good \\# <one>',
    'not ok 2 - a.postfix-test.yaml: bad & ?',
    '  ---',
    '  message: "transport: expected <smtp>, got local"',
    '  severity: fail',
    '  at:',
    '    file: "a.postfix-test.yaml"',
    '    line: 5',
  ]);
  expect(stdout).toMatch(/\n {2}\.\.\.\n$/);
});

test('JUnit has a case for each test, with nothing that XML can’t hold', async () => {
  const { status, stdout } = await runUnitTests(YAML, { argv: ['--format', 'junit'] });

  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="postfixture" tests="2" failures="1" /,
  );
  expect(stdout).toMatch(
    /<testcase name="good # &lt;one&gt;" classname="a\.postfix-test\.yaml" file="[^"]*" line="2" time="[0-9.]+"\/>/,
  );
  expect(stdout).toContain('name="bad &amp; \\x07"');
  expect(stdout).toContain('<failure message="transport: expected &lt;smtp&gt;, got local" type="expectation">');
  expect(stdout).not.toMatch(/[^\n\x20-\u{10ffff}]/u);
});

test('a filter takes tests by their names, verbose names those that passed', async () => {
  expect(await runUnitTests(YAML, { argv: ['--filter', 'GOOD', '-v'] })).toMatchObject({
    status: 0,
    stdout: 'ok    a.postfix-test.yaml: 1 test\n  ok  good # <one>\n\n1 test in 1 file: all passed\n',
  });
});

test('files are found in directories, however deep, each once; the configuration is beside them or is named', async () => {
  const one = (name: string) =>
    `config: ../../postfix\ntests:\n  - { name: ${name}, to: a@example.com, expect: { status: sent } }\n`;
  const files = {
    'tests/deep/b.postfix-test.yml': one('b'),
    'tests/deep/c.postfix-test.yaml': one('c'),
    'tests/deep/other.yaml': 'x',
    'tests/node_modules/d.postfix-test.yaml': 'x',
  };
  const argv = ['tests', 'tests/deep/c.postfix-test.yaml', '-v'];

  expect(await runUnitTests('tests: []', { argv, files })).toMatchObject({
    status: 0,
    stdout: `ok    tests/deep/b.postfix-test.yml: 1 test
  ok  b
ok    tests/deep/c.postfix-test.yaml: 1 test
  ok  c

2 tests in 2 files: all passed
`,
  });
});

test('what the file sets counts, and what the command line sets before it', async () => {
  const yaml = `set: { relayhost: '[one.test]' }
tests:
  - { name: a, to: x@far.test, expect: { nexthop: '[one.test]' } }
`;
  expect(await runUnitTests(yaml)).toMatchObject({ status: 0 });
  expect(await runUnitTests(yaml, { argv: ['-o', 'relayhost=[two.test]'] })).toMatchObject({ status: 1 });
});

test('what holds for all tests stands at the top; a test says otherwise', async () => {
  const yaml = `client: 192.0.2.9
from: s@far.test
message: "Subject: A\\n\\n."
tests:
  - { name: a, to: x@far.test, expect: { status: rejected } }
  - { name: b, to: x@far.test, client: 127.0.0.1, expect: { status: sent, sender: s@far.test, headers: { Subject: A } } }
  - { name: c, to: alice@example.com, message_file: m.eml, expect: { headers: { Subject: B } } }
`;
  expect(await runUnitTests(yaml, { files: { 'm.eml': 'Subject: B\n\n.\n' } })).toMatchObject({ status: 0 });
});

test('a configuration that Postfix wouldn’t start with is told of', async () => {
  const yaml = 'tests:\n  - { name: a, to: a@example.com, expect: { status: sent } }\n';
  const files = { 'postfix/main.cf': 'compatibility_level = 3.6\nmessage_size_limit = much\n' };
  const { stderr } = await runUnitTests(yaml, { files });

  expect(stderr).toMatch(/^a\.postfix-test\.yaml: the configuration has .*, which postfixture check tells of$/m);
});
