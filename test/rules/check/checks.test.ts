import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runChecks } from '../../../src/rules/check/checks.ts';
import type { CheckWorld } from '../../../src/rules/check/check-world.ts';
import { check, summarize } from '../../support/check.ts';

const CODES = new Set([
  'trailing-comment',
  'unknown-parameter',
  'unused-parameter',
  'service-not-parameter',
  'parameter-of-another-program',
  'parameter-of-another-version',
  'deprecated-parameter',
  'undefined-parameter',
  'macro-syntax',
  'macro-loop',
  'bad-value',
  'placeholder',
  'duplicate-parameter',
  'main-cf-syntax',
]);

describe('what is wrong with a line is told with its place', () => {
  test.for<{ mainCf: string; masterCf?: string; found: readonly string[] }>([
    { mainCf: 'mydestination = a.example # ours\n', found: ['1:27 trailing-comment'] },
    { mainCf: 'mydestination = a.example, # one\n  b.example # two\n', found: ['1:28 trailing-comment'] },
    { mainCf: 'smtpd_timeout = 10q # odd\n', found: ['1:17 bad-value', '1:21 trailing-comment'] },
    { mainCf: 'luser_relay = a#b@example.com\n', found: [] },
    { mainCf: 'virtual_alias_maps = inline:{ { a = b # c } }\n', found: [] },
    { mainCf: 'smptd_tls_security_level = may\n', found: ['1:1 unknown-parameter'] },
    { mainCf: 'smptd_banner = $nobody # x\n', found: ['1:1 unknown-parameter'] },
    { mainCf: 'zebra_crossing = 1\n', found: ['1:1 unused-parameter'] },
    { mainCf: 'mua_sender_restrictions = reject\n', found: ['1:1 unused-parameter'] },
    { mainCf: 'myhostname = ${MAIL_DOMAIN}\n', found: ['1:14 undefined-parameter', '1:14 bad-value'] },
    { mainCf: 'relayhost = ${MAIL_RELAY}\n', found: ['1:13 undefined-parameter'] },
    { mainCf: 'zebra = 1\nmydestination = $zebra\n', found: [] },
    { mainCf: 'smtpd_restriction_classes = vips\nvips = permit\n', found: [] },
    { mainCf: 'smtps = yes\n', found: ['1:1 service-not-parameter'] },
    { mainCf: 'mail_location = maildir:~/x\n', found: ['1:1 parameter-of-another-program'] },
    { mainCf: 'ssl_cert = </etc/x.pem\n', found: ['1:1 parameter-of-another-program'] },
    { mainCf: 'smtpd_hide_client_session = yes\n', found: ['1:1 parameter-of-another-version'] },
    { mainCf: 'catch_postfix_version = 3.10\nsmtpd_hide_client_session = yes\n', found: [] },
    {
      mainCf: 'catch_postfix_version = 3.6\nsmtpd_min_data_rate = 1\n',
      found: ['2:1 parameter-of-another-version'],
    },
    { mainCf: 'smtpd_use_tls = yes\n', found: ['1:1 deprecated-parameter'] },
    { mainCf: 'virtual_maps = static:x\n', found: ['1:1 deprecated-parameter'] },
    { mainCf: 'mydestination = a, $nobody\n', found: ['1:20 undefined-parameter'] },
    { mainCf: 'mydestination = ${nobody?x}\n', found: ['1:17 undefined-parameter'] },
    { mainCf: 'mailbox_command = /bin/x "$USER"\n', found: [] },
    { mainCf: 'mydestination = ${open\n', found: ['1:17 macro-syntax'] },
    { mainCf: 'a = $b\nb = $a\nmydestination = $a\n', found: ['1:5 macro-loop', '2:5 macro-loop', '3:17 macro-loop'] },
    { mainCf: 'smtpd_helo_required = true\n', found: ['1:23 bad-value'] },
    { mainCf: 'smtpd_helo_required = YES\n', found: [] },
    { mainCf: 'message_size_limit = 10M\n', found: ['1:22 bad-value'] },
    { mainCf: 'smtpd_recipient_limit = 0\n', found: ['1:25 bad-value'] },
    { mainCf: 'ipc_timeout = 1.5h\n', found: ['1:15 bad-value'] },
    { mainCf: 'ipc_timeout = 10m5s\n', found: [] },
    { mainCf: 'mail_owner =\n', found: ['1:13 bad-value'] },
    { mainCf: 'myhostname = a..b\n', found: ['1:14 bad-value'] },
    { mainCf: 'myhostname = mail.<your.domain>\n', found: ['1:14 placeholder'] },
    { mainCf: 'relay_domains = ...\n', found: ['1:17 placeholder'] },
    { mainCf: 'smtpd_null_access_lookup_key = <>\n', found: [] },
    { mainCf: 'biff = no\nbiff = yes\n', found: ['2:1 duplicate-parameter'] },
    { mainCf: 'biff: no\n', found: ['1:1 main-cf-syntax'] },
    {
      mainCf: '',
      masterCf: 'smtp inet n - n - - smtpd -o smtpd_timeout=5x -o smptd_timeout=5s\n',
      found: ['1:30 bad-value', '1:50 unknown-parameter'],
    },
    { mainCf: '', masterCf: 'slow unix - - n - - smtp\n', found: [] },
    { mainCf: 'slow_destination_rate_delay = 1s\n', masterCf: 'slow unix - - n - - smtp\n', found: [] },
    {
      mainCf: 'slow_destination_rate_delay = 1x\n',
      masterCf: 'slow unix - - n - - smtp\n',
      found: ['1:31 bad-value'],
    },
  ])('$mainCf$masterCf → $found', ({ mainCf, masterCf = '', found }) => {
    expect(summarize(check({ mainCf, masterCf }), CODES)).toEqual(found);
  });
});

test.for([
  { mainCf: 'smptd_use_tls = yes\n', hint: 'write smtpd_tls_security_level = may' },
  { mainCf: 'smptd_banner = x\n', hint: 'write smtpd_banner' },
  { mainCf: 'smtpd_tls_cert = /x\n', hint: 'write smtpd_tls_cert_file' },
  { mainCf: 'disable_dns_lookups = yes\n', hint: 'write smtp_dns_support_level = disabled' },
  { mainCf: 'smtpd_tls_eecdh_grade = auto\n', hint: 'take smtpd_tls_eecdh_grade out' },
  { mainCf: 'smtpd_helo_required = on\n', hint: 'write smtpd_helo_required = yes' },
])('$mainCf is mended so: $hint', ({ mainCf, hint }) => {
  expect(check({ mainCf }).map((finding) => finding.hint)).toContain(hint);
});

test.for([
  { mainCf: 'smtpd_timeout = 10q\n', line: 'fatal: parameter smtpd_timeout: bad time value or unit: 10q' },
  { mainCf: 'smtpd_timeout =\n', line: 'fatal: parameter smtpd_timeout: bad time value or unit: ' },
  { mainCf: 'ipc_timeout = 0\n', line: 'fatal: invalid ipc_timeout: 0 (min 1)' },
  { mainCf: 'smtpd_recipient_limit = 0\n', line: 'fatal: invalid smtpd_recipient_limit parameter value 0 < 1' },
  { mainCf: 'smtpd_use_tls = on\n', line: 'fatal: bad boolean configuration: smtpd_use_tls = on' },
  { mainCf: 'mail_owner =\n', line: 'fatal: bad string length 0 < 1: mail_owner = ' },
  {
    mainCf: 'message_size_limit = 5 # é\n',
    line: 'fatal: bad numerical configuration: message_size_limit = 5 # ??',
  },
  { mainCf: 'mydestination = $x\n', line: 'warning: main.cf: undefined parameter: x' },
  { mainCf: 'smtps = yes\n', line: 'warning: main.cf: unused parameter: smtps=yes' },
])('of $mainCf Postfix says: $line', ({ mainCf, line }) => {
  expect(check({ mainCf }).map((finding) => finding.postfixLine)).toContain(line);
});

test('a table that production may ask, and this program not, is no error', () => {
  const mainCf =
    'compatibility_level = 3.6\nvirtual_mailbox_domains = mysql:/etc/postfix/m.cf\ntransport_maps = proxy:ldap:/etc/l.cf\n';
  const findings = check({ mainCf });

  expect(findings.map(({ code }) => code)).toContain('table-not-asked');
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a check that fails says so, and spoils no other', () => {
  const world = {} as CheckWorld;
  const broken = () => {
    throw new Error('oh');
  };
  const other = () => check({ mainCf: 'smtps = yes\n' });

  const codes = runChecks(world, [broken, other]).map(({ code }) => code);

  expect(codes).toContain('check-failed');
  expect(codes).toContain('service-not-parameter');
});

test('no configuration of the vectors breaks a check', () => {
  const directory = join(import.meta.dirname, '../../conformance/vectors');
  const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
  const broken = names.filter((name) => {
    const { config } = JSON.parse(readFileSync(join(directory, name), 'utf8')) as {
      readonly config: { readonly main_cf?: string; readonly master_cf?: string };
    };
    const findings = check({ mainCf: config.main_cf ?? '', masterCf: config.master_cf ?? '' });
    return findings.some(({ code }) => code === 'check-failed');
  });

  expect(names.length).toBeGreaterThan(100);
  expect(broken).toEqual([]);
});
