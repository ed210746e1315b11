import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as base } from 'vitest';
import type { Finding } from '../../src/rules/config/finding.ts';
import { readPostfixConfiguration, type ConfigurationSources } from '../../src/settings/postfix-configuration.ts';
import { readProgramConfiguration } from '../../src/settings/program-configuration.ts';

interface Place {
  readonly cwd: string;
  write(file: string, text: string): Promise<void>;
}

const test = base.extend<{ place: Place }>({
  place: async ({}, use) => {
    const cwd = await mkdtemp(join(tmpdir(), 'configuration-'));
    await use({
      cwd,
      write: async (file, text) => {
        await mkdir(join(cwd, file, '..'), { recursive: true });
        await writeFile(join(cwd, file), text, 'latin1');
      },
    });
    await rm(cwd, { recursive: true });
  },
});

const MACHINE = { POSTFIXTURE_MACHINE_NAME: 'box', POSTFIXTURE_MACHINE_ADDRESSES: '127.0.0.1/8 10.1.2.3/24' };

function read({ cwd }: Place, sources: Partial<ConfigurationSources> = {}) {
  const findings: Finding[] = [];
  const config = readPostfixConfiguration({ program: 'postmap', cwd, env: MACHINE, ...sources }, (finding) =>
    findings.push(finding),
  );
  return { config, said: findings.map(({ postfixLine }) => postfixLine) };
}

describe('main.cf is looked for', () => {
  test('in the directory that is named, before all others', async ({ place }) => {
    await place.write('a/main.cf', 'mail_name = a\n');
    await place.write('b/main.cf', 'mail_name = b\n');

    const { config } = read(place, { directory: 'a', env: { MAIL_CONFIG: 'b' } });

    expect(config.get('mail_name')).toBe('a');
    expect(config.get('config_directory')).toBe('a');
  });

  test('where MAIL_CONFIG says', async ({ place }) => {
    await place.write('b/main.cf', 'mail_name = b\n');
    await place.write('main.cf', 'mail_name = c\n');

    expect(read(place, { env: { MAIL_CONFIG: 'b' } }).config.get('mail_name')).toBe('b');
  });

  test('in postfix/, then here', async ({ place }) => {
    await place.write('main.cf', 'mail_name = here\n');
    expect(read(place).config.get('mail_name')).toBe('here');

    await place.write('postfix/main.cf', 'mail_name = below\n');
    expect(read(place).config.get('mail_name')).toBe('below');
  });

  test('without any, everything is at Postfix’s default', ({ place }) => {
    expect(read(place).config.get('mydestination')).toBe('box.localdomain, localhost.localdomain, localhost');
  });

  test('a directory that is named and has none is fatal', ({ place }) => {
    expect(() => read(place, { directory: 'nosuch' })).toThrow('fatal: open nosuch/main.cf: No such file or directory');
  });
});

test('what is set counts before defaults, and -o before both', async ({ place }) => {
  await place.write('main.cf', 'mydomain = example.com\nmyhostname = mail.$mydomain\n');

  const { config } = read(place, { overrides: ['mydomain = example.net'] });

  expect(config.raw('myhostname')).toBe('mail.$mydomain');
  expect(config.get('myhostname')).toBe('mail.example.net');
  expect(config.get('mail_name')).toBe('Postfix');
  expect(config.raw('nosuch')).toBeUndefined();
  expect(config.get('nosuch')).toBe('');
});

test('an override without a = is fatal', ({ place }) => {
  expect(() => read(place, { overrides: ['a'] })).toThrow(
    "fatal: invalid parameter override: a: missing '=' after attribute name",
  );
});

test('a value that can’t be expanded is fatal when it is asked for', async ({ place }) => {
  await place.write('main.cf', 'a = ${b\n');
  const { config, said } = read(place);

  expect(said).toEqual([]);
  expect(() => config.get('a')).toThrow('fatal: dictionary mail_dict: macro processing error');
});

describe('defaults that are made from the machine', () => {
  test.for([
    ['', 'myhostname', 'box.localdomain'],
    ['mydomain = example.com\n', 'myhostname', 'box.example.com'],
    ['myhostname = mail.example.com\n', 'mydomain', 'example.com'],
    ['compatibility_level = 3.6\n', 'mynetworks', '127.0.0.1/32 10.1.2.3/32'],
    ['', 'mynetworks', '127.0.0.0/8 10.1.2.0/24'],
    ['compatibility_level = 3.6\ninet_interfaces = $myhostname\nmyhostname = mail.test\n', 'mynetworks', '10.1.2.3/32'],
    ['', 'process_name', 'postmap'],
  ] as const)('with %j %s is %s', async ([text, name, value], { place }) => {
    await place.write('main.cf', text);

    expect(read(place).config.get(name)).toBe(value);
  });
});

describe('files are found', () => {
  test('in the configuration directory where they would be in /etc/postfix', async ({ place }) => {
    await place.write('postfix/main.cf', '');
    await place.write('postfix/virtual', 'a b\n');
    await place.write('postfix/aliases', 'c: d\n');
    const { config } = read(place);

    expect(config.readFile('/etc/postfix/virtual')).toMatchObject({ text: 'a b\n' });
    expect(config.readFile('/etc/aliases')).toMatchObject({ text: 'c: d\n' });
  });

  test('where catch_path_map says', async ({ place }) => {
    await place.write('main.cf', 'catch_path_map = /srv=data\n');
    await place.write('data/x', '\xff');

    expect(read(place).config.readFile('/srv/x')).toMatchObject({ text: '\xff' });
  });

  test('or the environment, before main.cf is read', async ({ place }) => {
    await place.write('box/etc/postfix/main.cf', 'mail_name = mapped\n');
    const env = { MAIL_CONFIG: '/etc/postfix', POSTFIXTURE_PATH_MAP: '/=box' };

    expect(read(place, { env }).config.get('mail_name')).toBe('mapped');
  });

  test('or they aren’t, in the words of strerror', async ({ place }) => {
    await place.write('main.cf', '');
    const { config } = read(place);

    expect(config.readFile('/etc/postfix/x')).toEqual({ fault: 'No such file or directory' });
    expect(config.readFile('/etc/postfix/main.cf/x')).toEqual({ fault: 'Not a directory' });
    expect(config.readFile('/etc/postfix')).toEqual({ fault: 'Is a directory' });
  });
});

test('the environment sets parameters of ours', async ({ place }) => {
  await place.write('main.cf', 'catch_table_source = text\n');

  expect(read(place).config.get('catch_table_source')).toBe('text');
  expect(read(place, { env: { POSTFIXTURE_TABLE_SOURCE: 'compiled' } }).config.get('catch_table_source')).toBe(
    'compiled',
  );
});

test('a program other than postconf looks at what all of them need', async ({ place }) => {
  await place.write('main.cf', 'soft_bounce = on\nmail_owner = nosuch\ninet_interfaces = 192.0.2.1\n');
  await place.write('passwd', 'nobody:x:65534:65534::/:/bin/false\n');
  const said: (string | undefined)[] = [];

  readProgramConfiguration(
    { program: 'postmap', cwd: place.cwd, env: { ...MACHINE, POSTFIXTURE_PASSWD_FILE: 'passwd' } },
    ({ postfixLine }) => said.push(postfixLine),
  );

  expect(said).toEqual([
    'fatal: bad boolean configuration: soft_bounce = on',
    `fatal: file ${place.cwd}/main.cf: parameter mail_owner: unknown user name value: nosuch`,
    'fatal: parameter inet_interfaces: no local interface found for 192.0.2.1',
    'fatal: parameter inet_interfaces: no local interface found for 192.0.2.1',
  ]);
});
