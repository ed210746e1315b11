import { expect, test } from 'vitest';
import { RESTRICTION_ACTIONS } from '../../../src/rules/access/restrictions.ts';
import { decideAccess } from '../../../src/rules/access/decide.ts';
import { identifyClient } from '../../../src/rules/access/client-name.ts';
import { openAccessState, type AccessCommand, type AccessState } from '../../../src/rules/access/state.ts';
import { RESTRICTIONS } from '../../../src/rules/check/restriction-names.ts';
import type { RuleWorld } from '../../../src/rules/world.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const SERVICE = 'smtp/inet';

test('every restriction of Postfix is known', () => {
  const left = [...RESTRICTIONS.keys()].filter((name) => !RESTRICTION_ACTIONS.has(name));
  expect(left).toEqual(['warn_if_reject']);
});

test('a refusal leaves steps with table, file, line and key, and with the reply', async () => {
  await using configured = await openTestWorld({
    mainCf:
      'mydestination = d.test\nsmtpd_recipient_restrictions =\n permit_sasl_authenticated,\n check_recipient_access hash:/etc/postfix/acc\n',
    files: { acc: '# nobody\nd.test REJECT no mail for you\n' },
  });

  const { steps, reply } = ask(configured.world, [
    { verb: 'MAIL', sender: 's@o.test', smtputf8: false },
    { verb: 'RCPT', recipient: 'a@d.test' },
  ]);

  expect(reply).toEqual({
    code: 554,
    enhanced: '5.7.1',
    text: '<a@d.test>: Recipient address rejected: no mail for you',
  });
  expect(steps.slice(-2)).toMatchObject([
    { table: 'hash:/etc/postfix/acc', key: 'd.test', result: 'REJECT no mail for you', line: 2 },
    {
      stage: 'smtpd',
      parameter: 'smtpd_recipient_restrictions',
      file: '/etc/postfix/main.cf',
      key: 'check_recipient_access hash:/etc/postfix/acc',
      result: '554 5.7.1 <a@d.test>: Recipient address rejected: no mail for you',
    },
  ]);
});

test.for([
  { list: 'reject_unknown_sender_domain', note: /^not asked: there are no DNS records/ },
  { list: 'reject_rbl_client rbl.test', note: /^not asked: there are no DNS records/ },
  { list: 'reject_unverified_recipient', note: /^not asked: no address is probed/ },
  { list: 'reject_unknown_client_hostname', note: /^not asked: no DNS server/ },
])('what nobody is asked has no effect, and says so: $list', async ({ list, note }) => {
  await using configured = await openTestWorld({
    mainCf: `mydestination =\nrelay_domains = d.test\nsmtpd_relay_restrictions =\nsmtpd_recipient_restrictions = ${list}, reject\n`,
  });

  const { steps } = ask(configured.world, [
    { verb: 'MAIL', sender: 's@o.test', smtputf8: false },
    { verb: 'RCPT', recipient: 'a@d.test' },
  ]);

  expect(steps.find(({ key }) => key === list)).toMatchObject({
    result: 'DUNNO',
    note: expect.stringMatching(note) as string,
  });
});

test('what tables ask for a message is kept, whichever recipient caused it', async () => {
  await using configured = await openTestWorld({
    mainCf:
      'mydestination =\nrelay_domains = d.test\nsmtpd_recipient_restrictions = check_recipient_access inline:{{h@d.test=HOLD for review} {p@d.test=PREPEND X-Seen: yes} {f@d.test=FILTER smtp:[f.test]} {r@d.test=REDIRECT x@y.test} {b@d.test=BCC c@y.test}}\n',
  });
  const recipients = ['h@d.test', 'p@d.test', 'f@d.test', 'r@d.test', 'b@d.test', 'p@d.test'];

  const { state } = ask(configured.world, [
    { verb: 'MAIL', sender: 's@o.test', smtputf8: false },
    ...recipients.map((recipient) => ({ verb: 'RCPT', recipient }) as const),
  ]);

  expect(state.transaction?.actions).toEqual({
    hold: 'for review',
    prepend: ['X-Seen: yes', 'X-Seen: yes'],
    filter: 'smtp:[f.test]',
    redirect: 'x@y.test',
    bcc: ['c@y.test'],
    discard: undefined,
  });
});

test('a restriction class that names itself ends in a reply', async () => {
  await using configured = await openTestWorld({
    mainCf:
      'smtpd_restriction_classes = again\nagain = check_recipient_access static:again\nsmtpd_recipient_restrictions = again\n',
  });

  const { reply } = ask(configured.world, [
    { verb: 'MAIL', sender: 's@o.test', smtputf8: false },
    { verb: 'RCPT', recipient: 'a@localhost' },
  ]);

  expect(reply).toMatchObject({ code: 451, enhanced: '4.3.5' });
});

/** Asks for each command, in order; what came of the last. */
function ask(world: RuleWorld, commands: readonly AccessCommand[]) {
  let state: AccessState = openAccessState(
    identifyClient({ address: '192.0.2.5', port: 4711, isEncrypted: false }, world),
  );
  let decision = decideAccess({ verb: 'CONNECT' }, state, { world, service: SERVICE });
  for (const command of commands) {
    decision = decideAccess(command, state, { world, service: SERVICE });
    ({ state } = decision);
  }
  return decision;
}
