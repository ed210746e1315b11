import type { Trail } from '../../src/rules/journey.ts';
import type { DeliveryContext, DeliveryRequest } from '../../src/rules/qmgr/agent.ts';
import { simulate } from '../../src/rules/qmgr/simulate.ts';
import type { RuleWorld } from '../../src/rules/world.ts';

/** A request for a delivery agent: a small message from `s@o.test`. */
export function toRequest(
  { transport, nexthop, to }: { readonly transport: string; readonly nexthop: string; readonly to: readonly string[] },
  trail: Trail,
): DeliveryRequest {
  const recipients = to.map((address) => {
    const node = trail.branch({ message: 1, address });
    return { address, original: address, orcpt: '', notify: [], node };
  });
  const content = Buffer.from('Subject: x\r\n\r\nx\r\n');
  return {
    transport,
    nexthop,
    recipients,
    message: {
      number: 1,
      origin: 'received',
      queueId: 'Q1',
      sender: 's@o.test',
      recipients,
      content: () => content,
      sizeBytes: content.length,
      arrivedAtMs: 0,
      filter: '',
      encoding: '7bit',
      smtputf8: false,
      client: { name: '', reverseName: '', address: '', port: '', helo: '', protocol: '' },
      login: '',
      context: 'local',
    },
  };
}

/** All goes well, and nothing comes of it. */
export function toContext(world: RuleWorld, trail: Trail): DeliveryContext {
  return {
    world,
    trail,
    agent: simulate,
    nowMs: 0,
    submit: () => ({ number: 2, queueId: 'Q2', refusal: undefined }),
    tellOwner: () => true,
    report: () => {},
    pass: () => [],
  };
}
