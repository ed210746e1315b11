import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as base } from 'vitest';
import { runCommand } from '../../support/cli.ts';

const MAIN = `myhostname = mail.example.com
mydestination = $myhostname,
  localhost
my_own = 7
smtpd_banner = $my_own $nosuch
unused = x
relay_domains = ${'a.test '.repeat(20)}
`;
const MASTER = 'smtp unix - - n - - smtp\n  -o my_own=8\n';

const SAID = 'postconf: warning: DIR/main.cf: undefined parameter: nosuch\n';
const UNUSED = 'postconf: warning: DIR/main.cf: unused parameter: unused=x\n';

interface Tool {
  readonly directory: string;
  run(...argv: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }>;
}

const test = base.extend<{ tool: Tool }>({
  tool: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'postconf-'));
    await writeFile(join(directory, 'main.cf'), MAIN);
    await writeFile(join(directory, 'master.cf'), MASTER);
    await use({
      directory,
      run: async (...argv) => {
        const env = { MAIL_CONFIG: directory, POSTFIXTURE_MACHINE_NAME: 'box' };
        const { status, stdout, stderr } = await runCommand(['postconf', ...argv], { cwd: directory, env });
        return { status, stdout, stderr: stderr.replaceAll(directory, 'DIR') };
      },
    });
    await rm(directory, { recursive: true });
  },
});

describe('what is asked for is printed', () => {
  test.for([
    { argv: ['myhostname', 'my_own'], stdout: 'myhostname = mail.example.com\nmy_own = 7\n', why: 'in that order' },
    { argv: ['mydestination'], stdout: 'mydestination = $myhostname, localhost\n', why: 'white space is one blank' },
    { argv: ['-x', 'mydestination'], stdout: 'mydestination = mail.example.com, localhost\n', why: 'expanded' },
    { argv: ['-hx', 'smtpd_banner'], stdout: '7\n', why: 'without its name' },
    { argv: ['-H', 'myhostname'], stdout: 'myhostname\n', why: 'without its value' },
    { argv: ['-n', 'mail_name', 'my_own'], stdout: 'my_own = 7\n', why: 'if it is set' },
    { argv: ['-o', 'my_own = 9', 'my_own'], stdout: 'my_own = 9\n', why: 'as overridden' },
    { argv: ['mail_name'], stdout: 'mail_name = Postfix\n', why: 'or at its default' },
    {
      argv: ['smtp_destination_rate_delay'],
      stdout: 'smtp_destination_rate_delay = $default_destination_rate_delay\n',
      why: 'a transport’s, too',
    },
    { argv: ['catch_table_source'], stdout: 'catch_table_source = text\n', why: 'one of this program’s, too' },
    { argv: ['-C', 'user'], stdout: 'my_own = 7\n', why: 'of one class' },
  ])('$argv: $why', async ({ argv, stdout }, { tool }) => {
    const result = await tool.run(...argv);

    expect(result).toMatchObject({ status: 0, stdout });
    expect(result.stderr.startsWith(SAID)).toBe(true);
    expect(result.stderr.endsWith(UNUSED)).toBe(true);
  });
});

test('-n lists what main.cf sets, sorted, and where it was read', async ({ tool }) => {
  const { stdout } = await tool.run('-nH');

  expect(stdout.split('\n')).toEqual([
    ...['config_directory', 'my_own', 'mydestination', 'myhostname', 'relay_domains', 'smtpd_banner', ''],
  ]);
});

test('-f breaks lines of more than 80 columns', async ({ tool }) => {
  const { stdout } = await tool.run('-f', 'relay_domains');
  const lines = stdout.trimEnd().split('\n');

  expect(lines.length).toBeGreaterThan(1);
  expect(lines.slice(1).every((line) => /^ {4}\S/.test(line))).toBe(true);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('-d shows defaults, reads no main.cf and says nothing of it', async ({ tool }) => {
  expect(await tool.run('-d', 'myhostname', 'my_own')).toEqual({
    status: 0,
    stdout: 'myhostname = box.localdomain\n',
    stderr: 'postconf: warning: my_own: unknown parameter\n',
  });
});

test('-d lists every parameter of Postfix, and no other program’s', async ({ tool }) => {
  const { stdout } = await tool.run('-dH');

  expect(stdout.trimEnd().split('\n')).toHaveLength(831 + 16);
  expect(stdout).not.toContain('catch_');
});

test('a name that nobody knows is warned of', async ({ tool }) => {
  const { status, stdout, stderr } = await tool.run('smtps');

  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toBe(`${SAID}postconf: warning: smtps: unknown parameter\n${UNUSED}`);
});

test('without master.cf postconf goes on, and says so', async ({ tool }) => {
  await rm(join(tool.directory, 'master.cf'));

  expect((await tool.run('my_own')).stderr).toContain(
    'postconf: warning: open DIR/master.cf: No such file or directory\n',
  );
});

test('octets are printed as they are, and told of with ? for each that is not ASCII', async ({ tool }) => {
  await writeFile(join(tool.directory, 'main.cf'), 'mail_name = é\nx = é\n');
  await writeFile(join(tool.directory, 'master.cf'), '');

  expect(await tool.run('mail_name')).toEqual({
    status: 0,
    stdout: 'mail_name = é\n',
    stderr: 'postconf: warning: DIR/main.cf: unused parameter: x=??\n',
  });
});

test('the file of a table that asks a server is looked at', async ({ tool }) => {
  await writeFile(join(tool.directory, 'my.cf'), 'hosts = a\nhots = b\n');
  const file = join(tool.directory, 'my.cf');
  await writeFile(join(tool.directory, 'master.cf'), '');
  await writeFile(join(tool.directory, 'main.cf'), `alias_maps = mysql:${file}, pgsql:/nosuch\n`);

  expect((await tool.run('-n')).stderr).toBe(
    [
      'postconf: warning: mysql:DIR/my.cf: unused parameter: hots=b',
      'postconf: warning: open "pgsql" configuration "/nosuch": No such file or directory',
      '',
    ].join('\n'),
  );
});

describe('options that contradict each other', () => {
  test.for([
    [['-d', '-n'], 'specify one of -d -n'],
    [['-n', 'a=b'], 'specify one of -e -n'],
    [['-hH'], 'specify one of -h -H'],
    [['-pM'], 'specify one of -M -p'],
    [['-x', '-#', 'a'], 'specify one of -x -#'],
    [['-m', '-nx'], 'with option -m, do not specify -n -x'],
    [['-Mh'], 'with option -M, do not specify -h'],
    [['-bt'], 'specify one of -b and -t'],
    [['-b', 'a', 'b'], 'options -b and -t require at most one template file'],
    [['-e'], '-e requires name=value argument'],
    [['-C', 'user foo'], 'unknown -C option value "foo" in "user foo"'],
    [['-T', 'a', '-T', 'b'], 'At most one -T <mode> option may be specified'],
  ] as const)('%j: %s', async ([argv, said], { tool }) => {
    expect(await tool.run(...argv)).toEqual({ status: 1, stdout: '', stderr: `postconf: fatal: ${said}\n` });
  });
});

test('-b prints the texts of notifications, -t their templates', async ({ tool }) => {
  await writeFile(join(tool.directory, 'main.cf'), 'myhostname = mail.example.com\n');
  await writeFile(join(tool.directory, 'bt'), 'verify_template = <<EOF\nSubject: x\n\nby $myhostname\nEOF\n');

  expect((await tool.run('-b', 'bt')).stdout).toMatch(/\n\nexpanded_verify_text = <<EOF\nby mail.example.com\nEOF\n$/);
  expect((await tool.run('-t', 'bt')).stdout).toMatch(/\nSubject: x\n\nby \$myhostname\nEOF\n$/);
  expect(await tool.run('-b', 'nosuch')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'postfix/bounce: fatal: open nosuch: No such file or directory\n',
  });
});

test('-l shows how mailboxes can be locked', async ({ tool }) => {
  expect(await tool.run('-l')).toEqual({ status: 0, stdout: 'flock\nfcntl\ndotlock\n', stderr: '' });
});
