import { describe, expect, test } from 'vitest';
import { POSTFIX_TOOLS } from '../../src/cli/postfix/tools.ts';
import { readVersion } from '../../src/settings/version.ts';
import { runCommand } from '../support/cli.ts';

describe('what is asked for by mistake exits 2 and names what was meant', () => {
  test.for<{ argv: readonly string[]; env?: Record<string, string>; stderr: string }>([
    { argv: ['--smpt-port', '25'], stderr: 'unknown flag --smpt-port\n  hint: did you mean --smtp-port?' },
    { argv: ['--port=25'], stderr: 'unknown flag --port\n  hint: did you mean --smtp-port?' },
    { argv: ['--no-opne'], stderr: 'unknown flag --no-opne\n  hint: did you mean --open?' },
    { argv: ['--catch-smtp-port=1'], stderr: 'unknown flag --catch-smtp-port\n  hint: did you mean --smtp-port?' },
    { argv: ['--xyzzy'], stderr: 'unknown flag --xyzzy\n  hint: see postfixture --help' },
    { argv: ['-x'], stderr: 'unknown flag -x\n  hint: see postfixture --help' },
    { argv: ['serv'], stderr: 'unknown command "serv"\n  hint: did you mean serve?' },
    {
      argv: ['frobnicate'],
      stderr:
        'unknown command "frobnicate"\n  hint: the commands are serve, explain, test, replay, why, check, ca, link-tools, version, help',
    },
    { argv: ['help', 'versoin'], stderr: 'unknown command "versoin"\n  hint: did you mean version?' },
    { argv: ['serve', 'now'], stderr: '"now" is too much\n  hint: see postfixture serve --help' },
    { argv: ['--data'], stderr: '--data needs a value\n  hint: write --data=DIR' },
    { argv: ['--data', '--open'], stderr: '--data needs a value\n  hint: write --data=DIR' },
    { argv: ['--no-data'], stderr: '--no-data makes no sense\n  hint: write --data=DIR' },
    { argv: ['--open=yes'], stderr: '--open takes no value: "yes"\n  hint: write --open or --no-open' },
    {
      argv: ['-o', 'smtp_port=1'],
      stderr: '-o: unknown parameter: smtp_port\n  hint: did you mean catch_smtp_port?',
    },
    {
      argv: ['-s', '99999'],
      stderr:
        '<command line>: invalid --smtp-port parameter value 99999 > 65535\n  hint: write a whole number from 0 to 65535',
    },
    {
      argv: [],
      env: { POSTFIXTURE_LOG_LEVEL: 'loud' },
      stderr:
        '<environment>: bad value: POSTFIXTURE_LOG_LEVEL = loud\n  hint: write one of debug, info, warn, error, silent',
    },
  ])('$argv $env: $stderr', async ({ argv, env = {}, stderr }) => {
    expect(await runCommand(argv, { env })).toEqual({ status: 2, stdout: '', stderr: `postfixture: ${stderr}\n` });
  });
});

test('several mistakes are reported together', async () => {
  const { status, stderr } = await runCommand(['-s', 'x', '--max-age', 'y', '-o', 'nosuch=1']);

  expect(status).toBe(2);
  expect(stderr.match(/^postfixture: /gm)).toHaveLength(3);
});

test.for([[['version']], [['--version']], [['-V']], [['--smtp-port', '0', '--version']]])(
  '%j shows the version',
  async ([argv = []]) => {
    expect(await runCommand(argv)).toEqual({ status: 0, stdout: `${readVersion()}\n`, stderr: '' });
  },
);

test.for([[['--help']], [['-h']], [['serve', '--help']], [['help']], [['help', 'serve']]])(
  '%j shows what serve does, on one screen',
  async ([argv = []]) => {
    const { status, stdout } = await runCommand(argv);
    const lines = stdout.trimEnd().split('\n');

    expect(status).toBe(0);
    expect(stdout).toContain('-s, --smtp-port PORT');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  },
);

test('help shows another command', async () => {
  expect(await runCommand(['help', 'version'])).toEqual({
    status: 0,
    stderr: '',
    stdout: [
      'Usage: postfixture version [FLAG…]',
      'Show the version.',
      '',
      '  -h, --help     show this',
      '  -V, --version  show the version',
      '',
      'Commands: serve, explain, test, replay, why, check, ca, link-tools, version',
      'More: postfixture help COMMAND',
      `Postfix’s own tools: ${POSTFIX_TOOLS.map(({ name }) => name).join(', ')}`,
      '',
    ].join('\n'),
  });
});

test('help parameters lists every parameter in all its spellings', async () => {
  const { stdout } = await runCommand(['help', 'parameters']);

  expect(stdout).toContain('message_size_limit = 52428800\n  --message-size-limit, POSTFIXTURE_MESSAGE_SIZE_LIMIT');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('a tool of Postfix’s has its own name and gets its arguments as they are', async () => {
  const { status, stderr } = await runCommand(['postconf', '--help']);

  expect(status).toBe(1);
  expect(stderr).toMatch(/^postconf: invalid option -- '-'\npostconf: fatal: usage: postconf /);
});

test('a fault of ours exits 1 and says where it happened', async () => {
  const start = () => Promise.reject(new TypeError('no such thing'));

  const { status, stderr } = await runCommand(['serve'], { start });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^postfixture: TypeError: no such thing\n\s+at /);
});
