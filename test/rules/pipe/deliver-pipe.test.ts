import { expect, test } from 'vitest';
import { openTrail } from '../../../src/rules/journey.ts';
import { deliverByPipe } from '../../../src/rules/pipe/deliver-pipe.ts';
import { toContext, toRequest } from '../../support/delivery-request.ts';
import { openTestWorld } from '../../support/rule-world.ts';

test.for([
  { args: 'user=nobody argv=/bin/true', text: 'filtered', why: 'pipe(8) says how it went' },
  {
    args: 'argv=/bin/true',
    text: 'mail transport unavailable',
    why: 'where pipe(8) ends at once, the queue manager says so',
  },
])('pipe_delivery_status_filter with $args: $text, as $why', async ({ args, text }) => {
  await using configuration = await openTestWorld({
    mainCf: 'pipe_delivery_status_filter = regexp:{{/^2/ 2.0.0 filtered}, {/^4/ 4.0.0 filtered}}\n',
    masterCf: `mine unix - n n - - pipe ${args}\n`,
  });
  const trail = openTrail();
  const request = toRequest({ transport: 'mine', nexthop: 'r.test', to: ['a@r.test'] }, trail);

  expect(deliverByPipe(request, toContext(configuration.world, trail))).toMatchObject([{ text }]);
});
