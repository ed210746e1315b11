import { expect, test } from 'vitest';
import { checkAccessActions } from '../../../src/rules/check/access-actions.ts';
import { findIn, toRows } from '../../support/checked.ts';

const MAIN = 'smtpd_recipient_restrictions = check_recipient_access texthash:/etc/postfix/acc, reject\n';

/** Each line as Postfix 3.7.11 logs it for the recipient u@t.test. */
test.for([
  { value: 'FOO', code: 'access-action', line: 'unknown smtpd restriction: "FOO"' },
  { value: '250 ok', code: 'access-action', line: 'unknown smtpd restriction: "250"' },
  { value: '600 foo', code: 'access-action', line: 'unknown smtpd restriction: "600"' },
  { value: '550-5.7.1 no', code: 'access-action', line: 'unknown smtpd restriction: "550-5.7.1"' },
  { value: '4.7.1 later', code: 'access-action', line: 'unknown smtpd restriction: "4.7.1"' },
  {
    value: 'REJECT: no',
    code: 'access-names-table',
    line: 'access table texthash:/etc/postfix/acc has entry with lookup table: REJECT: no',
  },
  {
    value: 'check_sender_access hash:/x',
    code: 'access-names-table',
    line: 'access table texthash:/etc/postfix/acc has entry with lookup table: check_sender_access hash:/x',
  },
  {
    value: 'FILTER',
    code: 'access-argument',
    line: 'access table texthash:/etc/postfix/acc entry "u@t.test" has FILTER entry without value',
  },
  {
    value: 'FILTER x',
    code: 'access-argument',
    line: 'access table texthash:/etc/postfix/acc entry "u@t.test" requires transport:destination',
  },
  {
    value: 'REDIRECT nobody',
    code: 'access-argument',
    line: 'access table texthash:/etc/postfix/acc entry "u@t.test" requires user@domain target',
  },
  {
    value: 'PREPEND nohdr',
    code: 'access-argument',
    line: 'access table texthash:/etc/postfix/acc entry "u@t.test" requires header: text',
  },
  {
    value: 'reject_rbl_client',
    code: 'restriction-argument',
    line: 'restriction reject_rbl_client requires domain name argument',
  },
  { value: 'sleep', code: 'restriction-argument', line: 'restriction sleep must be followed by number' },
  {
    value: 'check_policy_service',
    code: 'restriction-argument',
    line: 'restriction check_policy_service must be followed by transport:server',
  },
])('$value is $code, with Postfix’s line', async ({ value, code, line }) => {
  const findings = await findIn(checkAccessActions, { 'main.cf': MAIN, acc: `u@t.test ${value}\n` });
  expect(findings).toMatchObject([{ code, at: { line: 1, column: 10 }, postfixLine: `warning: ${line}` }]);
});

test.for(['550', '450'])('the code %s without a text lets in, and Postfix says nothing', async (value) => {
  const findings = await findIn(checkAccessActions, { 'main.cf': MAIN, acc: `u@t.test ${value}\n` });
  expect(findings).toMatchObject([{ code: 'access-code-permits' }]);
  expect(findings[0]).not.toHaveProperty('postfixLine');
});

test.for([
  'OK foo bar',
  'RELAY',
  '1',
  '1130854000',
  '554 5.7.1 no',
  'REJECT 5.7.1 no',
  'DEFER_IF_PERMIT later',
  'permit_mynetworks reject',
  'BCC a@b.test',
  'FILTER smtp:[127.0.0.1]:10025',
  'prepend X-Y: z',
  'DISCARD',
])('%s is sound', async (value) => {
  expect(await findIn(checkAccessActions, { 'main.cf': MAIN, acc: `u@t.test ${value}\n` })).toEqual([]);
});

test('what stands behind REJECT, is never said', async () => {
  const findings = await findIn(checkAccessActions, { 'main.cf': MAIN, acc: 'u@t.test REJECT, no\n' });
  expect(findings.map(({ postfixLine }) => postfixLine)).toEqual([
    "warning: restriction `no' after `REJECT' is ignored",
    'warning: unknown smtpd restriction: "no"',
  ]);
});

test('a class may be named, and one that isn’t declared is no action', async () => {
  const main = 'smtpd_restriction_classes = vips\nvips = permit\n';
  expect(await findIn(checkAccessActions, { 'main.cf': main + MAIN, acc: 'u@t.test vips\n' })).toEqual([]);
  const findings = await findIn(checkAccessActions, { 'main.cf': main + MAIN, acc: 'u@t.test vipz\n' });
  expect(findings).toMatchObject([{ code: 'access-action', hint: 'write vips' }]);
});

test.for([
  {
    main: 'smtpd_etrn_restrictions = check_client_access static:HOLD',
    line: 'action HOLD is unavailable in smtpd_etrn_restrictions',
  },
  {
    main: 'smtpd_end_of_data_restrictions = check_client_access inline:{{a=PREPEND x: y}}',
    line: 'action PREPEND must be used before smtpd_end_of_data_restrictions',
  },
  {
    main: 'smtpd_delay_reject = no\nsmtpd_helo_restrictions = check_helo_access inline:{{a=PREPEND x: y}}',
    line: 'with smtpd_delay_reject=no, action PREPEND is always skipped in Client host or Helo command restrictions',
  },
  {
    main: 'smtpd_proxy_filter = 127.0.0.1:10025\nsmtpd_sender_restrictions = check_sender_access static:DISCARD',
    line: 'with smtpd_proxy_filter specified, action DISCARD is unavailable',
  },
])('$line', async ({ main, line }) => {
  const findings = await findIn(checkAccessActions, { 'main.cf': main });
  expect(findings).toMatchObject([{ code: 'access-action-unavailable' }]);
  expect(findings[0]?.postfixLine).toMatch(line);
});

test('patterns are looked at, and what $1 becomes is not guessed', async () => {
  const files = {
    'main.cf':
      'smtpd_sender_restrictions = check_sender_access pcre:/etc/postfix/acc, check_client_access cidr:/etc/postfix/net\n',
    acc: '/(x)/ FOO\n/(y)/ $1\n/(z)/ FILTER $1\n',
    net: '192.0.2.0/24 REJCT\n',
  };
  expect(toRows(await findIn(checkAccessActions, files))).toEqual(['access-action acc:1:7', 'access-action net:1:14']);
});
