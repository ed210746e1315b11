import { expect, test } from 'vitest';
import { checkRelayControl } from '../../../src/rules/check/relay-control.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: '', rows: [], why: 'the defaults refuse strangers' },
  {
    main: 'smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination',
    rows: [],
    why: 'relay restrictions refuse',
  },
  {
    main: 'smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = permit_mynetworks, REJECT',
    rows: [],
    why: 'either list will do, in any case of letters',
  },
  {
    main: 'smtpd_relay_restrictions = permit_mynetworks',
    rows: ['no-relay-control main.cf:1:28'],
    why: 'nothing refuses',
  },
  {
    main: 'smtpd_relay_restrictions = permit, reject',
    rows: ['no-relay-control main.cf:1:28'],
    why: 'what follows permit doesn’t count',
  },
  {
    main: 'smtpd_relay_restrictions = warn_if_reject reject_unauth_destination',
    rows: ['no-relay-control main.cf:1:28'],
    why: 'what follows warn_if_reject doesn’t count',
  },
  {
    main: 'smtpd_restriction_classes = own\nown = reject_unauth_destination\nsmtpd_relay_restrictions = own',
    rows: [],
    why: 'a class may refuse',
  },
  {
    main: 'smtpd_restriction_classes = a, b\na = b\nb = a\nsmtpd_relay_restrictions = a',
    rows: ['no-relay-control main.cf:4:28'],
    why: 'classes that name each other end',
  },
  {
    main: 'smtpd_restriction_classes = all\nall = permit\nsmtpd_relay_restrictions = all, reject',
    rows: ['open-relay main.cf:3:28'],
    why: 'smtpd starts, and a class permits everybody',
  },
  {
    main: 'smtpd_relay_restrictions = check_client_access static:OK, reject',
    rows: ['open-relay main.cf:1:28'],
    why: 'a table permits every client',
  },
  {
    main: 'smtpd_relay_restrictions = check_client_access inline:{192.0.2.1=OK}, reject',
    rows: [],
    why: 'a table permits one client',
  },
])('$main: $why', async ({ main, rows }) => {
  expect(toRows(await findIn(checkRelayControl, { 'main.cf': main }))).toEqual(rows);
});

test('Postfix’s own words are part of the finding', async () => {
  const [finding] = await findIn(checkRelayControl, { 'main.cf': 'smtpd_relay_restrictions = permit_mynetworks' });
  expect(finding?.postfixLine).toBe(
    'fatal: in parameter smtpd_relay_restrictions or smtpd_recipient_restrictions, specify at least one working instance of: reject_unauth_destination, defer_unauth_destination, reject, defer, defer_if_permit or check_relay_domains',
  );
});

test('without compatibility_level both lists are empty', async () => {
  const findings = await findIn(checkRelayControl, { 'main.cf': 'myhostname = a.test\n' }, { isWhole: true });
  expect(findings).toMatchObject([{ code: 'no-relay-control', at: { file: '/etc/postfix/main.cf' } }]);
});

test.for([
  {
    master: 'smtp inet n - n - - smtpd\n587 inet n - n - - smtpd -o smtpd_relay_restrictions=permit_mynetworks\n',
    rows: ['no-relay-control master.cf:2:29'],
    why: 'each service has its own view',
  },
  {
    master:
      '127.0.0.1:10026 inet n - n - - smtpd -o { smtpd_relay_restrictions = check_client_access static:OK, reject }\n',
    rows: [],
    why: 'nobody from elsewhere reaches a loopback address',
  },
])('$master: $why', async ({ master, rows }) => {
  expect(toRows(await findIn(checkRelayControl, { 'master.cf': master }))).toEqual(rows);
});

test('services whose -o say nothing of it share one finding about main.cf', async () => {
  const master = 'smtp inet n - n - - smtpd -o syslog_name=a\n587 inet n - n - - smtpd -o syslog_name=b\n';
  const files = { 'main.cf': 'smtpd_relay_restrictions = permit_mynetworks', 'master.cf': master };
  const findings = await findIn(checkRelayControl, files);
  expect(new Set(findings.map((finding) => JSON.stringify(finding))).size).toBe(1);
});
