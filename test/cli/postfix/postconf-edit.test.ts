import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { postconf } from '../../../src/cli/postfix/postconf.ts';
import { runTool } from '../../../src/cli/postfix-tool.ts';

const MAIN = '# top\na = 1\n  2\n # inner\n  3\n\nb=2\n#b = 4\nb = 3\n';
const MASTER = 'smtp inet n - n - - smtpd\n  -o x=1\n# c\n\t-o y=2\n# d\nz unix - - n - - smtp {a b}\n';

interface Postconf {
  readonly directory: string;
  run(
    ...argv: readonly string[]
  ): Promise<{ rc: number; stdout: string; stderr: string; main: string; master: string }>;
}

const test = base.extend<{ tool: Postconf }>({
  tool: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'postconf-'));
    await writeFile(join(directory, 'main.cf'), MAIN);
    await writeFile(join(directory, 'master.cf'), MASTER);
    await use({ directory, run: (...argv) => runIn(directory, argv) });
    await rm(directory, { recursive: true });
  },
});

async function runIn(directory: string, argv: readonly string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const rc = await runTool(postconf, ['-c', directory, ...argv], {
    uid: 0,
    user: 'root',
    cwd: directory,
    env: {},
    isTTY: false,
    stdin: (async function* () {})(),
    stdout: { write: (text) => stdout.push(Buffer.from(text).toString()) },
    stderr: { write: (text) => stderr.push(Buffer.from(text).toString()) },
    signal: new AbortController().signal,
  });
  const read = (name: string) => readFile(join(directory, name), 'utf8');
  const [main, master] = [await read('main.cf'), await read('master.cf')];
  return { rc, stdout: stdout.join(''), stderr: stderr.join('').replaceAll(directory, 'DIR'), main, master };
}

test.for([
  { argv: ['-e', 'a = x  y '], main: '# top\na = x  y\n # inner\n\nb=2\n#b = 4\nb = 3\n', why: 'comments within stay' },
  { argv: ['n=é'], main: `${MAIN}n = é\n`, why: 'what is new is appended; a = is enough' },
  { argv: ['-#', 'a'], main: '# top\n#a = 1\n#  2\n # inner\n#  3\n\nb=2\n#b = 4\nb = 3\n', why: 'every line of it' },
  { argv: ['-X', 'a', 'nosuch'], main: '# top\n # inner\n\nb=2\n#b = 4\nb = 3\n', why: 'what is not there stays so' },
])('postconf $argv: $why', async ({ argv, main }, { tool }) => {
  expect(await tool.run(...argv)).toEqual({ rc: 0, stdout: '', stderr: '', main, master: MASTER });
});

test('every entry of a name is edited, with a warning', async ({ tool }) => {
  expect(await tool.run('-e', 'b=9')).toMatchObject({
    rc: 0,
    stderr: 'postconf: warning: DIR/main.cf: multiple entries for "b"\n',
    main: '# top\na = 1\n  2\n # inner\n  3\n\nb = 9\n#b = 4\nb = 9\n',
  });
});

const SMTP = 'smtp       inet  n       -       n       -       -       smtpd\n';
const Z = 'z unix - - n - - smtp {a b}\n';
test.for([
  {
    argv: ['-Fe', 'smtp/inet/command=smtpd'],
    master: `# c\n# d\n${SMTP}${Z}`,
    why: 'below the comments that followed',
  },
  { argv: ['-Pe', 'smtp/inet/x='], master: `# c\n# d\n${SMTP}    -o x=\n    -o y=2\n${Z}`, why: 'in its place' },
  {
    argv: ['-Pe', 'smtp/inet/n=1'],
    master: `# c\n# d\n${SMTP}    -o x=1\n    -o y=2\n    -o n=1\n${Z}`,
    why: 'at the end',
  },
  {
    argv: ['-PX', '*/*/x', 'smtp/inet/y', 'smtp/inet/q'],
    master: `# c\n# d\n${SMTP}z          unix  -       -       n       -       -       smtp a b\n`,
    why: 'also where it has none',
  },
  {
    argv: ['-M#', 'smtp/inet'],
    master: `#smtp inet n - n - - smtpd\n#  -o x=1\n# c\n#\t-o y=2\n# d\n${Z}`,
    why: 'line by line',
  },
  { argv: ['-MX', '*/inet'], master: `# c\n# d\n${Z}`, why: 'but for the comments' },
  {
    argv: ['-Me', 'q/unix=smtp inet n - n - - smtpd'],
    master: `${SMTP}# c\n# d\n${Z}`,
    why: 'the new name counts, too',
  },
  {
    argv: ['-Me', 'n/inet=smtp fifo n - n - - smtpd'],
    master: `${MASTER}${SMTP.replace('inet', 'fifo')}`,
    why: 'else it is appended',
  },
])('postconf $argv: $why', async ({ argv, master }, { tool }) => {
  expect(await tool.run(...argv)).toEqual({ rc: 0, stdout: '', stderr: '', main: MAIN, master });
});

test.for([
  { argv: ['-X', 'a=b'], says: 'specify one of -e -X' },
  { argv: ['-X'], says: 'missing service argument' },
  { argv: ['-X', ''], says: '-X or -# requires non-blank parameter names' },
  { argv: ['-e', '#a=b'], says: '-e, -X, or -# accepts no comment input' },
  { argv: ['-e', 'a=b\nc'], says: '-e, -X, or -# accepts no multi-line input' },
  { argv: ['-MX', 'smtp'], says: '-Me, -MX or -M# requires service_name/type' },
  { argv: ['-Me', 'a/inet=a inet'], says: 'bad field count: "a/inet=a inet"' },
  { argv: ['-Fe', 'smtp/inet/*=y'], says: '-Fe does not accept wild-card field name' },
  { argv: ['-Fe', 'smtp/inet/chroot=q'], says: 'invalid chroot field "q" in "q"' },
  { argv: ['-Fe', 'smtp/inet/chroot=y n'], says: '-Fe does not accept whitespace in non-command field' },
  { argv: ['-Pe', 'smtp/inet/a=b c'], says: '-Pe does not accept whitespace in parameter value' },
])('postconf $argv is refused, and nothing changes: $says', async ({ argv, says }, { tool }) => {
  expect(await tool.run(...argv)).toEqual({
    rc: 1,
    stdout: '',
    stderr: `postconf: fatal: ${says}\n`,
    main: MAIN,
    master: MASTER,
  });
});

test.for([
  {
    argv: ['-M', 'z'],
    stdout: 'z          unix  -       -       n       -       -       smtp a b\n',
    why: 'Postfix loses the braces',
  },
  { argv: ['-Mf', 'smtp/inet'], stdout: `${SMTP}    -o x=1\n    -o y=2\n`, why: 'each -o has a line' },
  { argv: ['-F', '*/unix/command'], stdout: 'z/unix/command = smtp a b\n', why: 'a column of one type' },
  { argv: ['-Fh', '*/unix/command'], stdout: 'smtpa b\n', why: 'a short command is taken for an indentation' },
  { argv: ['-P', 'smtp/inet/x'], stdout: 'smtp/inet/x = 1\n', why: 'one of its own parameters' },
  { argv: ['-PH'], stdout: 'smtp/inet/x\nsmtp/inet/y\n', why: 'names alone' },
])('postconf $argv shows $stdout: $why', async ({ argv, stdout }, { tool }) => {
  expect(await tool.run(...argv)).toMatchObject({ rc: 0, stdout });
});
