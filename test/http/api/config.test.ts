import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Configuration } from '../../../src/http/api/schemas/config.ts';
import { loadSettings, type SettingsSources } from '../../../src/settings/load.ts';
import { manualClock } from '../../support/clock.ts';
import { listenToFeed, startTestHttp, type TestHttp } from '../../support/http.ts';
import { testLiveSettings, testMachine } from '../../support/settings.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

/** A server on the configuration that these files are. */
async function serveConfiguration(files: Readonly<Record<string, string>>, sources: Partial<SettingsSources> = {}) {
  const directory = await makeTemporaryDirectory();
  const write = (name: string, text: string) => writeFile(join(directory.path, name), text);
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const flags = { catch_http_port: '0', catch_ephemeral: 'yes', ...sources.flags };
  const load = () => loadSettings({ machine: { ...testMachine, cwd: directory.path }, ...sources, flags });
  const clock = manualClock();
  const settings = testLiveSettings(load(), { load, clock });
  const http = await startTestHttp({
    settings,
    clock,
    smtp: () => ({
      addresses: [],
      services: [
        { name: 'smtp/inet', port: 41_025, isImplicitTls: false },
        { name: 'smtps/inet', port: 41_465, isImplicitTls: true },
      ],
      stats: { accepted: 0, acceptedBytes: 0, rejected: 0, ignored: 0 },
    }),
  });
  return {
    http,
    settings,
    clock,
    write,
    path: directory.path,
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

async function getConfiguration(http: TestHttp, query = ''): Promise<Configuration> {
  return (await (await http.get(`/api/v1/postfix/config${query}`)).json()) as Configuration;
}

/** The parameters of this name. */
function named({ parameters }: Configuration, name: string): Configuration['parameters'] {
  return parameters.filter((parameter) => parameter.name === name);
}

test('each parameter that main.cf sets is there as written and expanded, with its default and its line', async () => {
  await using served = await serveConfiguration({
    'main.cf': 'myhostname = mail.acme.test\nmydomain = acme.test\nmydestination = $myhostname,\n  $mydomain, $foo\n',
  });

  const configuration = await getConfiguration(served.http);

  expect(configuration.directory).toBe(served.path);
  expect(named(configuration, 'mydestination')).toEqual([
    {
      name: 'mydestination',
      written: '$myhostname,  $mydomain, $foo',
      effective: 'mail.acme.test,  acme.test, ',
      default: '$myhostname, localhost.$mydomain, localhost',
      source: 'main.cf',
      place: { file: join(served.path, 'main.cf'), line: 3, column: 1 },
    },
  ]);
  expect(named(configuration, 'mailbox_size_limit')).toEqual([]);
});

test('what $name stands for is there too, where it is left at its default', async () => {
  await using served = await serveConfiguration({ 'main.cf': 'mydomain = acme.test\nmyorigin = $mydestination\n' });

  const { references } = await getConfiguration(served.http);

  expect(references.find(({ name }) => name === 'mydestination')).toMatchObject({
    written: '$myhostname, localhost.$mydomain, localhost',
  });
  expect(references.map(({ name }) => name)).toEqual(['mydestination', 'myhostname']);
});

test.for([
  { sources: { flags: { message_size_limit: '7' } }, source: 'flag', spelled: '--message-size-limit' },
  { sources: { options: { messageSizeLimit: 7 } }, source: 'option', spelled: 'messageSizeLimit' },
  {
    sources: { environment: { POSTFIXTURE_MESSAGE_SIZE_LIMIT: '7' } },
    source: 'environment',
    spelled: 'POSTFIXTURE_MESSAGE_SIZE_LIMIT',
  },
  { sources: { overrides: ['message_size_limit=7'] }, source: 'override', spelled: '-o message_size_limit' },
])('$source goes before main.cf, and what main.cf says is told', async ({ sources, source, spelled }) => {
  await using served = await serveConfiguration({ 'main.cf': 'message_size_limit = 9\n' }, sources);

  const [parameter] = named(await getConfiguration(served.http), 'message_size_limit');

  expect(parameter).toMatchObject({
    effective: '7',
    source,
    spelled,
    overridden: { written: '9', place: { line: 1 } },
  });
});

test('inet_interfaces of main.cf is told, and not followed', async () => {
  await using served = await serveConfiguration({ 'main.cf': 'inet_interfaces = all\n' });

  const [parameter] = named(await getConfiguration(served.http), 'inet_interfaces');

  expect(parameter).toMatchObject({
    effective: 'loopback-only',
    source: 'default',
    overridden: { written: 'all', place: { line: 1 } },
  });
});

test('-o of master.cf is told for its service, with the $name that this service sees; the last of equal ones counts', async () => {
  await using served = await serveConfiguration({
    'main.cf': 'site = main\n',
    'master.cf':
      'smtp inet n - n - - smtpd\n  -o smtpd_banner=first\n  -o site=own\n  -o smtpd_banner=$site\npickup unix n - n 60 1 pickup\n',
  });

  const banners = named(await getConfiguration(served.http), 'smtpd_banner');

  expect(banners).toMatchObject([
    { service: 'smtp/inet', source: 'master.cf', written: '$site', effective: 'own', place: { line: 4 } },
  ]);
});

test('?all=1 gives the parameters at their defaults, too', async () => {
  await using served = await serveConfiguration({ 'main.cf': 'mydomain = acme.test\n' });

  const configuration = await getConfiguration(served.http, '?all=1');

  expect(named(configuration, 'myorigin')).toMatchObject([{ written: '$myhostname', source: 'default' }]);
  expect(configuration.parameters.length).toBeGreaterThan(800);
});

test('a finding has place, parameter, what, why, mend and what Postfix says, as text', async () => {
  await using served = await serveConfiguration({ 'main.cf': 'mail_name = Grüße\nmail_name = Grüße,\n  München\n' });

  const { findings } = await getConfiguration(served.http);

  expect(findings.find(({ code }) => code === 'duplicate-parameter')).toMatchObject({
    severity: 'warning',
    place: { file: join(served.path, 'main.cf'), line: 2 },
    parameter: 'mail_name',
    problem: 'overriding earlier entry: mail_name=Grüße',
    why: expect.stringMatching(/./) as string,
    hint: expect.stringMatching(/./) as string,
    postfixLine: `warning: ${served.path}/main.cf, line 2: overriding earlier entry: mail_name=Grüße`,
  });
});

test('a reading that is not taken is told, with its time, and the one before is still shown', async () => {
  await using served = await serveConfiguration({ 'main.cf': 'mydomain = acme.test\n' });
  const { readAt } = await getConfiguration(served.http);
  served.clock.advance(60_000);
  await served.write('main.cf', 'mydomain = other.test\nmyhostname mail\n');

  served.settings.reload();
  const configuration = await getConfiguration(served.http);

  expect(configuration.readAt).toBe(readAt);
  expect(Date.parse(configuration.rejected?.at ?? '') - Date.parse(readAt)).toBe(60_000);
  expect(configuration.rejected?.findings).toContainEqual(
    expect.objectContaining({ code: 'main-cf-syntax', place: expect.objectContaining({ line: 2 }) as unknown }),
  );
  expect(named(configuration, 'mydomain')).toMatchObject([{ effective: 'acme.test' }]);
});

test('a listener has its port in production and here; one that could not be opened has none here', async () => {
  await using served = await serveConfiguration({
    'main.cf': 'mydomain = acme.test\n',
    'master.cf':
      'smtp inet n - n - - smtpd\nsmtps inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes\nsubmission inet n - n - - smtpd\n',
  });

  const { listeners } = await getConfiguration(served.http);

  expect(listeners).toMatchObject([
    { service: 'smtp/inet', production: 25, here: 41_025, implicitTls: false, place: { line: 1 } },
    { service: 'smtps/inet', production: 465, here: 41_465, implicitTls: true, place: { line: 2 } },
    { service: 'submission/inet', production: 587, implicitTls: false, place: { line: 4 } },
  ]);
  expect(listeners[2]).not.toHaveProperty('here');
});

test('a lookup table has its entries, its age, who names it, and whether its map is there', async () => {
  await using served = await serveConfiguration({
    'main.cf':
      'virtual_alias_maps = hash:/etc/postfix/virtual, inline:{a=b}\ntransport_maps = hash:/etc/postfix/virtual\nrelay_recipient_maps = texthash:/nowhere\n' +
      'header_checks = regexp:{{if /^S/}, {/^Subject:/ OK}, {endif}, {/^To:/ OK}}\n',
    virtual: 'a@acme.test root\nb@acme.test root\n',
  });

  const { tables } = await getConfiguration(served.http);

  expect(tables.find(({ spec }) => spec === 'hash:/etc/postfix/virtual')).toMatchObject({
    type: 'hash',
    name: '/etc/postfix/virtual',
    entries: 2,
    modifiedAt: expect.stringMatching(/^\d{4}-/) as string,
    stale: 'no map',
    namedBy: [
      { parameter: 'virtual_alias_maps', place: { line: 1 } },
      { parameter: 'transport_maps', place: { line: 2 } },
    ],
  });
  expect(tables.find(({ spec }) => spec === 'inline:{a=b}')).toMatchObject({ entries: 1 });
  expect(tables.find(({ type }) => type === 'regexp')).toMatchObject({ entries: 2 });
  expect(tables.find(({ spec }) => spec === 'texthash:/nowhere')).toMatchObject({
    fault: expect.stringContaining('No such file') as string,
  });
});

test('what is in the file of a table that asks a server is not shown', async () => {
  await using served = await serveConfiguration({
    'main.cf': 'virtual_alias_maps = pgsql:/etc/postfix/virtual.pgsql\n',
    'virtual.pgsql': 'hosts = db.acme.test\nuser = mail\npassword = s3cret\ndbname = mail\nquery = SELECT 1\n',
  });

  const text = await (await served.http.get('/api/v1/postfix/config?all=1')).text();

  expect(text).toContain('pgsql:/etc/postfix/virtual.pgsql');
  expect(text).not.toContain('s3cret');
});

test('without a main.cf there is no directory, and nothing of this machine’s own Postfix', async () => {
  await using served = await serveConfiguration({});

  const configuration = await getConfiguration(served.http);

  expect(configuration).not.toHaveProperty('directory');
  expect(configuration.parameters.map(({ source }) => source)).not.toContain('master.cf');
  expect(configuration.tables).toEqual([]);
});

test('a page of another site cannot read it', async () => {
  await using served = await serveConfiguration({ 'main.cf': 'mydomain = acme.test\n' });
  const host = `localhost:${served.http.port}`;

  const { status } = await served.http.send('/api/v1/postfix/config', {
    headers: { host, origin: 'http://evil.test' },
  });

  expect(status).toBe(403);
});

test('a reload is told on the feed, without a number, whether or not it is taken', async () => {
  await using served = await serveConfiguration({ 'main.cf': 'mydomain = acme.test\n' });
  await using feed = await listenToFeed(served.http);

  served.settings.reload();
  const taken = await feed.nextConfig();
  await served.write('main.cf', 'mydomain acme.test\n');
  served.settings.reload();
  const rejected = await feed.nextConfig();

  expect(taken).toMatchObject({ Type: 'config', Data: { Rejected: false } });
  expect(taken).not.toHaveProperty('Seq');
  expect(rejected).toMatchObject({ Type: 'config', Data: { Rejected: true, ReadAt: taken.Data.ReadAt } });
  expect(rejected.Data.Errors).toBeGreaterThan(0);
});
