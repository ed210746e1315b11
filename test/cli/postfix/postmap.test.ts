import { chmod, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../../support/cli.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../../support/temporary-directory.ts';

const USAGE = 'usage: postmap [-bfFhimnNoprsuUvw] [-c config_dir] [-d key] [-q key] [map_type:]file...';

interface Place extends AsyncDisposable {
  readonly path: string;
  postmap(argv: readonly string[], options?: { stdin?: string; source?: string }): Promise<CommandResult>;
}

async function makePlace(files: Readonly<Record<string, string>>): Promise<Place> {
  const directory: TemporaryDirectory = await makeTemporaryDirectory();
  const all = { 'main.cf': 'myhostname = mail.example.com\ncompatibility_level = 3.6\n', ...files };
  for (const [name, text] of Object.entries(all)) await writeFile(join(directory.path, name), text, 'latin1');
  return {
    path: directory.path,
    postmap: (argv, { stdin = '', source = 'compiled' } = {}) =>
      runCommand(['postmap', ...argv], {
        cwd: directory.path,
        signal: new AbortController().signal,
        stdin,
        env: { MAIL_CONFIG: directory.path, POSTFIXTURE_TABLE_SOURCE: source },
      }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

test('a map is built, asked, listed, added to and shortened', async () => {
  await using place = await makePlace({ t: 'k1 v1\nK2 v2\n' });

  expect(await place.postmap(['hash:t'])).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(await place.postmap(['-q', 'K1', 'hash:t'])).toMatchObject({ status: 0, stdout: 'v1\n' });
  expect(await place.postmap(['-i', 'hash:t'], { stdin: 'k3 v3\nk1 x\n' })).toMatchObject({
    status: 0,
    stderr: 'postmap: warning: t.db: duplicate entry: "k1"\n',
  });
  expect(await place.postmap(['-d', 'k2', 'hash:t'])).toMatchObject({ status: 0 });
  expect(await place.postmap(['-d', 'k2', 'hash:t'])).toMatchObject({ status: 1, stderr: '' });
  expect(await place.postmap(['-s', 'hash:t'])).toMatchObject({ status: 0, stdout: 'k1\tv1\nk3\tv3\n' });
  expect(await place.postmap(['-q', '-', 'hash:t'], { stdin: 'no\nk3\n' })).toMatchObject({ stdout: 'k3\tv3\n' });
});

test.for([
  { argv: [], line: `fatal: ${USAGE}` },
  { argv: ['-q', 'a'], line: `fatal: ${USAGE}` },
  { argv: ['-q', 'a', '-d', 'a', 't'], line: 'fatal: specify only one of -s -q or -d' },
  { argv: ['-q', 'a', '-s', 't'], line: 'fatal: specify only one of -s or -q or -d' },
  { argv: ['-h', '-q', 'a', 't'], line: 'fatal: specify -b -h or -m only with "-q -"' },
  { argv: ['hash:none'], line: 'fatal: open none: No such file or directory' },
  { argv: ['proxy:hash:t'], line: "fatal: can't create maps via the proxy service" },
  { argv: ['texthash:t'], line: 'fatal: unsupported dictionary type: texthash does not support bulk-mode creation.' },
  { argv: ['none:t'], line: 'fatal: unsupported dictionary type: none. Is the postfix-none package installed?' },
  { argv: ['fail:t'], line: 'fatal: table fail:t: write error: Application error' },
  { argv: ['-q', 'a', 'hash:t'], line: 'fatal: open database t.db: No such file or directory' },
  { argv: ['-q', 'a', 'none:t'], line: 'fatal: unsupported dictionary type: none' },
  { argv: ['-q', 'a', 'fail:t'], line: 'fatal: table fail:t: query error: Application error' },
  { argv: ['-s', 'static:t'], line: 'fatal: table static:t: sequence operation is not supported' },
  { argv: ['-s', 'fail:t'], line: 'fatal: table fail:t: sequence error: Application error' },
  { argv: ['-d', 'a', 'static:t'], line: 'fatal: table static:t: delete operation is not supported' },
  { argv: ['-d', 'a', 'texthash:t'], line: 'fatal: texthash:t map requires O_RDONLY access mode' },
  { argv: ['-d', 'a', 'hash:t'], line: 'fatal: open database t.db: No such file or directory' },
  { argv: ['-c', '/nonexistent', 't'], line: 'fatal: open /nonexistent/main.cf: No such file or directory' },
])('postmap $argv gives up: $line', async ({ argv, line }) => {
  await using place = await makePlace({ t: 'a b\n' });

  expect(await place.postmap(argv)).toEqual({ status: 1, stdout: '', stderr: `postmap: ${line}\n` });
});

test('an unknown option is refused with the usage', async () => {
  await using place = await makePlace({});

  expect(await place.postmap(['-z'])).toMatchObject({
    status: 1,
    stderr: `postmap: invalid option -- 'z'\npostmap: fatal: ${USAGE}\n`,
  });
});

test('an empty answer is printed, and complained about', async () => {
  await using place = await makePlace({});

  expect(await place.postmap(['-q', 'k', 'static:{}'])).toEqual({
    status: 0,
    stdout: '\n',
    stderr:
      'postmap: warning: table static:{}: key k: empty string result is not allowed\n' +
      'postmap: warning: table static:{} should return NO RESULT in case of NOT FOUND\n',
  });
});

test('octets that are not UTF-8 come out as they went in', async () => {
  await using place = await makePlace({ t: 'k v\xff\n' });

  await place.postmap(['-u', 'hash:t']);
  const { stdout, stderr } = await place.postmap(['-u', '-s', 'hash:t']);

  expect({ stdout, stderr }).toMatchObject({ stdout: 'k\tv\ufffd\n', stderr: '' });
});

test('--explain says which line answered', async () => {
  await using place = await makePlace({ t: '# first\nk v\n', 't.db': '' });

  expect(await place.postmap(['-q', 'k', '--explain', 'hash:t'], { source: 'text' })).toMatchObject({
    status: 0,
    stdout: 'v\n  from t:2\n',
  });
});

test('the text answers by default, and a map that is missing ends nothing', async () => {
  await using place = await makePlace({ t: 'k v\n' });

  expect(await place.postmap(['-q', 'k', 'hash:t'], { source: 'text' })).toEqual({
    status: 0,
    stdout: 'v\n',
    stderr: '',
  });
});

test('a file that is not a map of ours is never replaced', async () => {
  await using place = await makePlace({ t: 'k v\n', 't.db': 'precious' });

  const { status, stderr } = await place.postmap(['hash:t']);

  expect(status).toBe(1);
  expect(stderr).toBe('postmap: fatal: open t.db: not a map that postfixture built; remove it first\n');
  expect(await readFile(join(place.path, 't.db'), 'utf8')).toBe('precious');
});

test('a new map is readable for those who may read its text', async () => {
  await using place = await makePlace({ t: 'k v\n' });
  await chmod(join(place.path, 't'), 0o640);

  await place.postmap(['hash:t']);
  await place.postmap(['-p', 'lmdb:t']);

  expect((await stat(join(place.path, 't.db'))).mode & 0o777).toBe(0o640);
  expect((await stat(join(place.path, 't.lmdb'))).mode & 0o777).toBe(0o644);
});

test('a map that is older than its text is complained about, and answers', async () => {
  await using place = await makePlace({ t: 'k v\n' });
  await place.postmap(['hash:t']);
  await utimes(join(place.path, 't.db'), 1000, 1000);
  await utimes(join(place.path, 't'), 2000, 2000);

  expect(await place.postmap(['-q', 'k', 'hash:t'])).toEqual({
    status: 0,
    stdout: 'v\n',
    stderr: 'postmap: warning: database t.db is older than source file t\n',
  });
});

test('with -F, values are the content of files', async () => {
  await using place = await makePlace({ t: 'k content\nbad none\n', content: 'two\nlines' });

  expect(await place.postmap(['-F', 'hash:t'])).toMatchObject({
    status: 0,
    stderr: 'postmap: warning: t, line 2: open none: No such file or directory: skipping this entry\n',
  });
  expect(await place.postmap(['-q', 'k', 'hash:t'])).toMatchObject({ stdout: 'dHdvCmxpbmVz\n' });
  expect(await place.postmap(['-F', '-q', 'k', 'hash:t'])).toMatchObject({ stdout: 'two\nlines\n' });
});
