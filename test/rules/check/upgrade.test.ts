import { expect, test } from 'vitest';
import { readPostfixParameters } from '../../../src/rules/config/postfix-parameters.ts';
import { checkUpgrade } from '../../../src/rules/check/upgrade.ts';
import { DEFAULT_CHANGES } from '../../../src/rules/check/upgrade-defaults.ts';
import { findNewerVersion, isOlder } from '../../../src/rules/check/versions.ts';
import type { CheckWorld } from '../../../src/rules/check/check-world.ts';
import { findIn, toRows } from '../../support/checked.ts';

const to = (target: string) => (world: CheckWorld) => checkUpgrade(world, target);

/** What an upgrade says of a main.cf: the code and what is wrong, in one line each. */
async function upgrade(main: string, target: string, master?: string): Promise<readonly string[]> {
  const files = { 'main.cf': main, ...(master !== undefined && { 'master.cf': master }) };
  return (await findIn(to(target), files)).map(({ code, problem }) => `${code}: ${problem}`);
}

test('nothing changes from a version to itself', async () => {
  expect(await upgrade('', '3.7')).toEqual([]);
});

test('defaults that are set are left out', async () => {
  expect(await upgrade('smtpd_forbid_bare_newline = no\nsmtpd_client_ipv6_prefix_length = 128\n', '3.9')).toEqual([
    'default-changed: with Postfix 3.9, the default of smtpd_forbid_unauth_pipelining changes from no to yes',
    'behaviour-changed: with Postfix 3.9, the days of dates that Postfix writes have two digits',
  ]);
});

test.for([
  { main: 'smtpd_milters = inet:127.0.0.1:8891', target: '3.10', found: 'milter_default_action changes from tempfail' },
  { main: 'virtual_alias_maps = proxy:pgsql:/etc/postfix/pg', target: '3.8', found: 'speaks UTF8' },
  { main: 'virtual_alias_maps = hash:/etc/postfix/v', target: '3.11', found: 'Berkeley DB' },
  { main: 'smtp_tls_security_level = may', target: '3.8', found: 'tls_medium_cipherlist' },
  { main: 'compatibility_level = 3.11', target: '3.11', found: 'smtp_tls_security_level changes from empty to may' },
])('$main is told of "$found", and nobody else is', async ({ main, target, found }) => {
  expect((await upgrade(main, target)).join('\n')).toContain(found);
  expect((await upgrade('', target)).join('\n')).not.toContain(found);
});

test('a program that master.cf doesn’t run is not spoken of', async () => {
  const master = 'smtp inet n - n - 1 postscreen\nsmtpd pass - - n - - smtpd\n';
  expect((await upgrade('', '3.11', master)).join('\n')).toContain('postscreen_cache_map');
  expect((await upgrade('', '3.11')).join('\n')).not.toContain('postscreen_cache_map');
});

test('what a low compatibility_level holds back is told at its line', async () => {
  const main = 'compatibility_level = 3.6\n';
  const findings = (await findIn(to('3.11'), { 'main.cf': main })).filter(({ code }) => code === 'compatibility-level');

  expect(toRows(findings)).toEqual(['compatibility-level main.cf:1:23']);
  expect(findings).toMatchObject([
    {
      problem: 'compatibility_level = 3.6 keeps smtp_tls_security_level empty, whose default is may from level 3.11 on',
    },
  ]);
});

test('who runs an older version is told what came until then', async () => {
  expect(await upgrade('catch_postfix_version = 3.4\n', '3.5')).toEqual([
    'default-changed: with Postfix 3.5, the default of info_log_address_format changes from internal to external',
  ]);
});

test.for([
  {
    main: 'smtpd_recipient_restrictions = permit_naked_ip_address, reject\n',
    rows: ['restriction-removed main.cf:1:32'],
    line: 'warning: support for restriction "permit_naked_ip_address" has been removed in Postfix 3.9; instead, specify "permit_mynetworks" or "permit_sasl_authenticated"',
  },
  {
    main: 'smtpd_relay_restrictions = permit_mx_backup, reject\n',
    rows: ['restriction-deprecated main.cf:1:28'],
    line: 'warning: support for restriction "permit_mx_backup" will be removed from Postfix; instead, specify "relay_domains"',
  },
  {
    main: 'smtpd_restriction_classes = old\nold = reject_maps_rbl\n',
    rows: ['restriction-removed main.cf:2:7'],
    line: 'warning: support for restriction "reject_maps_rbl" has been removed in Postfix 3.9; instead, specify "reject_rbl_client domain-name"',
  },
  {
    main: 'tls_legacy_public_key_fingerprints = yes\n',
    rows: ['parameter-removed main.cf:1:1'],
    line: 'warning: /etc/postfix/main.cf: unused parameter: tls_legacy_public_key_fingerprints=yes',
  },
])('$main $rows', async ({ main, rows, line }) => {
  const findings = (await findIn(to('3.11'), { 'main.cf': main })).filter(({ severity }) => severity !== 'note');
  expect(toRows(findings)).toEqual(rows);
  expect(findings[0]?.postfixLine).toBe(line);
});

test('a name that has a restriction’s name in it is not the restriction', async () => {
  const main =
    'smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/permit_mx_backup, permit_mx_backup2\n';
  expect((await findIn(to('3.10'), { 'main.cf': main })).filter(({ severity }) => severity !== 'note')).toEqual([]);
});

test('what changes after 3.7 changes from the default of 3.7', () => {
  const parameters = readPostfixParameters();
  const since37 = DEFAULT_CHANGES.filter(({ name, version }) => {
    return isOlder('3.7', version) && (parameters.has(name) || findNewerVersion(name) === version);
  });

  const wrong = since37.filter(({ name, from }) => parameters.get(name)?.default !== from);

  expect(wrong.map(({ name, from }) => [name, from, parameters.get(name)?.default])).toEqual([]);
});

test('a default that is new belongs to a parameter of that version', () => {
  const fresh = DEFAULT_CHANGES.filter(({ from }) => from === undefined);
  expect(fresh.filter(({ name, version }) => findNewerVersion(name) !== version)).toEqual([]);
});
