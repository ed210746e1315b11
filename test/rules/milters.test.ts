import { expect, test } from 'vitest';
import { toAskedMail } from '../../src/rules/asked-mail.ts';
import { explain } from '../../src/rules/explain.ts';
import { openTestWorld } from '../support/rule-world.ts';

const TWO = 'smtpd_milters = inet:127.0.0.1:8891, { unix:private/dkim, default_action=accept }';

test.for([
  { main: '', told: [] },
  {
    main: TWO,
    told: [
      'milter inet:127.0.0.1:8891: not asked; default action tempfail',
      'milter unix:private/dkim: not asked; default action accept',
    ],
  },
  {
    main: 'smtpd_milters = inet:127.0.0.1:8891\nmilter_default_action = quarantine',
    told: ['milter inet:127.0.0.1:8891: not asked; default action quarantine'],
  },
  { main: `${TWO}\nsmtpd_milter_maps = inline:{127.0.0.1=DISABLE}`, told: [] },
  {
    main: `${TWO}\nsmtpd_milter_maps = inline:{{127.0.0.1 = inet:127.0.0.1:9999}}`,
    told: ['milter inet:127.0.0.1:9999: not asked; default action tempfail'],
  },
  { main: `${TWO}\nreceive_override_options = no_milters`, told: [] },
  { main: 'non_smtpd_milters = inet:127.0.0.1:8891', told: [] },
])('of mail by SMTP, "$main" tells $told, and the mail is taken', async ({ main, told }) => {
  await using configured = await openTestWorld({ mainCf: `mydestination = example.com\n${main}\n` });
  const { world } = configured;
  const mail = toAskedMail({ from: '', to: ['alice@example.com'] }, world, { queueId: 'Q', nowMs: 0 });
  const { messages, nodes } = explain(mail, world).journey;
  expect(messages[0]?.steps.flatMap(({ key, note }) => (key?.startsWith('milter') ? [`${key}: ${note}`] : []))).toEqual(
    told,
  );
  expect(nodes[0]?.delivery?.status).toBe('sent');
});

test('of mail by sendmail, the milters of non_smtpd_milters are told', async () => {
  await using configured = await openTestWorld({
    mainCf: `mydestination = example.com\n${TWO}\nnon_smtpd_milters = inet:127.0.0.1:7777\n`,
  });
  const { world } = configured;
  const asked = toAskedMail({ from: '', to: ['alice@example.com'] }, world, { queueId: 'Q', nowMs: 0 });
  const { journey } = explain({ ...asked, submitter: { uid: 0, fullName: '' } }, world);
  expect(journey.messages[0]?.steps.slice(0, 1)).toMatchObject([
    {
      stage: 'cleanup',
      parameter: 'non_smtpd_milters',
      file: '/etc/postfix/main.cf',
      key: 'milter inet:127.0.0.1:7777',
    },
  ]);
});
