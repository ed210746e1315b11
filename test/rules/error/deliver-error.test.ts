import { expect, test } from 'vitest';
import { deliverDiscard } from '../../../src/rules/error/deliver-discard.ts';
import { deliverError } from '../../../src/rules/error/deliver-error.ts';
import { openTrail } from '../../../src/rules/journey.ts';
import { toRequest, toContext } from '../../support/delivery-request.ts';
import { openTestWorld } from '../../support/rule-world.ts';

test.for([
  { transport: 'error', nexthop: '5.1.6 moved', status: 'bounced', dsn: '5.1.6', text: 'moved' },
  { transport: 'error', nexthop: '4.7.1 try later', status: 'bounced', dsn: '5.0.0', text: 'try later' },
  { transport: 'retry', nexthop: '5.1.1 bad', status: 'deferred', dsn: '4.0.0', text: 'bad' },
  { transport: 'retry', nexthop: 'just text', status: 'deferred', dsn: '4.0.0', text: 'just text' },
  { transport: 'discard', nexthop: 'gone  away', status: 'sent', dsn: '2.0.0', text: 'gone  away' },
  { transport: 'discard', nexthop: '5.1.1 x', status: 'sent', dsn: '2.0.0', text: 'x' },
  { transport: 'mine', nexthop: '5.1.1 x', status: 'deferred', dsn: '4.3.0', text: 'unknown mail transport error' },
])('$transport:$nexthop is $status, $dsn $text', async ({ transport, nexthop, ...ending }) => {
  await using configuration = await openTestWorld({});
  const trail = openTrail();
  const deliver = transport === 'discard' ? deliverDiscard : deliverError;
  const request = toRequest({ transport, nexthop, to: ['a@r.test', 'b@r.test'] }, trail);
  const records = deliver(request, toContext(configuration.world, trail));
  expect(records).toMatchObject([ending, ending]);
  expect(trail.nodes().map(({ delivery }) => delivery?.relay)).toEqual(['none', 'none']);
});
