import { expect, test } from 'vitest';
import { checkWhatIsNotHere } from '../../../src/rules/check/not-here.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: '', rows: [] },
  { main: 'smtpd_milters = inet:127.0.0.1:8891', rows: ['milter-not-asked main.cf:1:17'] },
  {
    main: 'smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:10023, reject',
    rows: ['policy-not-asked main.cf:1:32'],
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
