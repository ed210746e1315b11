import { toServiceName } from '../rules/config/master-cf.ts';
import { readLogEvent } from '../rules/maillog/log-event.ts';
import { openLogGatherer, type Gathered } from '../rules/maillog/log-gatherer.ts';
import { parseLogRecord } from '../rules/maillog/log-record.ts';
import type { LogWorld } from '../rules/maillog/logged-mail.ts';
import { replayLogged } from '../rules/maillog/replay-logged.ts';
import type { OpenConfiguration } from './open-configuration.ts';
import type { ReplayReport, ReplaySummary } from './replay-report.ts';

const HOST_UNKNOWN = 'in part: which host a domain’s mail goes to is the DNS’s to tell';

/** The configuration as a log's lines are compared with it. */
export function toLogWorld({ settings, world }: OpenConfiguration): LogWorld {
  const smtpd = settings.services.filter(
    ({ fields }) => fields.type === 'inet' && fields.command.split('/').at(-1) === 'smtpd',
  );
  return { world, listeners: smtpd.map(toServiceName) };
}

/** Compares where the mail of a log went with where it would go; of the log only mail that is under way is in memory. */
export async function replayMaillog(
  lines: AsyncIterable<string>,
  { configuration, report }: { readonly configuration: OpenConfiguration; readonly report: ReplayReport },
): Promise<ReplaySummary> {
  const log = toLogWorld(configuration);
  const notCompared = new Map<string, number>();
  const sum = { messages: 0, recipients: 0, differ: 0 };
  const gatherer = openLogGatherer();
  for await (const line of lines) {
    const record = parseLogRecord(line);
    const event = record && readLogEvent(record);
    if (record && event) for (const gathered of gatherer.add(record, event)) await replay(gathered);
  }
  for (const gathered of gatherer.end()) await replay(gathered);
  return { ...sum, notCompared: Object.fromEntries(notCompared) };

  async function replay(gathered: Gathered): Promise<void> {
    const replayed = await configuration.decide(() => replayLogged(gathered, log));
    if (typeof replayed === 'string') {
      skip(replayed);
      return;
    }
    if (gathered.kind === 'message' && replayed.length > 0) sum.messages += 1;
    for (const { difference, isPartial, ...named } of replayed) {
      sum.recipients += 1;
      if (isPartial) skip(HOST_UNKNOWN);
      if (difference === undefined) continue;
      sum.differ += 1;
      report.add({ ...named, difference });
    }
  }

  function skip(reason: string): void {
    notCompared.set(reason, (notCompared.get(reason) ?? 0) + 1);
  }
}
