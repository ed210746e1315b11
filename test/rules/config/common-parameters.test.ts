import { describe, expect, test } from 'vitest';
import type { AccountTexts } from '../../../src/rules/config/common-accounts.ts';
import { checkCommonParameters } from '../../../src/rules/config/common-parameters.ts';
import type { Finding } from '../../../src/rules/config/finding.ts';
import { expandMacros } from '../../../src/rules/config/macros.ts';
import { readPostfixParameters } from '../../../src/rules/config/postfix-parameters.ts';

const parameters = readPostfixParameters();

const ACCOUNTS: AccountTexts = {
  passwd: [
    'root:x:0:0::/root:/bin/sh',
    'postfix:x:105:113::/var/spool/postfix:/bin/false',
    'twin:x:105:114::/:/bin/false',
    'wheel:x:106:0::/:/bin/false',
    'nobody:x:65534:65534::/:/bin/false',
    'other:x:107:113::/:/bin/false',
  ].join('\n'),
  group: 'root:x:0:\npostfix:x:113:\npostdrop:x:120:\nalias:x:120:\nnogroup:x:65534:\n',
};

function check(settings: Readonly<Record<string, string>>, accounts?: AccountTexts) {
  const values = new Map(Object.entries({ myhostname: 'mail.example.com', mydomain: 'example.com', ...settings }));
  const find = (name: string) => values.get(name) ?? parameters.get(name)?.default;
  const expand = (text: string) => expandMacros(text, find);
  const findings: Finding[] = [];
  checkCommonParameters(
    {
      file: 'main.cf',
      parameters,
      get: (name) => expand(find(name) ?? ''),
      accounts,
      checkInterfaces: () => {},
    },
    (finding) => findings.push(finding),
  );
  return findings.map(({ postfixLine }) => postfixLine);
}

// Their defaults depend on the level.
const NO_LEVELS = { respectful_logging: 'no', mynetworks_style: 'host', relay_domains: '', smtputf8_enable: 'no' };

test('defaults are fine', () => {
  expect(check({}, ACCOUNTS)).toEqual([]);
});

describe('a program of Postfix would end with', () => {
  test.for([
    [{ compatibility_level: '3.', ...NO_LEVELS }, ['fatal: malformed compatibility level syntax: "3."']],
    [{ syslog_facility: 'x' }, ['fatal: file main.cf: parameter syslog_facility: unrecognized value: x']],
    [{ inet_protocols: 'ipv4, x' }, ['fatal: unknown inet_protocols value "x" in "ipv4, x"']],
    [{ line_length_limit: '10' }, ['fatal: invalid line_length_limit parameter value 10 < 512']],
    [
      { myhostname: 'mail.<x>  # y', myorigin: 'example.com' },
      [
        'warning: valid_hostname: invalid character 60(decimal): mail.<x>  # y',
        'fatal: file main.cf: parameter myhostname: bad parameter value: mail.<x>  # y',
      ],
    ],
    [
      { relayhost: 'Mail.example.com' },
      ['fatal: myhostname and relayhost parameter settings must not be identical: mail.example.com'],
    ],
    [{ myorigin: 'a b' }, ['fatal: myorigin parameter setting must not contain multiple values: a b']],
    [
      { default_verp_delimiters: 'a=' },
      [
        'fatal: file main.cf: parameters default_verp_delimiters and verp_delimiter_filter: bad first VERP delimiter character',
      ],
    ],
    [{ import_environment: 'TZ {a' }, ['fatal: import_environment: missing \'}\' in "{a"']],
    [{ import_environment: '=a' }, ['fatal: update_env: missing attribute name in: =a']],
    [
      { maillog_file: '/tmp/x' },
      ["fatal: maillog_file value '/tmp/x' does not match any prefix in maillog_file_prefixes"],
    ],
  ] as const)('%j', ([settings, said]) => {
    expect(check(settings)).toEqual(said);
  });
});

test('mistakes are told in the order in which Postfix would meet them', () => {
  expect(check({ ipc_timeout: '10x', soft_bounce: 'on', mail_name: '' })).toEqual([
    'fatal: bad string length 0 < 1: mail_name = ',
    'fatal: bad boolean configuration: soft_bounce = on',
    'fatal: parameter ipc_timeout: bad time value or unit: 10x',
  ]);
});

describe('accounts that Postfix would not run as', () => {
  test.for([
    [{ mail_owner: 'nosuch' }, 'parameter mail_owner: unknown user name value: nosuch'],
    [{ mail_owner: 'root' }, 'parameter mail_owner: user root has privileged user ID'],
    [{ default_privs: 'wheel' }, 'parameter default_privs: user wheel has privileged group ID'],
    [{ mail_owner: 'twin' }, 'parameter mail_owner: user twin has same user ID as postfix'],
    [{ setgid_group: 'nosuch' }, 'parameter setgid_group: unknown group name: nosuch'],
    [{ setgid_group: 'root' }, 'parameter setgid_group: group root has privileged group ID'],
    [{ setgid_group: 'alias' }, 'parameter setgid_group: group alias has same group ID as postdrop'],
    [{ default_privs: 'postfix' }, 'parameters default_privs and mail_owner specify the same user postfix'],
    [
      { default_privs: 'twin' },
      'parameters default_privs and mail_owner: users twin and postfix have the same user ID: 105',
    ],
    [
      { default_privs: 'other' },
      'parameters default_privs and mail_owner: users other and postfix have the same group ID: 113',
    ],
    [
      { setgid_group: 'nogroup' },
      'parameters default_privs and setgid_group: user nobody and group nogroup have the same group ID: 65534',
    ],
    [
      { setgid_group: 'postfix' },
      'parameters mail_owner and setgid_group: user postfix and group postfix have the same group ID: 113',
    ],
  ] as const)('%j: %s', ([settings, said]) => {
    expect(check(settings, ACCOUNTS)).toEqual([`fatal: file main.cf: ${said}`]);
  });
});

test('where nobody knows the accounts, any is fine', () => {
  expect(check({ mail_owner: 'nosuch' })).toEqual([]);
});
