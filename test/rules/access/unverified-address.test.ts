import { expect, test } from 'vitest';
import { parseVerifyValue } from '../../../src/rules/access/verify-value.ts';
import { explain } from '../../../src/rules/explain.ts';
import { toAskedMail } from '../../../src/rules/asked-mail.ts';
import { openTestWorld } from '../../support/rule-world.ts';

test.for([
  { value: 'deliverable', status: 'deliverable', text: '250 2.1.5 Ok' },
  { value: 'Undeliverable  no such  user ', status: 'undeliverable', text: 'no such  user' },
  { value: 'undeliverable', status: 'undeliverable', text: 'unknown user' },
  { value: 'deferred', status: 'deferred', text: 'Address verification in progress' },
])('"$value" is $status, since: $text', ({ value, status, text }) => {
  expect(parseVerifyValue(value)).toEqual({ status, text });
});

test('whatever else a table answers says nothing', () => {
  expect(parseVerifyValue('OK')).toBeUndefined();
});

test.for([
  { map: '', refusal: undefined, why: 'nobody can say' },
  { map: 'inline:{other@r.test=undeliverable}', refusal: undefined, why: 'what the table doesn’t have is deliverable' },
  {
    map: 'inline:{{@r.test = undeliverable no mail here}}',
    refusal: '4.1.1 <a@r.test>: Recipient address rejected: unverified address: no mail here',
    why: 'the domain counts',
  },
  {
    map: 'inline:{{@r.test = undeliverable} {a@r.test = deliverable}}',
    refusal: undefined,
    why: 'the address counts more',
  },
  {
    map: 'inline:{a@r.test=perhaps}',
    refusal: '4.1.1 <a@r.test>: Recipient address rejected: address verification problem',
    why: 'what it says can’t be understood',
  },
  {
    map: 'fail:broken',
    refusal: '4.1.1 <a@r.test>: Recipient address rejected: address verification problem',
    why: 'the table can’t be asked',
  },
])('with "$map", $why', async ({ map, refusal }) => {
  await using configured = await openTestWorld({
    mainCf: `relay_domains = r.test\nsmtpd_recipient_restrictions = reject_unverified_recipient\ncatch_verify_map = ${map}\n`,
  });
  const { world } = configured;
  const mail = toAskedMail({ from: '', to: ['a@r.test'], client: '192.0.2.5' }, world, { queueId: 'Q', nowMs: 0 });
  const [refused] = explain(mail, world).refusals;
  expect(refused && `${refused.reply.enhanced} ${refused.reply.text}`).toBe(refusal);
});
