import { expect, test } from 'vitest';
import type { Journey } from '../../../src/http/api/schemas/journey.ts';
import type { MessagesSummary } from '../../../src/http/api/schemas/message.ts';
import { AskError } from '../../../src/rules/asked-mail.ts';
import { startTestHttp } from '../../support/http.ts';
import { watchedClock } from '../../support/http-clock.ts';
import { shortJourney, teamJourney } from '../../support/journeys.ts';
import { put } from '../../support/store.ts';

const VERDICT_LIMIT_MS = 5_000;

test('a journey is told as it was decided, its octets as UTF-8', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver();
  await http.store.setVerdict(id, { journey: teamJourney(), queued: [], deliveries: [] });
  const journey = (await (await http.get(`/api/v1/message/${id}/journey`)).json()) as Journey;
  expect(journey.settingsHash).toBe('5ca1ab1e');
  expect(journey.messages.map(({ number, origin, of }) => ({ number, origin, of }))).toEqual([
    { number: 1, origin: 'received' },
    { number: 2, origin: 'forward', of: 1 },
    { number: 3, origin: 'bounce', of: 2 },
  ]);
  expect(journey.nodes[0]).toEqual({
    message: 1,
    address: 'team@example.com',
    steps: [
      {
        stage: 'virtual_alias',
        parameter: 'virtual_alias_maps',
        table: 'hash:/etc/postfix/virtual',
        file: '/etc/postfix/virtual',
        line: 2,
        key: 'team@example.com',
        result: 'team@mail.example.com',
      },
    ],
  });
  expect(journey.nodes[2]?.steps[0]?.result).toBeNull();
  expect(journey.nodes[3]).toMatchObject({
    parent: 1,
    address: 'zoë@mail.example.com',
    delivery: { status: 'deferred', text: 'cannot update mailbox /var/mail/zoë. Disc quota exceeded' },
  });
  expect(journey.nodes[4]?.delivery?.act).toMatchObject({
    kind: 'command',
    environment: [{ name: 'LOGNAME', value: 'nobody' }],
  });
});

test('lists and messages say in short what was decided', async () => {
  await using http = await startTestHttp();
  const judged = await http.deliver();
  await http.store.setVerdict(judged.id, { journey: teamJourney(), queued: [], deliveries: [] });
  await http.deliver();
  const { messages } = (await (await http.get('/api/v1/messages')).json()) as MessagesSummary;
  const verdict = {
    Counts: { sent: 2, deferred: 1, bounced: 1 },
    First: {
      Recipient: 'bob@mail.example.com',
      Transport: 'local',
      Nexthop: 'example.com',
      Status: 'sent',
      DSN: '2.0.0',
    },
  };
  expect(messages.map(({ Verdict }) => Verdict)).toMatchObject([null, verdict]);
  expect(messages[1]?.Verdict?.Ends.map(({ Deed, Place }) => `${Deed} ${Place}`)).toEqual([
    'mailbox /var/mail/bob',
    'none ',
    'command /usr/bin/filter --quiet',
    'none ',
  ]);
  expect(await (await http.get(`/api/v1/message/${judged.id}`)).json()).toMatchObject({ Verdict: verdict });
});

test('a journey that is being decided is told as soon as it is', async () => {
  const clock = watchedClock(VERDICT_LIMIT_MS);
  await using http = await startTestHttp({ clock });
  const { id } = await put(http.store);
  const answer = http.get('/api/v1/message/latest/journey');
  await clock.timerSet;
  await http.store.setVerdict(id, { journey: shortJourney(), queued: [], deliveries: [] });
  expect(await (await answer).json()).toMatchObject({ nodes: [{ address: 'bob@example.com' }] });
});

test('without a verdict after some seconds there is no journey', async () => {
  const clock = watchedClock(VERDICT_LIMIT_MS);
  await using http = await startTestHttp({ clock });
  const { id } = await put(http.store);
  const answer = http.get(`/api/v1/message/${id}/journey`);
  const fire = await clock.timerSet;
  fire();
  const reply = await answer;
  expect([reply.status, await reply.text()]).toEqual([404, 'The message has no verdict yet.']);
});

test('mail that nobody sent is explained', async () => {
  const asked: unknown[] = [];
  await using http = await startTestHttp({
    explain: async (mail) => {
      asked.push(mail);
      return teamJourney();
    },
  });
  const body = { from: 'ada@example.com', to: ['team@example.com'], client: '192.0.2.7', auth: 'ada', message: 'hé' };
  const reply = await http.get('/api/v1/explain', { method: 'POST', body: JSON.stringify(body) });
  expect(asked).toEqual([
    {
      from: 'ada@example.com',
      to: ['team@example.com'],
      client: '192.0.2.7',
      login: 'ada',
      message: Buffer.from('hé'),
    },
  ]);
  expect(((await reply.json()) as Journey).nodes[3]?.address).toBe('zoë@mail.example.com');
});

test.for([
  { body: '{"to":[]}', says: 'The body is wrong at /to' },
  { body: '{}', says: 'The body is wrong' },
  { body: '{"to":["a@example.com"],"tls":"yes"}', says: 'The body is wrong at /tls' },
  { body: '{', says: 'The body is not JSON' },
  { body: '{"to":["a b@example.com"]}', says: 'that is no address' },
])('a question that makes no sense, $body, is 400', async ({ body, says }) => {
  await using http = await startTestHttp({ explain: () => Promise.reject(new AskError('that is no address')) });
  const reply = await http.get('/api/v1/explain', { method: 'POST', body });
  expect(reply.status).toBe(400);
  expect(await reply.text()).toContain(says);
});
