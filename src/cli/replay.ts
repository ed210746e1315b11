import { resolve } from 'node:path';
import { StoreCorruptError } from '../store/store.ts';
import { defineCommand } from './command.ts';
import type { Context } from './context.ts';
import { EXIT } from './exit-status.ts';
import { readLogLines } from './log-lines.ts';
import { byFlag, CONFIGURATION_OPTIONS, LIVE_OPTION, openConfiguration } from './open-configuration.ts';
import { replayMaillog } from './replay-maillog.ts';
import { openJsonReport, openTextReport, type ReplaySummary } from './replay-report.ts';
import { replayStored, type StoredReplay } from './replay-stored.ts';
import { UsageError } from './usage-error.ts';

/** `postfixture replay`: runs mail that was through a configuration, and lists what would go elsewhere. */
export const replayCommand = defineCommand({
  name: 'replay',
  usage: 'replay [--config DIR] [--maillog FILE] [FLAG…]',
  summary: 'Run stored mail, or the mail of a Postfix log, through a configuration, and list what would go elsewhere',
  options: {
    ...CONFIGURATION_OPTIONS,
    data: { short: 'd', value: 'DIR', summary: 'where messages are kept, by a running server, too' },
    against: { value: 'DIR', summary: 'compare with this configuration, not with the stored verdicts' },
    maillog: { value: 'FILE', summary: 'the log of a Postfix instead of stored mail; - reads standard input' },
    live: LIVE_OPTION,
    limit: { short: 'n', value: 'N', summary: 'only the newest N messages' },
    json: { summary: 'the differences as data' },
  },
  operands: {},
  notes: [
    'Exits with 1 if anything would go elsewhere, 0 if nothing would, 2 if it can’t be asked.',
    'Nothing is sent, stored or run. With --against, -o counts for both configurations. Without --live',
    'no policy server is asked: what it said when the mail came counts.',
    '',
  ],
  async run(args, context) {
    const limit = readLimit(args.limit);
    const { maillog } = args;
    if (maillog !== undefined && (args.data ?? args.against ?? args.limit ?? args.live) !== undefined) {
      throw new UsageError(
        '--maillog with --data, --against, --limit or --live',
        'these are for stored mail: leave them out',
      );
    }
    await using configuration = openConfiguration(args, context);
    const report = args.json === true ? openJsonReport(context.stdout) : openTextReport(context.stdout);
    const summary =
      maillog === undefined
        ? await replayData({ configuration, report, limit }, args, context)
        : await replayMaillog(readLogLines(maillog, context), { configuration, report });
    report.end(summary);
    return summary.differ > 0 ? EXIT.failure : EXIT.ok;
  },
});

/** Where mail was kept, and what says where it went. */
interface DataChoice {
  readonly data?: string | undefined;
  readonly against?: string | undefined;
  readonly override: readonly string[];
  readonly live?: boolean | undefined;
}

async function replayData(
  parts: Omit<StoredReplay, 'mailbox' | 'against'>,
  { data, against, override, live }: DataChoice,
  context: Context,
): Promise<ReplaySummary> {
  // What only this command needs is loaded by it: the driver of the database takes its time.
  const { openStoredMailbox } = await import('../store/sqlite/stored-mail.ts');
  const directory =
    data === undefined ? parts.configuration.settings.get('catch_data_directory') : resolve(context.cwd, data);
  try {
    using mailbox = openStoredMailbox(directory);
    if (mailbox === undefined) {
      throw new UsageError(`${directory}: no mail was kept here`, 'name the directory that serve has as --data');
    }
    if (against === undefined) return await replayStored({ ...parts, mailbox, against: undefined });
    await using other = openConfiguration({ config: against, named: byFlag('--against'), override, live }, context);
    return await replayStored({ ...parts, mailbox, against: other });
  } catch (error) {
    if (error instanceof StoreCorruptError) throw new UsageError(error.message, 'name another directory by --data');
    throw error;
  }
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--limit ${text}: not a number of messages`, 'write --limit 1000');
}
