import { expect, test } from 'vitest';
import { openVerdictBacklog } from '../../../src/daemons/qmgr/verdict-backlog.ts';
import { silentLog } from '../../../src/log.ts';
import { openLookups } from '../../../src/lookups/lookups.ts';
import { identifyClient } from '../../../src/rules/access/client-name.ts';
import { simulate } from '../../../src/rules/qmgr/simulate.ts';
import { systemClock } from '../../../src/clock.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { startPolicyServer, type PolicyServer } from '../../support/policy-server.ts';
import { openTestWorld } from '../../support/rule-world.ts';
import { newMessage, type MailFields } from '../../support/store.ts';

const ENTRANCE = {
  client: identifyClient({ address: '192.0.2.5', port: 1, isEncrypted: false }, undefined),
  helo: 'c.test',
  protocol: 'ESMTP',
  service: 'smtp/inet',
} as const;

/** Keeps a message, decides about it, and says what was decided. */
async function judge(server: PolicyServer, fields: MailFields) {
  await using lookups = openLookups({ allow: () => [], mapPath: (path) => path, report: () => {} });
  await using configured = await openTestWorld({
    mainCf: `relay_domains = r.test\nsmtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${server.port}\n`,
    ask: lookups.ask,
  });
  await using store = await openMemoryStore({ clock: systemClock });
  await using backlog = openVerdictBacklog({
    store,
    currentWorld: () => configured.world,
    decide: (run, how) => lookups.decide(run, how),
    agent: simulate,
    clock: systemClock,
    log: silentLog,
  });
  const { id } = await store.put(newMessage(store, { entrance: ENTRANCE, ...fields }));
  backlog.wake();
  await backlog.idle();
  return await store.journey(id);
}

test('of mail that was caught, a policy server is asked once for each recipient, and its answers are kept', async () => {
  await using server = await startPolicyServer((request) =>
    request.includes('recipient=b@r.test') ? { reply: 'action=REJECT no\n\n' } : undefined,
  );
  const journey = await judge(server, { to: ['a@r.test', 'b@r.test'] });

  const replies = journey?.nodes
    .slice(0, 2)
    .map(({ delivery }) => (delivery?.status === 'rejected' ? delivery.text : 'taken'));
  expect(replies).toEqual(['taken', '554 5.7.1 <b@r.test>: Recipient address rejected: no']);
  expect(server.requests.map((request) => request.find((one) => one.startsWith('recipient=')))).toEqual([
    'recipient=a@r.test',
    'recipient=b@r.test',
  ]);
  expect(Object.values(journey?.policyAnswers ?? {}).map(({ rows }) => rows)).toEqual([[['DUNNO']], [['REJECT no']]]);
});

test('what a policy server said when the client was answered counts: it isn’t asked again', async () => {
  await using server = await startPolicyServer();
  const first = await judge(server, { to: ['a@r.test'] });
  const policyAnswers = first?.policyAnswers ?? {};
  const again = await judge(server, { to: ['a@r.test'], entrance: { ...ENTRANCE, policyAnswers } });

  expect(again?.policyAnswers).toEqual(policyAnswers);
  expect(server.requests).toHaveLength(1);
});
