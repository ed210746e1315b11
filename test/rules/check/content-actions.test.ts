import { expect, test } from 'vitest';
import { checkContentActions } from '../../../src/rules/check/content-actions.ts';
import { findIn, toRows } from '../../support/checked.ts';

/** Each line as Postfix 3.7.11 logs it when a message matches. */
test.for([
  { parameter: 'header_checks', rule: '/a/ FOO bar', line: 'unknown command in header_checks map: FOO bar' },
  { parameter: 'header_checks', rule: '/a/ Reject: foo', line: 'unknown command in header_checks map: Reject: foo' },
  { parameter: 'body_checks', rule: '/a/ FOO', line: 'unknown command in body_checks map: FOO' },
  {
    parameter: 'header_checks',
    rule: '/a/ REDIRECT nobody',
    line: 'bad REDIRECT target "nobody" in header_checks map -- need user@domain',
  },
  {
    parameter: 'header_checks',
    rule: '/a/ BCC nobody',
    line: 'bad BCC address "nobody" in header_checks map -- need user@domain',
  },
  {
    parameter: 'header_checks',
    rule: '/a/ FILTER x',
    line: 'bad FILTER command x in header_checks -- need transport:destination',
  },
  {
    parameter: 'mime_header_checks',
    rule: '/a/ FILTER',
    line: 'missing FILTER command argument in mime_header_checks map',
  },
  {
    parameter: 'header_checks',
    rule: '/a/ REPLACE no header',
    line: 'bad REPLACE header text "no header" in header_checks map -- need "headername: headervalue"',
  },
  { parameter: 'header_checks', rule: '/a/ PREPEND', line: 'PREPEND action without text in header_checks map' },
  {
    parameter: 'nested_header_checks',
    rule: '/a/ REJECT 2.1.1 foo',
    line: 'bad DSN action in 2.1.1 foo -- need 4.x.x or 5.x.x',
  },
  {
    parameter: 'smtp_header_checks',
    rule: '/a/ REJECT x',
    line: 'unsupported command in smtp_header_checks map: REJECT x',
  },
  { parameter: 'smtp_body_checks', rule: '/a/ PASS', line: 'unsupported command in smtp_body_checks map: PASS' },
  {
    parameter: 'milter_header_checks',
    rule: '/a/ PREPEND x: y',
    line: 'the milter_header/body_checks prepend action is not implemented',
  },
])('$rule in $parameter is told with Postfix’s line', async ({ parameter, rule, line }) => {
  const findings = await findIn(checkContentActions, {
    'main.cf': `${parameter} = regexp:/etc/postfix/checks\n`,
    checks: `# ours\n${rule}\n`,
  });
  expect(findings).toMatchObject([
    { severity: 'warning', at: { line: 2, column: 5 }, postfixLine: `warning: ${line}` },
  ]);
});

test.for([
  '/a/ reject',
  '/a/ REJECT 5.7.1 no',
  '/a/ DUNNO\n/a/ OK\n/a/ IGNORE',
  '/a/ STRIP\n/a/ INFO x\n/a/ WARN\n/a/ HOLD\n/a/ DISCARD\n/a/ PASS',
  '/(a)/ REPLACE $1',
  '/(a)/ FILTER $1',
  '/(a)/ $1',
  '/a/ FILTER smtp:\n/a/ REDIRECT a@b.test\n/a/ PREPEND X-Y : z',
])('%s is sound', async (rules) => {
  const files = { 'main.cf': 'header_checks = pcre:/etc/postfix/checks\n', checks: `${rules}\n` };
  expect(await findIn(checkContentActions, files)).toEqual([]);
});

test('text without a header may be put into the body', async () => {
  const main = 'body_checks = regexp:{{/a/ REPLACE b}, {/c/ PREPEND d}}\n';
  expect(await findIn(checkContentActions, { 'main.cf': main })).toEqual([]);
});

test('the hint names the action that was meant', async () => {
  const main = 'header_checks = regexp:{{/a/ REJECT: no}, {/b/ DISCRAD}}\nsmtp_header_checks = regexp:{{/c/ HOLD}}\n';
  expect((await findIn(checkContentActions, { 'main.cf': main })).map(({ hint }) => hint)).toEqual([
    'write REJECT',
    'write DISCARD',
    'move the rule to header_checks, which is asked when mail comes in',
  ]);
});

test('an action that production doesn’t have yet is told with its version', async () => {
  const main = 'catch_postfix_version = 3.1\nheader_checks = regexp:{{/a/ STRIP}, {/b/ BCC a@b.test}}\n';
  expect(toRows(await findIn(checkContentActions, { 'main.cf': main }))).toEqual([
    'action-of-another-version main.cf:2:17',
  ]);
});

test('of a table with many mistakes the first ten are told', async () => {
  const files = { 'main.cf': 'body_checks = regexp:/etc/postfix/checks\n', checks: '/a/ FOO\n'.repeat(50) };
  expect(await findIn(checkContentActions, files)).toHaveLength(10);
});
