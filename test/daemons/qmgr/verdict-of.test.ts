import { expect, test } from 'vitest';
import { toVerdict } from '../../../src/daemons/qmgr/verdict-of.ts';
import { WHEN_ASKED_MS } from '../../../src/store/delivery.ts';
import { shortJourney } from '../../support/journeys.ts';

test.for([
  { status: 'sent', kept: { state: 'none' } },
  { status: 'bounced', kept: { state: 'none' } },
  { status: 'deferred', kept: { state: 'deferred', nextAttemptAtMs: WHEN_ASKED_MS } },
] as const)('what is $status is kept in the state of the queue that it would be in', ({ status, kept }) => {
  const journey = shortJourney({ status, text: 'mail transport unavailable' });
  const { deliveries } = toVerdict({ journey, edits: [], refusals: [] });
  expect(deliveries).toEqual([
    expect.objectContaining({ status, text: 'mail transport unavailable', node: 0, ...kept }),
  ]);
});

test('an agent that can’t run leaves the mail in the active queue', () => {
  const journey = shortJourney({ status: 'deferred', waitsIn: 'active' });
  expect(toVerdict({ journey, edits: [], refusals: [] }).deliveries).toMatchObject([{ state: 'active' }]);
});
