import { expect, test } from 'vitest';
import { manualClock } from '../../support/clock.ts';
import { startTestHttp } from '../../support/http.ts';
import { putEach } from '../../support/store.ts';

test('info tells version, counts, tags and what SMTP counted', async () => {
  const clock = manualClock();
  await using http = await startTestHttp({
    clock,
    smtp: () => ({
      addresses: [
        { address: '127.0.0.1', port: 1025 },
        { address: '::1', port: 1025 },
      ],
      services: [],
      stats: { accepted: 3, acceptedBytes: 999, rejected: 2, ignored: 1 },
    }),
  });
  const [first, second] = await putEach(http.store, [{}, {}, {}]);
  if (first && second) {
    await http.store.setTags({ ids: [first.id] }, ['red']);
    await http.store.delete({ ids: [second.id] });
  }
  clock.advance(61_500);
  expect(await (await http.get('/api/v1/info')).json()).toEqual({
    Version: '1.2.3',
    LatestVersion: 'disabled',
    Database: ':memory:',
    DatabaseSize: expect.any(Number) as number,
    Messages: 2,
    Unread: 2,
    Tags: { red: 1 },
    RuntimeStats: {
      Uptime: 61,
      Memory: expect.any(Number) as number,
      MessagesDeleted: 1,
      SMTPAccepted: 3,
      SMTPAcceptedSize: 999,
      SMTPRejected: 2,
      SMTPIgnored: 1,
    },
    Config: { ReadAt: expect.stringMatching(/Z$/) as string, Rejected: false, Errors: 0, Warnings: 0 },
    SMTP: ['127.0.0.1:1025', '[::1]:1025'],
  });
});

test('info names a tag called __proto__ as any other', async () => {
  await using http = await startTestHttp();
  await putEach(http.store, [{}]);
  await http.store.setTags({ all: true }, ['__proto__']);
  expect(await (await http.get('/api/v1/info')).text()).toContain('"Tags":{"__proto__":1}');
});
