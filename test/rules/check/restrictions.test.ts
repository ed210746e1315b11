import { expect, test } from 'vitest';
import { checkRestrictions } from '../../../src/rules/check/restrictions.ts';
import { findIn, toRows } from '../../support/checked.ts';

const SOUND = [
  'smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination, reject_rbl_client zen.test=127.0.0.[2..11], check_policy_service unix:private/policy, sleep 1, inline:{a=OK}',
  'smtpd_client_restrictions = Permit_MyNetworks static:OK',
  'smtpd_restriction_classes = own\nown = reject\nsmtpd_sender_restrictions = check_sender_access inline:{a=own}, own',
];

test.for(SOUND)('%s is sound', async (main) => {
  expect(await findIn(checkRestrictions, { 'main.cf': main })).toEqual([]);
});

test.for([
  {
    main: 'smtpd_recipient_restrictions = permit_mynetwork, reject',
    rows: ['unknown-restriction main.cf:1:32'],
    line: 'warning: unknown smtpd restriction: "permit_mynetwork"',
  },
  {
    main: 'smtpd_restriction_classes = own\n',
    rows: ['restriction-class-undefined main.cf:1:29'],
    line: "fatal: restriction class `own' needs a definition",
  },
  {
    main: 'smtpd_sender_restrictions = permit,\n  reject_unknown_sender_domain',
    rows: ['restriction-unreached main.cf:2:3'],
    line: "warning: restriction `reject_unknown_sender_domain' after `permit' is ignored",
  },
  {
    main: 'smtpd_sender_restrictions = check_sender_access reject',
    rows: ['restriction-argument main.cf:1:29'],
    line: 'warning: restriction check_sender_access: bad argument "reject": need maptype:mapname',
  },
  {
    main: 'smtpd_sender_restrictions = reject_rbl_client',
    rows: ['restriction-argument main.cf:1:29'],
    line: 'warning: restriction reject_rbl_client requires domain name argument',
  },
  {
    main: 'smtpd_data_restrictions = static:OK',
    rows: ['restriction-bare-table main.cf:1:27'],
    line: 'warning: specify one of (check_client_access, check_reverse_client_hostname_access, check_helo_access, check_sender_access, check_recipient_access, check_etrn_access) before DATA command restriction "static:OK"',
  },
  {
    main: 'smtpd_client_restrictions = reject_maps_rbl',
    rows: ['restriction-deprecated main.cf:1:29'],
    line: 'warning: support for restriction "reject_maps_rbl" will be removed from Postfix; use "reject_rbl_client domain-name" instead',
  },
])('$main is $rows', async ({ main, rows, line }) => {
  const findings = await findIn(checkRestrictions, { 'main.cf': main });
  expect(toRows(findings)).toEqual(rows);
  expect(findings[0]?.postfixLine).toBe(line);
});

test('the nearest name is the hint, classes included', async () => {
  const main = 'smtpd_restriction_classes = greylist\ngreylist = reject\nsmtpd_client_restrictions = greylists';
  expect(await findIn(checkRestrictions, { 'main.cf': main })).toMatchObject([{ hint: 'write greylist' }]);
});
