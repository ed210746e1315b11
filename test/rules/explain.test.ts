import { expect, test } from 'vitest';
import { toAskedMail, type AskedMail } from '../../src/rules/asked-mail.ts';
import { explain } from '../../src/rules/explain.ts';
import type { Journey } from '../../src/rules/journey.ts';
import { openTestWorld, type TestConfiguration } from '../support/rule-world.ts';

const MAIN = `myhostname = mail.example.com
mydomain = example.com
mydestination = $myhostname, example.com
relay_domains = r.test
smtpd_reject_unlisted_recipient = no
transport_maps = inline:{permfail@r.test=error:no}
virtual_alias_maps = inline:{{a@loop.test=b@loop.test} {b@loop.test=c@loop.test} {c@loop.test=d@loop.test} {owner-lost@mail.example.com=a@loop.test}}
virtual_alias_recursion_limit = 2
alias_maps = hash:/etc/postfix/aliases
allow_mail_to_files = forward
`;
const ALIASES = `loop: a@loop.test
list: a@loop.test, z@remote.test
owner-list: bob
many: /var/mail/many, far, a@loop.test
far: x@remote.test
lost: /var/mail/lost
owner-lost: bob
told: /var/mail/told
owner-told: bob
`;

async function follow(
  asked: Partial<AskedMail>,
  { mainCf = '', files = {}, ...configured }: TestConfiguration = {},
): Promise<Journey> {
  await using configuration = await openTestWorld({
    ...configured,
    mainCf: MAIN + mainCf,
    files: { aliases: ALIASES, ...files },
  });
  const { world } = configuration;
  const whole = { from: 's@origin.test', to: [], message: Buffer.from('Subject: t\r\n\r\nx\r\n'), ...asked };
  const mail = toAskedMail(whole, world, { queueId: 'Q1', nowMs: 0 });
  return explain(mail, world).journey;
}

const endsOf = ({ nodes }: Journey): readonly string[] =>
  nodes.flatMap(({ delivery }) => (delivery === undefined ? [] : [`${delivery.status} ${delivery.text}`]));
const messagesOf = ({ messages }: Journey): readonly string[] =>
  messages.map(({ origin, state, deferred }) => `${origin} ${state}${deferred === undefined ? '' : ` ${deferred}`}`);
const logOf = ({ messages }: Journey, program: string): readonly string[] =>
  messages.flatMap(({ log }) => log.filter((line) => line.program === program).map(({ text }) => text));

const REFUSED = 'deferred not forwarded: message 2 is refused: 451 4.6.0 Alias expansion error';

test.for([
  { alias: 'loop', ends: [REFUSED] },
  { alias: 'list', ends: [REFUSED] },
])('mail for $alias waits without a word when the forwarded message is refused', async ({ alias, ends }) => {
  const journey = await follow({ to: [`${alias}@example.com`] });
  expect(endsOf(journey)).toEqual(ends);
  expect(journey.nodes.find(({ delivery }) => delivery)?.delivery?.waitsIn).toBe('deferred');
  expect(messagesOf(journey)).toEqual(['received queued', 'forward rejected']);
});

test('a sender who can’t be told keeps the message in the queue', async () => {
  const journey = await follow({ from: 'a@loop.test', to: ['permfail@r.test'] });
  expect(endsOf(journey)).toEqual(['bounced no']);
  expect(messagesOf(journey)).toEqual(['received queued bounce failed', 'bounce rejected']);
  expect(logOf(journey, 'qmgr')).toEqual(['status=deferred (bounce failed)']);
});

test('a postmaster who can’t be told of a bounce of a bounce keeps it in the queue', async () => {
  const mainCf = '2bounce_notice_recipient = a@loop.test\n';
  const journey = await follow(
    { from: '', to: ['permfail@r.test'] },
    { mainCf: `${mainCf}notify_classes = 2bounce\n` },
  );
  expect(messagesOf(journey)).toEqual(['received queued bounce failed', 'postmaster rejected']);
});

test('a bounce comes from no client', async () => {
  const journey = await follow(
    { to: ['permfail@r.test', 'x@piped.test'], from: 's@piped.test' },
    {
      mainCf: `transport_maps = inline:{permfail@r.test=error:no, piped.test=mine}\nmynetworks = 0.0.0.0/0\n`,
      masterCf: 'error unix - - n - - error\nmine unix - n n - - pipe user=nobody argv=/bin/got ${client_address}\n',
    },
  );
  const acts = journey.nodes.flatMap(({ message, delivery }) =>
    delivery?.act?.kind === 'pipe' ? [{ message, argv: delivery.act.argv }] : [],
  );

  expect(acts).toEqual([
    { message: 1, argv: ['/bin/got', '127.0.0.1'] },
    { message: 2, argv: ['/bin/got', ''] },
  ]);
});

test('the postmaster’s copy may be lost, which the log tells', async () => {
  const mainCf = 'notify_classes = bounce\nbounce_notice_recipient = a@loop.test\n';
  const journey = await follow({ to: ['permfail@r.test'] }, { mainCf });
  expect(messagesOf(journey)).toEqual(['received queued', 'bounce queued', 'postmaster rejected']);
  expect(logOf(journey, 'bounce')).toEqual(['warning: Q1: postmaster notice failed while bouncing to s@origin.test']);
});

test('of a bounce that isn’t taken the postmaster gets no copy', async () => {
  const journey = await follow(
    { from: 'a@loop.test', to: ['permfail@r.test'] },
    { mainCf: 'notify_classes = bounce\n' },
  );
  expect(messagesOf(journey)).toEqual(['received queued bounce failed', 'bounce rejected']);
});

test('an owner is told at once, and so is the postmaster', async () => {
  const journey = await follow({ to: ['told@example.com'] }, { mainCf: 'notify_classes = bounce\n' });
  expect(endsOf(journey)[0]).toBe('bounced mail to file is restricted');
  expect(messagesOf(journey)).toEqual(['received queued', 'bounce queued', 'postmaster queued']);
});

test('what an owner can’t be told of has not failed yet', async () => {
  const journey = await follow({ to: ['lost@example.com'] });
  expect(endsOf(journey)).toEqual(['deferred bounce or trace service failure']);
  expect(messagesOf(journey)).toEqual(['received queued', 'bounce rejected']);
});

test('a message that forwards to itself without end is followed a thousand times, and the journey says so', async () => {
  const files = { aliases: 'one: one@other.test\n' };
  const mainCf =
    'virtual_alias_maps = inline:{{one@other.test=one@example.com}}\nprepend_delivered_header = command\nhopcount_limit = 100000\n';
  const journey = await follow({ to: ['one@example.com'] }, { mainCf, files });
  expect(journey.messages).toHaveLength(1000);
  expect(journey.leftOut).toBe(1);
});

test('what a refused recipient would be forwarded as is as hypothetical as its delivery', async () => {
  const mainCf =
    'smtpd_recipient_restrictions = check_recipient_access inline:{{far@example.com=REJECT}}, permit_mynetworks, reject\n';
  const journey = await follow({ to: ['far@example.com'] }, { mainCf });
  expect(journey.messages.map(({ origin, isHypothetical }) => [origin, isHypothetical])).toEqual([
    ['received', undefined],
    ['received', true],
    ['forward', true],
  ]);
});
