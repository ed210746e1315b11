import { expect, test } from 'vitest';
import { checkWhatIsNotHere } from '../../../src/rules/check/not-here.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: '', rows: [] },
  { main: 'smtpd_milters = inet:127.0.0.1:8891', rows: ['milter-not-asked main.cf:1:17'] },
  {
    main: 'non_smtpd_milters = { inet:127.0.0.1:8891, default_action=accept }',
    rows: ['milter-not-asked main.cf:1:21'],
  },
  { main: 'smtpd_milter_maps = inline:{192.0.2.1=DISABLE}', rows: ['milter-not-asked main.cf:1:21'] },
  { main: 'smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:10023, reject', rows: [] },
  { main: 'smtpd_recipient_restrictions = check_policy_service unix:private/policy, reject', rows: [] },
  {
    main: 'smtpd_recipient_restrictions = check_policy_service inet:policy.test:10023, reject',
    rows: ['policy-not-asked main.cf:1:32'],
  },
  {
    main: 'catch_lookup_allow = policy.test\nsmtpd_recipient_restrictions = check_policy_service inet:policy.test:10023, reject',
    rows: [],
  },
  {
    main: 'smtpd_recipient_restrictions = check_policy_service { inet:127.0.0.1:10023, wait=1 }, reject',
    rows: ['policy-service main.cf:1:32'],
  },
  {
    main: 'virtual_alias_maps = socketmap:inet:db.test:9999:aliases',
    rows: ['lookup-asks-server main.cf:1:22'],
  },
  { main: 'inet_interfaces = all', rows: ['interfaces-not-followed main.cf:1:19'] },
  { main: 'inet_interfaces = loopback-only', rows: [] },
])('$main finds $rows', async ({ main, rows }) => {
  expect(toRows(await findIn(checkWhatIsNotHere, { 'main.cf': main }))).toEqual(rows);
});
