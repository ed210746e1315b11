import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSettings, type SettingsSources } from '../../src/settings/load.ts';
import { testMachine } from '../support/settings.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** With it there is nothing to find fault with in an otherwise empty main.cf. */
const SOUND = 'compatibility_level = 3.6\ncatch_passwd_file = any\nalias_maps =\nalias_database =\n';

/** Settings of a directory with these files. */
async function load(
  files: Readonly<Record<string, string>>,
  sources: Partial<SettingsSources> & { readonly cwd?: string } = {},
) {
  await using directory = await makeTemporaryDirectory();
  await mkdir(join(directory.path, 'postfix'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory.path, name), text);
  return loadSettings({ machine: { ...testMachine, cwd: join(directory.path, sources.cwd ?? '') }, ...sources });
}

test.for([
  { file: 'postfix/main.cf', cwd: '' },
  { file: 'main.cf', cwd: '' },
  { file: 'postfix/main.cf', cwd: 'postfix' },
])('$file is found from "$cwd" without being named', async ({ file, cwd }) => {
  const settings = await load({ [file]: 'message_size_limit = 1000\n' }, { cwd });

  expect(settings.get('message_size_limit')).toBe(1000);
  expect(settings.sourceOf('message_size_limit')).toBe('main.cf');
});

test('main.cf goes before the default, and after what is said for this run', async () => {
  const files = {
    'main.cf': 'mail_name = File\nmessage_size_limit = 1\nsmtpd_timeout = 7s\nline_length_limit = 999\n',
  };

  const settings = await load(files, {
    flags: { message_size_limit: '2' },
    environment: { POSTFIXTURE_SMTPD_TIMEOUT: '8s' },
    overrides: ['line_length_limit=998'],
  });

  expect({
    name: settings.get('mail_name'),
    size: settings.get('message_size_limit'),
    timeout: settings.get('smtpd_timeout'),
    line: settings.get('line_length_limit'),
  }).toEqual({ name: 'File', size: 2, timeout: 8000, line: 998 });
});

test('$name in main.cf may be any parameter, one of its own, or none', async () => {
  const settings = await load({
    'main.cf': 'mydomain = example.net\nfriend = Ann\nsmtpd_banner = $mydomain $friend $nobody$mail_name\n',
  });

  expect(settings.get('smtpd_banner')).toBe('example.net Ann Postfix');
});

test('production’s inet_interfaces doesn’t show mail to the network', async () => {
  const settings = await load({ 'main.cf': 'inet_interfaces = all\n' });

  expect(settings.get('inet_interfaces')).toEqual(['loopback-only']);
});

describe('a mistake in main.cf is a finding at its line, and mail is caught all the same', () => {
  test.for([
    { line: 'message_size_limit = 10M', codes: ['bad-value'], postfixLine: /^fatal: bad numerical/ },
    {
      line: 'myhostname = mail.<x>  # ホスト名',
      codes: ['placeholder', 'trailing-comment'],
      postfixLine: /^fatal: .*bad parameter value/m,
    },
    { line: 'catch_max_mesages = 5', codes: ['unknown-parameter'], hint: /catch_max_messages/ },
    { line: 'foo', codes: ['main-cf-syntax'], postfixLine: /^fatal: .*missing '='/ },
  ])('$line', async ({ line, codes, postfixLine = /^/, hint = /^/ }) => {
    const settings = await load({ 'main.cf': `# one\n${line}\nmail_name = Good\n${SOUND}` });

    expect(settings.findings.map(({ code }) => code)).toEqual(codes);
    expect(new Set(settings.findings.map(({ at }) => at.line))).toEqual(new Set([2]));
    expect(settings.findings.map((finding) => finding.postfixLine ?? '').join('\n')).toMatch(postfixLine);
    expect(settings.findings[0]?.hint).toMatch(hint);
    expect(settings.get('message_size_limit')).toBe(52_428_800);
    expect(settings.get('mail_name')).toBe('Good');
  });
});

test('a directory that is named must have a main.cf', async () => {
  const loading = load({}, { flags: { config_directory: '/nonexistent/postfix' } });

  await expect(loading).rejects.toThrow(
    '<command line>: --config: open /nonexistent/postfix/main.cf: No such file or directory\n  hint: name the directory that has main.cf',
  );
});

describe('master.cf', () => {
  const MASTER_CF = [
    'smtp inet n - n - - smtpd',
    'submission inet n - n - - smtpd -o smtpd_banner=$mydomain -o message_size_limit=many',
    'smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes',
  ].join('\n');
  const files = { 'main.cf': `mydomain = example.net\n${SOUND}`, 'master.cf': MASTER_CF };

  test('says which listeners there are, and the port map where', async () => {
    const settings = await load(files, { overrides: ['catch_port_map=587=2587 465=2465'] });

    expect(settings.listeners).toMatchObject([
      { service: 'smtp/inet', port: 25, mappedPort: 1025, isImplicitTls: false },
      { service: 'submission/inet', port: 587, mappedPort: 2587, isImplicitTls: false },
      { service: 'smtps/inet', port: 465, mappedPort: 2465, isImplicitTls: true },
    ]);
  });

  test('gives each service its own view', async () => {
    const settings = await load(files);

    expect(settings.service('submission/inet').get('smtpd_banner')).toBe('example.net');
    expect(settings.service('smtp/inet').get('smtpd_banner')).toBe('mail.example.com ESMTP Postfix');
    expect(settings.service('nosuch/inet').get('smtpd_banner')).toBe('mail.example.com ESMTP Postfix');
  });

  test('is found fault with at its line', async () => {
    const settings = await load(files);

    expect(settings.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'bad-value', at: { line: 2 } },
    ]);
    expect(settings.service('submission/inet').get('message_size_limit')).toBe(52_428_800);
  });
});

test('a port map that makes no sense is a finding', async () => {
  const settings = await load({ 'main.cf': `catch_port_map = 587:1587\n${SOUND}`, 'master.cf': '' });

  expect(settings.findings.filter(({ code }) => code === 'bad-port-map')).toMatchObject([
    { problem: expect.stringContaining('587:1587') as string },
  ]);
});

test('catch_defaults = postfix takes Postfix’s own defaults, but listens to nobody else', async () => {
  const settings = await load({ 'main.cf': 'catch_defaults = postfix\n' });

  expect(settings.get('message_size_limit')).toBe(10_240_000);
  expect(settings.get('smtpd_recipient_limit')).toBe(1000);
  expect(settings.get('inet_interfaces')).toEqual(['loopback-only']);
  expect(settings.get('catch_max_messages')).toBe(20_000);
});
