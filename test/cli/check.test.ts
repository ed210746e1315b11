import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../support/cli.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

// By default it is the machine's own /etc/aliases that is read.
const NO_ALIASES = 'alias_maps =\nalias_database =\n';

/** Runs `postfixture check` beside a main.cf. */
async function runCheck(mainCf: string, argv: readonly string[] = []) {
  await using directory = await makeTemporaryDirectory();
  await mkdir(join(directory.path, 'postfix'));
  await writeFile(join(directory.path, 'postfix', 'main.cf'), mainCf + NO_ALIASES);
  const result = await runCommand(['check', ...argv], { cwd: directory.path });
  const file = join(directory.path, 'postfix', 'main.cf');
  return { ...result, stdout: result.stdout.replaceAll(file, 'main.cf') };
}

/** What `postfixture check --config -` says of this. */
const runPiped = (stdin: string, argv: readonly string[] = []) =>
  runCommand(['check', '--config', '-', ...argv], { stdin });

const CLEAN = `compatibility_level = 3.6
myhostname = mail.example.com
mydestination = example.com
inet_interfaces = loopback-only
catch_passwd_file = any
`;

test('a finding is shown with its line and a caret, and what Postfix says of it', async () => {
  const { status, stdout } = await runCheck(`${CLEAN}smtpd_timeout = 10q\n`);

  expect(status).toBe(1);
  expect(stdout).toContain(`main.cf:6:17: error: parameter smtpd_timeout: bad time value or unit: 10q [bad-value]
    smtpd_timeout = 10q
                    ^
  smtpd(8) ends when it starts, again and again; "postfix check" does not tell.
  hint: write one whole number with a unit of s, m, h, d or w: smtpd_timeout = 30s
  Postfix: fatal: parameter smtpd_timeout: bad time value or unit: 10q
`);
});

test('the caret stands below what is meant, behind wide letters and tabs too', async () => {
  const { stdout } = await runPiped(`${CLEAN}smtpd_banner =\tメール # あ\n`);

  expect(stdout).toContain('    smtpd_banner =\tメール # あ\n                  \t       ^\n');
});

test('a configuration without mistakes says so in one line', async () => {
  expect(await runPiped(CLEAN)).toEqual({ status: 0, stdout: 'No mistakes were found.\n', stderr: '' });
});

test.for([
  { text: 'smtps = yes\n', argv: [], status: 0 },
  { text: 'smtps = yes\n', argv: ['--fail-on', 'warning'], status: 1 },
  { text: 'smtpd_timeout = x\n', argv: ['--fail-on', 'error'], status: 1 },
  { text: '', argv: ['--fail-on', 'warning'], status: 0 },
])('$text with $argv exits $status', async ({ text, argv, status }) => {
  expect((await runPiped(CLEAN + text, argv)).status).toBe(status);
});

test.for([
  { argv: ['--format', 'xml'], message: 'unknown format "xml"\n  hint: write one of text, json, sarif, github' },
  { argv: ['--fail-on', 'note'], message: 'unknown level "note"\n  hint: write error or warning' },
  { argv: ['--upgrade', 'soon'], message: '"soon" is no version\n  hint: write it as 3.10' },
  {
    argv: ['--upgrade', '9.9'],
    message: 'what Postfix 9.9 changes is not known here\n  hint: name a version up to 3.11',
  },
])('$argv is refused', async ({ argv, message }) => {
  expect(await runPiped(CLEAN, argv)).toEqual({ status: 2, stdout: '', stderr: `postfixture: ${message}\n` });
});

test('without a main.cf it says where it looked', async () => {
  await using directory = await makeTemporaryDirectory();

  expect(await runCommand(['check'], { cwd: directory.path })).toMatchObject({
    status: 2,
    stderr: 'postfixture: there is no main.cf here, nor in postfix\n  hint: name its directory with --config DIR\n',
  });
});

test('a directory without a main.cf is an error', async () => {
  const { status, stdout } = await runCommand(['check', '--config', '/nonexistent']);

  expect(status).toBe(1);
  expect(stdout).toContain('Postfix: fatal: open /nonexistent/main.cf: No such file or directory');
});

test('--upgrade tells of changed defaults', async () => {
  const { status, stdout } = await runPiped(CLEAN, ['--upgrade', '3.10']);

  expect(status).toBe(0);
  expect(stdout).toContain('the default of smtpd_forbid_bare_newline changes from no to normalize [default-changed]');
  expect(stdout).toMatch(/\n\d+ notes\n$/);
});

describe('for programs', () => {
  test('--json has every part of a finding', async () => {
    const { stdout } = await runPiped(`${CLEAN}smtps = yes\n`, ['--json']);

    expect(JSON.parse(stdout)).toEqual({
      findings: [
        {
          severity: 'warning',
          code: 'service-not-parameter',
          file: '<standard input>',
          line: 6,
          column: 1,
          problem: 'smtps is no parameter, but a service',
          why: expect.any(String) as string,
          hint: expect.stringContaining('master.cf') as string,
          postfixLine: 'warning: <standard input>: unused parameter: smtps=yes',
        },
      ],
    });
  });

  test('SARIF names each rule, and where each result is', async () => {
    const { stdout } = await runCheck(`${CLEAN}smtps = yes\nsmtpd_timeout = x\n`, ['--format', 'sarif']);

    const log = JSON.parse(stdout) as {
      readonly version: string;
      readonly $schema: string;
      readonly runs: readonly {
        readonly tool: {
          readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
        };
        readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly level: string }[];
      }[];
    };
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toContain('sarif-schema-2.1.0.json');
    expect(log.runs).toHaveLength(1);
    const [run] = log.runs;
    expect(run?.tool.driver.name).toBe('Postfixture');
    expect(run?.results).toMatchObject([
      {
        ruleId: 'service-not-parameter',
        level: 'warning',
        message: { text: expect.any(String) as string },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: expect.stringMatching(/main\.cf$/) as string },
              region: { startLine: 6 },
            },
          },
        ],
      },
      { ruleId: 'bad-value', level: 'error' },
    ]);
    expect(run?.results.map(({ ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id)).toEqual([
      'service-not-parameter',
      'bad-value',
    ]);
  });

  test('GitHub’s annotations are one line each, with what would end them escaped', async () => {
    const { stdout } = await runPiped(`${CLEAN}smtpd_timeout = 5%\n`, ['--format', 'github']);

    expect(stdout).toMatch(
      /^::error file=<standard input>,line=6,col=17,title=bad-value::parameter smtpd_timeout: bad time value or unit: 5%25%0A.*\n$/,
    );
  });
});
