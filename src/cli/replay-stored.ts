import { explain } from '../rules/explain.ts';
import type { Journey } from '../rules/journey.ts';
import { compareReached } from '../rules/replay/compare.ts';
import { listReachedEnds } from '../rules/replay/reached-ends.ts';
import { toMail } from '../store/mail-of.ts';
import type { StoredMailbox } from '../store/sqlite/stored-mail.ts';
import type { OpenConfiguration } from './open-configuration.ts';
import type { ReplayReport, ReplaySummary } from './replay-report.ts';

/** What stored mail is run through. */
export interface StoredReplay {
  readonly mailbox: StoredMailbox;
  /** Says where it would go. */
  readonly configuration: OpenConfiguration;
  /** Says where it went; without it the verdict that was stored says so. */
  readonly against: OpenConfiguration | undefined;
  /** Only the newest so many messages. */
  readonly limit: number | undefined;
  readonly report: ReplayReport;
}

const NO_VERDICT = 'messages without a stored verdict';

/** Compares where each stored message went with where it would go, one message at a time. */
export async function replayStored({
  mailbox,
  configuration,
  against,
  limit,
  report,
}: StoredReplay): Promise<ReplaySummary> {
  let messages = 0;
  let recipients = 0;
  let differ = 0;
  let undecided = 0;
  for (const stored of mailbox.mail(limit)) {
    const mail = toMail(stored.record, { raw: stored.raw, nowMs: Math.floor(stored.record.receivedAtMs) });
    const decide = async (by: OpenConfiguration): Promise<Journey> =>
      (await by.decide(() => explain(mail, by.world), stored.journey?.policyAnswers)).journey;
    const before = against === undefined ? stored.journey : await decide(against);
    if (before === undefined) {
      undecided += 1;
      continue;
    }
    const was = listReachedEnds(before);
    const wouldBe = listReachedEnds(await decide(configuration));
    messages += 1;
    recipients += mail.recipients.length;
    for (const [index, { address }] of mail.recipients.entries()) {
      const difference = compareReached(was[index] ?? [], wouldBe[index] ?? []);
      if (difference === undefined) continue;
      differ += 1;
      report.add({ queueId: mail.queueId, sender: mail.sender, recipient: address, difference });
    }
  }
  return { messages, recipients, differ, notCompared: undecided === 0 ? {} : { [NO_VERDICT]: undecided } };
}
