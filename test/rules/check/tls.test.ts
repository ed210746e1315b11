import { expect, test } from 'vitest';
import { checkTls } from '../../../src/rules/check/tls.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: '', rows: [] },
  { main: 'smtpd_tls_security_level = may\nsmtpd_tls_chain_files = /etc/postfix/pem', rows: [] },
  { main: 'smtpd_tls_security_level = may\nsmtpd_tls_cert_file = none', rows: [] },
  { main: 'smtpd_tls_security_level = may', rows: ['tls-no-certificate main.cf:1:28'] },
  { main: 'smtpd_use_tls = yes', rows: ['tls-no-certificate main.cf:1:17'] },
  { main: 'smtpd_tls_cert_file = /etc/postfix/nofile', rows: ['tls-file-missing main.cf:1:23'] },
  { main: 'smtp_tls_CAfile = /etc/postfix/nofile', rows: ['tls-file-missing main.cf:1:19'] },
  { main: 'smtp_tls_security_level = dane', rows: [] },
  {
    main: 'smtpd_tls_security_level = maybe\nsmtpd_tls_chain_files = /etc/postfix/pem',
    rows: ['tls-level main.cf:1:28'],
  },
  { main: 'smtpd_tls_auth_only = yes\nsmtpd_sasl_auth_enable = yes', rows: ['auth-never-offered main.cf:1:23'] },
])('$main finds $rows', async ({ main, rows }) => {
  expect(toRows(await findIn(checkTls, { 'main.cf': main, pem: 'x' }))).toEqual(rows);
});

test('a service of master.cf may ask for TLS alone', async () => {
  const master = '465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n';
  expect(toRows(await findIn(checkTls, { 'master.cf': master }))).toEqual(['tls-no-certificate master.cf:1:29']);
});

test.for([
  {
    main: 'smtpd_tls_security_level = may',
    line: "warning: No server certs available. TLS won't be enabled",
  },
  {
    main: 'smtpd_tls_key_file = /etc/postfix/nofile',
    line: 'warning: cannot get RSA private key from file "/etc/postfix/nofile": disabling TLS support',
  },
  {
    main: 'smtpd_tls_security_level = verify\nsmtpd_tls_cert_file = none',
    line: 'warning: smtpd_tls_security_level: unsupported TLS level "verify", using "encrypt"',
  },
])('Postfix says of $main: $line', async ({ main, line }) => {
  expect(await findIn(checkTls, { 'main.cf': main })).toMatchObject([{ postfixLine: line }]);
});
