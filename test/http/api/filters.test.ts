import { expect, test } from 'vitest';
import { startTestHttp } from '../../support/http.ts';
import { shortJourney } from '../../support/journeys.ts';

test('what a page offers to filter by is counted: messages that end badly or wait, and tags', async () => {
  await using http = await startTestHttp();
  for (const status of ['bounced', 'bounced', 'held', 'sent'] as const) {
    const { id } = await http.deliver();
    await http.store.setVerdict(id, { journey: shortJourney({ status }), queued: [], deliveries: [] });
    if (status !== 'sent') await http.store.setTags({ ids: [id] }, ['Alarm']);
  }
  expect(await (await http.get('/api/v1/filters')).json()).toEqual({
    Verdicts: { rejected: 0, bounced: 2, deferred: 0, held: 1 },
    Tags: [{ Tag: 'Alarm', Count: 3 }],
  });
});
