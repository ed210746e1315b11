import { openBacklog, type Backlog, type RoundOptions, type RoundResult } from '../../backlog.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Lookups } from '../../lookups/lookups.ts';
import { explain } from '../../rules/explain.ts';
import type { Agent } from '../../rules/qmgr/agent.ts';
import type { RuleWorld } from '../../rules/world.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { Store } from '../../store/store.ts';
import { toMail } from '../../store/mail-of.ts';
import { toVerdict } from './verdict-of.ts';

/** What verdicts are made with. */
export interface VerdictBacklogOptions {
  readonly store: Pick<Store, 'unjudged' | 'get' | 'readRaw' | 'setVerdict'>;
  /** By the settings as they are now. */
  readonly currentWorld: () => RuleWorld;
  readonly decide: Lookups['decide'];
  readonly agent: Agent;
  readonly clock: Clock;
  readonly log: Log;
}

/** So many are decided before others get their turn: a verdict takes well under a millisecond. */
const AT_ONCE = 16;

/**
 * Decides where each message that was kept would go, beside the taking in of mail; it begins with what an earlier run
 * left. A decision that fails leaves the message without a verdict until the next start: never without the message.
 */
export function openVerdictBacklog(options: VerdictBacklogOptions): Backlog {
  const stop = new AbortController();
  const failed = new Set<QueueId>();
  const backlog = openBacklog({
    clock: options.clock,
    round: (round) => judgeRound(options, round, { failed, signal: stop.signal }),
  });
  return {
    wake: () => backlog.wake(),
    idle: () => backlog.idle(),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await backlog[Symbol.asyncDispose]();
    },
  };
}

interface Judging {
  /** Those that no verdict could be made of. */
  readonly failed: Set<QueueId>;
  readonly signal: AbortSignal;
}

async function judgeRound(
  options: VerdictBacklogOptions,
  { limit, shouldEnd }: RoundOptions,
  judging: Judging,
): Promise<RoundResult> {
  const { store, log } = options;
  let left: readonly QueueId[];
  try {
    // Those that failed are listed again and again.
    const ids = await store.unjudged(limit + judging.failed.size);
    left = ids.filter((id) => !judging.failed.has(id)).slice(0, limit);
  } catch (error) {
    log.warn({ err: error }, 'the messages without a verdict could not be listed: trying again');
    return { listed: undefined, done: 0 };
  }
  const listed = left.length;
  let done = 0;
  while (left.length > 0 && !(done > 0 && shouldEnd())) {
    const judged = await Promise.all(left.slice(0, AT_ONCE).map((id) => judge(id, options, judging)));
    done += judged.filter(Boolean).length;
    left = left.slice(AT_ONCE);
  }
  return { listed, done };
}

/** @returns whether nothing is left to do about it */
async function judge(id: QueueId, options: VerdictBacklogOptions, { failed, signal }: Judging): Promise<boolean> {
  const { store, currentWorld, decide, agent, clock, log } = options;
  try {
    const [record, raw] = await Promise.all([store.get(id), store.readRaw(id)]);
    if (record === undefined || raw === undefined) return true;
    const mail = toMail(record, { raw, nowMs: Math.floor(clock.nowMs()) });
    const recorded = record.entrance?.policyAnswers;
    const how = { signal, recorded, asksPolicy: true };
    const { value, policyAnswers } = await decide(() => explain(mail, currentWorld(), agent), how);
    await store.setVerdict(id, toVerdict(value, policyAnswers));
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    log.error({ queueId: id, err: error }, 'where a message would go could not be decided');
    failed.add(id);
    return true;
  }
}
