import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Configuration } from '../../src/http/api/schemas/config.ts';
import { silentLog } from '../../src/log.ts';
import type { Finding } from '../../src/rules/config/finding.ts';
import type { Ask } from '../../src/rules/question.ts';
import { LookupError } from '../../src/rules/tables/lookup-table.ts';
import { startServer } from '../../src/server.ts';
import { watchSettings } from '../../src/settings/live-settings.ts';
import { loadSettings } from '../../src/settings/load.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { reloaded } from '../support/reloaded.ts';
import { testMachine } from '../support/settings.ts';
import { connectSmtp } from '../support/smtp-client.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** A database that answers every query with the query itself. */
const echo: Ask = (question) => ({ rows: [['query' in question ? question.query : '']], faults: [] });

/** A configuration on disk, to be read at any time of the day. */
async function openConfiguration(files: Readonly<Record<string, string>>) {
  const directory = await makeTemporaryDirectory();
  const write = (name: string, text: string) => writeFile(join(directory.path, name), text);
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return {
    path: directory.path,
    write,
    remove: (name: string) => rm(join(directory.path, name), { recursive: true }),
    makeDirectory: (name: string) => mkdir(join(directory.path, name)),
    /** @param time `09:12:33`, local */
    read: (time: string, before?: Settings) =>
      loadSettings(
        {
          machine: { ...testMachine, cwd: directory.path },
          nowMs: new Date(`2026-11-25T${time}`).getTime(),
          ask: echo,
        },
        before?.tableHistory,
      ),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

/** What a table that main.cf names answers now. */
function ask(settings: Settings, spec: string, key: string): string | undefined {
  return settings.openTable(spec, { file: 'main.cf' }).lookup(key)?.value;
}

function findKept({ findings }: Settings): readonly Finding[] {
  return findings.filter(({ code }) => code === 'table-kept');
}

test.for([
  { type: 'texthash', good: 'a first\n', bad: 'a one\na two\n', better: 'a second\n' },
  { type: 'regexp', good: '/a/ first\n', bad: undefined, better: '/a/ second\n' },
  { type: 'pcre', good: '/a/ first\n', bad: undefined, better: '/a/ second\n' },
  { type: 'cidr', good: '10.0.0.0/8 first\n', bad: undefined, better: '10.0.0.0/8 second\n', key: '10.1.2.3' },
  { type: 'hash', good: 'a first\n', bad: undefined, better: 'a second\n' },
  { type: 'proxy:texthash', good: 'a first\n', bad: undefined, better: 'a second\n' },
  {
    type: 'sqlite',
    good: 'dbpath = /x.db\nquery = first\n',
    bad: 'query = no database\n',
    better: 'dbpath = /x.db\nquery = second\n',
  },
  {
    type: 'pgsql',
    good: 'dbname = mail\nquery = first\n',
    bad: 'query = no database\n',
    better: 'dbname = mail\nquery = second\n',
  },
])('a $type that breaks keeps answering from its last good version', async ({ type, good, bad, better, key = 'a' }) => {
  const spec = `${type}:/etc/postfix/table`;
  await using configuration = await openConfiguration({ 'main.cf': `virtual_alias_maps = ${spec}\n`, table: good });
  const first = configuration.read('09:00:00');

  await (bad === undefined ? configuration.remove('table') : configuration.write('table', bad));
  const broken = configuration.read('09:01:00', first);
  const stillBroken = configuration.read('09:02:00', broken);

  expect([first, broken, stillBroken].map((settings) => ask(settings, spec, key))).toEqual(['first', 'first', 'first']);
  expect(findKept(stillBroken)).toMatchObject([
    { severity: 'error', why: expect.stringContaining('still answering from the version of 09:00:00') as string },
  ]);

  await configuration.write('table', better);
  const mended = configuration.read('09:03:00', stillBroken);

  expect(ask(mended, spec, key)).toBe('second');
  expect(findKept(mended)).toEqual([]);
});

test('the finding has the line with the mistake, what Postfix says of it, and how to mend it', async () => {
  await using configuration = await openConfiguration({
    'main.cf': 'virtual_alias_maps = texthash:/etc/postfix/table\n',
    table: 'a one\n',
  });
  const first = configuration.read('09:00:00');

  await configuration.write('table', 'a one\n\na two\n');
  const [finding] = findKept(configuration.read('09:01:00', first));

  expect(finding).toEqual({
    severity: 'error',
    code: 'table-kept',
    at: { file: '/etc/postfix/table', line: 3 },
    problem: '/etc/postfix/table, line 3: duplicate entry: "a"',
    why:
      'texthash:/etc/postfix/table is still answering from the version of 09:00:00; in production ' +
      'no key can be looked up in texthash:/etc/postfix/table: mail that needs it is deferred',
    hint: 'remove one of the entries',
    postfixLine: 'error: /etc/postfix/table, line 3: duplicate entry: "a"',
  });
});

test('of a file that is gone the finding has the line that names it', async () => {
  await using configuration = await openConfiguration({
    'main.cf': 'mydomain = acme.test\nvirtual_alias_maps = cidr:/etc/postfix/table\n',
    table: '10.0.0.0/8 a\n',
  });
  const first = configuration.read('09:00:00');

  await configuration.remove('table');
  await configuration.makeDirectory('table');
  const [finding] = findKept(configuration.read('09:01:00', first));

  expect(finding).toMatchObject({
    at: { file: join(configuration.path, 'main.cf'), line: 2 },
    problem: 'open /etc/postfix/table: Is a directory',
  });
});

test('a finding of the next day has the day of the version, too', async () => {
  await using configuration = await openConfiguration({
    'main.cf': 'virtual_alias_maps = cidr:/etc/postfix/table\n',
    table: '10.0.0.0/8 a\n',
  });
  const first = configuration.read('23:59:00');
  await configuration.remove('table');
  const nextDay = loadSettings(
    {
      machine: { ...testMachine, cwd: configuration.path },
      nowMs: new Date('2026-11-26T00:01:00').getTime(),
    },
    first.tableHistory,
  );

  expect(findKept(nextDay)[0]?.why).toContain('the version of 2026-11-25 23:59:00');
});

test('a line that Postfix would skip is skipped in the new version: the old one is not asked', async () => {
  const spec = 'regexp:/etc/postfix/table';
  await using configuration = await openConfiguration({
    'main.cf': `virtual_alias_maps = ${spec}\n`,
    table: '/a/ first\n/b/ first\n',
  });
  const first = configuration.read('09:00:00');

  await configuration.write('table', '/a( first\n/b/ second\n');
  const changed = configuration.read('09:01:00', first);

  expect([ask(changed, spec, 'a'), ask(changed, spec, 'b')]).toEqual([undefined, 'second']);
  expect(findKept(changed)).toEqual([]);
});

test('of several tables in one only the broken one is kept', async () => {
  const spec = 'unionmap:{texthash:/etc/postfix/one, texthash:/etc/postfix/two}';
  await using configuration = await openConfiguration({
    'main.cf': `virtual_alias_maps = ${spec}\n`,
    one: 'a first\n',
    two: 'a other\n',
  });
  const first = configuration.read('09:00:00');

  await configuration.write('one', 'a x\na y\n');
  await configuration.write('two', 'a another\n');
  const broken = configuration.read('09:01:00', first);

  expect(ask(broken, spec, 'a')).toBe('first,another');
  expect(findKept(broken)).toHaveLength(1);
});

test('a table that never could be opened has no answer', async () => {
  const spec = 'texthash:/etc/postfix/table';
  await using configuration = await openConfiguration({ 'main.cf': `virtual_alias_maps = ${spec}\n` });
  const first = configuration.read('09:00:00');
  const second = configuration.read('09:01:00', first);

  expect(() => ask(second, spec, 'a')).toThrow(LookupError);
  expect(second.findings.map(({ code }) => code)).toContain('table-missing');
});

test('a table of parameters in main.cf that lack something has no answer, as before', async () => {
  await using configuration = await openConfiguration({
    'main.cf': 'virtual_alias_maps = sqlite:users\nusers_dbpath = /x.db\nusers_query = first\n',
  });
  const first = configuration.read('09:00:00');

  await configuration.write('main.cf', 'virtual_alias_maps = sqlite:users\nusers_query = first\n');
  const broken = configuration.read('09:01:00', first);

  expect(() => ask(broken, 'sqlite:users', 'a')).toThrow(LookupError);
  expect(findKept(broken)).toEqual([]);
});

/** A server that runs on a configuration and follows its files. */
async function serve(files: Readonly<Record<string, string>>) {
  const configuration = await openConfiguration(files);
  const load = (before?: Settings['tableHistory']) =>
    loadSettings(
      {
        machine: { ...testMachine, cwd: configuration.path },
        flags: { catch_smtp_port: '0', catch_http_port: '0', catch_ephemeral: 'yes' },
      },
      before,
    );
  const live = watchSettings({ first: load(), load, clock: systemClock, log: silentLog });
  await live.watching;
  const server = await startServer({ settings: live, log: silentLog });
  return {
    ...configuration,
    live,
    /** What the server answers to a recipient. */
    async rcpt(recipient: string) {
      await using client = await connectSmtp(server.smtp.port);
      await client.reply();
      const replies = await client.say('EHLO c.test', 'MAIL FROM:<s@c.test>', `RCPT TO:<${recipient}>`);
      return replies.at(-1);
    },
    async shown() {
      const response = await fetch(`${server.http.url}/api/v1/postfix/config`);
      return (await response.json()) as Configuration;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await live[Symbol.asyncDispose]();
      await configuration[Symbol.asyncDispose]();
    },
  };
}

test('a server whose table breaks goes on answering, says so, and takes the mended table in', async () => {
  await using served = await serve({
    'main.cf':
      'mydestination = acme.test\ncatch_mode = strict\n' +
      'smtpd_recipient_restrictions = check_recipient_access texthash:/etc/postfix/access\n',
    access: 'ada@acme.test REJECT first\n',
  });
  const answers = [await served.rcpt('ada@acme.test')];

  await reloaded(served.live, () => served.write('access', 'ada@acme.test OK\nada@acme.test REJECT\n'));
  answers.push(await served.rcpt('ada@acme.test'));
  await reloaded(served.live, () => served.remove('access'));
  answers.push(await served.rcpt('ada@acme.test'));
  // At this Postfix's daemons would end.
  await reloaded(served.live, () => served.makeDirectory('access'));
  answers.push(await served.rcpt('ada@acme.test'));
  const shown = await served.shown();

  expect(answers).toEqual(answers.map(() => '554 5.7.1 <ada@acme.test>: Recipient address rejected: first'));
  expect(served.live.rejected()).toBeUndefined();
  expect(shown.findings).toContainEqual(expect.objectContaining({ code: 'table-kept', severity: 'error' }));
  expect(shown.tables[0]).toMatchObject({
    entries: 1,
    fault: 'read /etc/postfix/access: Is a directory',
    keptFrom: expect.any(String) as string,
  });

  await reloaded(served.live, async () => {
    await served.remove('access');
    await served.write('access', 'ada@acme.test REJECT second\n');
  });
  const mended = await served.shown();

  expect(await served.rcpt('ada@acme.test')).toBe('554 5.7.1 <ada@acme.test>: Recipient address rejected: second');
  expect(mended.findings.map(({ code }) => code)).not.toContain('table-kept');
  expect(mended.tables[0]).not.toHaveProperty('fault');
});
