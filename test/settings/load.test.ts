import { describe, expect, test } from 'vitest';
import { loadSettings, type SettingsSources } from '../../src/settings/load.ts';
import type { SettingSource } from '../../src/settings/settings.ts';
import { testMachine } from '../support/settings.ts';

const load = (sources: Omit<SettingsSources, 'machine'> = {}) => loadSettings({ ...sources, machine: testMachine });

describe('which source wins', () => {
  const flags = { catch_smtp_port: '1' };
  const options = { smtpPort: 2 };
  const environment = { POSTFIXTURE_SMTP_PORT: '3' };
  const overrides = ['catch_smtp_port=4'];

  test.for<{ sources: Omit<SettingsSources, 'machine'>; port: number; source: SettingSource }>([
    { sources: { flags, environment, overrides }, port: 1, source: 'flag' },
    { sources: { options, environment, overrides }, port: 2, source: 'option' },
    { sources: { environment, overrides }, port: 3, source: 'environment' },
    { sources: { overrides }, port: 4, source: 'override' },
    { sources: {}, port: 1025, source: 'default' },
  ])('$source: $port', ({ sources, port, source }) => {
    const settings = load(sources);

    expect(settings.get('catch_smtp_port')).toBe(port);
    expect(settings.sourceOf('catch_smtp_port')).toBe(source);
  });

  test('of two overrides of one parameter the last one wins', () => {
    expect(load({ overrides: ['mail_name=a', 'mail_name = b '] }).get('mail_name')).toBe('b');
  });

  test('an option that is undefined is not given', () => {
    expect(load({ options: { smtpPort: undefined } }).get('catch_smtp_port')).toBe(1025);
  });
});

test('library options are values or text as in main.cf', () => {
  const settings = load({
    options: { maxAge: 1500, parseTimeLimit: '2m', ephemeral: true, listen: ['127.0.0.1', '::1'], allowHosts: 'a, b' },
  });

  expect(settings.get('catch_max_age')).toBe(1500);
  expect(settings.get('catch_parse_time_limit')).toBe(120_000);
  expect(settings.get('catch_ephemeral')).toBe(true);
  expect(settings.get('inet_interfaces')).toEqual(['127.0.0.1', '::1']);
  expect(settings.get('catch_http_allow_hosts')).toEqual(['a', 'b']);
});

describe('mistakes', () => {
  test.for<{ sources: Omit<SettingsSources, 'machine'>; message: string }>([
    {
      sources: { flags: { catch_smtp_port: 'abc' } },
      message:
        '<command line>: bad numerical configuration: --smtp-port = abc\n  hint: write a whole number from 0 to 65535',
    },
    {
      sources: { environment: { POSTFIXTURE_SMPT_PORT: '25' } },
      message: '<environment>: unknown variable: POSTFIXTURE_SMPT_PORT\n  hint: did you mean POSTFIXTURE_SMTP_PORT?',
    },
    {
      sources: { environment: { POSTFIXTURE_EPHEMERAL: '' } },
      message: '<environment>: bad boolean configuration: POSTFIXTURE_EPHEMERAL = \n  hint: write yes or no',
    },
    {
      sources: { overrides: ['mesage_size_limit=1'] },
      message: '-o: unknown parameter: mesage_size_limit\n  hint: did you mean message_size_limit?',
    },
    {
      sources: { overrides: ['mail_name'] },
      message: '-o: missing "=" after name: "mail_name"\n  hint: write -o name=value',
    },
    {
      sources: { options: Object.fromEntries([['smtpport', 1]]) },
      message: '<options>: unknown option: smtpport\n  hint: did you mean smtpPort?',
    },
    {
      sources: { options: Object.fromEntries([['ephemeral', 1]]) },
      message: '<options>: bad value: ephemeral = 1\n  hint: write yes or no',
    },
    {
      sources: { overrides: ['myhostname=a b'] },
      message:
        '-o: parameter myhostname: bad parameter value: a b (invalid character 32(decimal))\n  hint: write a host name: mail.example.com',
    },
  ])('$message', ({ sources, message }) => {
    expect(() => load(sources)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message }));
  });

  test('all of them are reported together, each with its place', () => {
    const sources = {
      flags: { catch_smtp_port: '70000' },
      environment: { POSTFIXTURE_MAX_AGE: 'soon' },
      overrides: ['nosuch=1'],
    };

    expect(() => load(sources)).toThrow(
      expect.objectContaining({
        errors: [
          expect.objectContaining({ at: { file: '-o' } }),
          expect.objectContaining({ at: { file: '<command line>' } }),
          expect.objectContaining({ at: { file: '<environment>' } }),
        ],
      }),
    );
  });

  test('a mistake that two parameters meet is reported once', () => {
    expect(() => load({ overrides: ['mail_name=$nosuch'] })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ at: { file: '-o' } })] }),
    );
  });
});

describe('what the machine gives', () => {
  test.for([
    { hostname: 'box.example.com', name: 'box.example.com', why: 'it is taken as it is' },
    { hostname: 'box', name: 'box.localdomain', why: 'a name without a dot gets a domain' },
    { hostname: 'Bob’s Mac', name: 'localhost.localdomain', why: 'mail can’t use such a name' },
  ])('machine $hostname is $name: $why', ({ hostname, name }) => {
    const settings = loadSettings({ machine: { ...testMachine, hostname } });

    expect(settings.get('myhostname')).toBe(name);
    expect(settings.get('smtpd_banner')).toBe(`${name} ESMTP Postfix`);
  });

  test('an empty myhostname is the machine’s name', () => {
    expect(load({ overrides: ['myhostname='] }).get('myhostname')).toBe('mail.example.com');
  });

  test('a relative data directory begins at the working directory', () => {
    const machine = { ...testMachine, cwd: '/home/ann/app' };

    expect(loadSettings({ flags: { catch_data_directory: 'mail' }, machine }).get('catch_data_directory')).toBe(
      '/home/ann/app/mail',
    );
  });

  test('a dollar sign in the home directory is no parameter', () => {
    const machine = { ...testMachine, homeDirectory: '/home/a$b' };

    expect(loadSettings({ machine }).get('catch_data_directory')).toBe('/home/a$b/.local/state/postfixture');
  });
});

describe('the hash', () => {
  test('is of values, not of how they are written', () => {
    expect(load({ overrides: ['smtpd_timeout=5m'] }).hash).toBe(load({ options: { smtpdTimeout: 300_000 } }).hash);
    expect(load().hash).toMatch(/^[0-9a-f]{16}$/);
  });

  test('changes with any value', () => {
    expect(load({ overrides: ['mail_name=x'] }).hash).not.toBe(load().hash);
  });
});

test('settings are frozen, and their lists', () => {
  const settings = load();

  expect(Object.isFrozen(settings)).toBe(true);
  expect(Object.isFrozen(settings.get('inet_interfaces'))).toBe(true);
});
