// What a probe that sends mail is answered: the replies, and the outcome.
import { findStrayTimes, type Answer, type World } from '../answer.ts';
import type { CliProbe, SessionProbe, SmtpProbe } from '../vector.ts';
import type { Happening } from './happening.ts';
import type { MailSystem } from './mail-system.ts';
import { toMailOutcome } from './outcome.ts';
import { countQueue } from './queue-count.ts';

/** What was sent, and where. */
export interface Sent {
  readonly probe: SmtpProbe | SessionProbe | CliProbe;
  readonly system: MailSystem;
  readonly world: World;
  /** Of which replies told. */
  readonly queueIds: readonly string[];
  readonly port: number;
}

/** Adds the outcome to the replies, and looks whether it hangs together. */
export async function toOutcomeAnswer(
  replies: object,
  { probe, system, world, queueIds, port }: Sent,
): Promise<Answer> {
  const happening = await system.takeHappening({ hasSession: probe.kind !== 'cli' });
  const facts = { ...system.factsAt(port), hasPolicy: world.vector.config.policy !== undefined };
  const { times, hideIds, ...outcome } = toMailOutcome(happening, probe, facts);
  const files = await system.takeFiles(hideIds);
  const queue = system.countQueue(countQueue(happening.mails), 'keep_queue' in probe && Boolean(probe.keep_queue));
  return {
    got: { ...replies, ...outcome, policy: system.takeAsked(), files, queue },
    complaints: [...findStrayTimes(times, world), ...findUnknownIds(queueIds, happening)],
  };
}

/** The ID in `queued as` is that of the stored message. */
function findUnknownIds(told: readonly string[], { mails }: Happening): readonly string[] {
  const known = new Set(mails.map(({ queueId }) => queueId));
  return told.filter((id) => !known.has(id)).map((id) => `"queued as ${id}", but there is no such message`);
}
