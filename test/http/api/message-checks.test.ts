import { expect, test } from 'vitest';
import type { ChecksResponse } from '../../../src/http/api/schemas/check.ts';
import { BUSY_INSPECTOR, startTestHttp } from '../../support/http.ts';
import { rejectedJourney, shortJourney } from '../../support/journeys.ts';

test('checks are those of the message itself, and those of its way through Postfix', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ from: 'ada@example.com' });
  await http.store.setVerdict(id, { journey: rejectedJourney(), queued: [], deliveries: [] });

  const { Checks } = (await (await http.get(`/api/v1/message/${id}/checks`)).json()) as ChecksResponse;

  expect(Checks[0]).toEqual({
    Code: 'recipients-lost',
    Weight: 'error',
    Count: 1,
    About: ['nobody@example.com'],
  });
  expect(Checks.map(({ Weight }) => Weight)).toEqual([...Checks.map(({ Weight }) => Weight)].sort());
});

test('a header that cleanup would rewrite is told, with the parameter and the line that decide it', async () => {
  await using http = await startTestHttp();
  const { id } = await http.deliver({ from: 'ada@example.com' });
  const steps = [
    {
      stage: 'canonical',
      parameter: 'sender_canonical_maps',
      file: '/etc/postfix/sender_canonical',
      line: 3,
      key: 'zo\xc3\xab',
      result: 'zoe@example.com',
    },
    {
      stage: 'cleanup',
      key: 'From: zo\xc3\xab',
      result: 'From: zoe@example.com',
      note: 'addresses of a header rewritten',
    },
  ];
  await http.store.setVerdict(id, { journey: shortJourney({}, { steps }), queued: [], deliveries: [] });

  const answer = (await (await http.get(`/api/v1/message/${id}/checks`)).json()) as ChecksResponse;

  expect(answer.Checks).toContainEqual({
    Code: 'header-rewritten',
    Weight: 'note',
    Count: 1,
    About: ['From', 'sender_canonical_maps (/etc/postfix/sender_canonical:3)'],
  });
  expect(answer.HeaderChanges).toMatchObject([
    { Before: 'From: zoë', After: 'From: zoe@example.com', By: [{ parameter: 'sender_canonical_maps', line: 3 }, {}] },
  ]);
});

test('the HTML of a message is given as text, to be looked at only', async () => {
  await using http = await startTestHttp();
  const raw = Buffer.from('From: a@b.test\r\nContent-Type: text/html\r\n\r\n<p>Hello <b>Ada</b>');
  const { id } = await http.deliver({ raw });
  const answer = await http.get(`/api/v1/message/${id}/html-as-text`);
  expect(await answer.text()).toBe('Hello Ada');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect((await http.store.get(id))?.read).toBe(false);
});

test('HTML that takes too long to be made text is a 503: nothing else waits for it', async () => {
  await using http = await startTestHttp({ inspector: BUSY_INSPECTOR });
  const { id } = await http.deliver({ raw: Buffer.from('Content-Type: text/html\r\n\r\n<p>Hello') });
  expect(await http.send(`/api/v1/message/${id}/html-as-text`)).toMatchObject({
    status: 503,
    body: 'It could not be looked at: it took longer than 1 s.',
  });
});
