import { expect, test } from 'vitest';
import { checkSasl } from '../../../src/rules/check/sasl.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: 'smtpd_sasl_type = nonsense', rows: [], why: 'AUTH is off' },
  { main: 'smtpd_sasl_auth_enable = yes', rows: [], why: 'Cyrus SASL is the default' },
  {
    main: 'smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = private/auth',
    rows: [],
    why: 'Dovecot has a socket',
  },
  {
    main: 'smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = inet:127.0.0.1:12345',
    rows: [],
    why: 'or a port',
  },
  {
    main: 'smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot',
    rows: ['sasl-path main.cf:2:19'],
    why: 'the default path is Cyrus SASL’s',
  },
  {
    main: 'smtpd_sasl_auth_enable = yes\nsmtpd_sasl_path = private/auth',
    rows: ['sasl-path main.cf:2:19'],
    why: 'the path is Dovecot’s, the type isn’t',
  },
  {
    main: 'smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovcot',
    rows: ['sasl-type main.cf:2:19'],
    why: 'there is no such type',
  },
])('$main: $why', async ({ main, rows }) => {
  expect(toRows(await findIn(checkSasl, { 'main.cf': main }))).toEqual(rows);
});
