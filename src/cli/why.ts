import { decideDelivery, decideRefusal, type LineDecision } from '../rules/maillog/decide-logged.ts';
import { findComplaint } from '../rules/maillog/find-complaint.ts';
import { findProgram, toMeaning, type LineMeaning } from '../rules/maillog/line-meaning.ts';
import { readLogEvent, type LogEvent } from '../rules/maillog/log-event.ts';
import { readOrigin, type LoggedEnd, type LoggedMessage, type LoggedOrigin } from '../rules/maillog/log-gatherer.ts';
import type { LogWorld } from '../rules/maillog/logged-mail.ts';
import { parseLogRecord, type LogRecord } from '../rules/maillog/log-record.ts';
import { decideBy } from '../rules/replay/compare.ts';
import { toOctets } from '../rules/octets.ts';
import type { TraceStep } from '../rules/trace.ts';
import { defineCommand } from './command.ts';
import { EXIT } from './exit-status.ts';
import { formatFinding } from './format-finding.ts';
import { formatStep, show } from './journey-text.ts';
import { readLogLines } from './log-lines.ts';
import { CONFIGURATION_OPTIONS, openConfiguration, type OpenConfiguration } from './open-configuration.ts';
import { toLogWorld } from './replay-maillog.ts';
import { formatOutcome } from './replay-report.ts';
import { UsageError } from './usage-error.ts';

/** More lines are a log to be replayed. */
const MAX_LINES = 1000;

/** `postfixture why`: explains a line of Postfix's log. */
export const whyCommand = defineCommand({
  name: 'why',
  usage: 'why [LINE] [--config DIR] [FLAG…]',
  summary: 'Explain a line of Postfix’s log: what it says, and which line of the configuration made it so',
  options: {
    ...CONFIGURATION_OPTIONS,
    from: { value: 'SENDER', summary: 'the reverse-path, where no line tells it' },
  },
  operands: { line: { value: 'LINE', isOptional: true } },
  notes: [
    'Without LINE, lines are read from standard input; those of one queue ID help each other:',
    '  grep 4jZDRn2ZlVz1s /var/log/mail.log | postfixture why',
    'Exits with 1 if a line isn’t understood.',
    '',
  ],
  async run(args, context) {
    const lines = args.line === undefined ? [] : [toOctets(args.line)];
    if (args.line === undefined) {
      for await (const line of readLogLines('-', context)) {
        if (line.trim() !== '') lines.push(line);
        if (lines.length > MAX_LINES) throw new UsageError(`more than ${MAX_LINES} lines`, 'try replay --maillog');
      }
    }
    if (lines.length === 0) throw new UsageError('no line to explain', 'see postfixture why --help');
    const read = lines.map((line) => {
      const record = parseLogRecord(line);
      return { line, record, event: record && readLogEvent(record) };
    });
    const origins = gatherOrigins(read);
    const named = args.from === undefined ? {} : { sender: toOctets(args.from) };
    await using configuration = openConfiguration(args, context);
    const log = toLogWorld(configuration);
    let isUnderstood = true;
    for (const { line, record, event } of read) {
      if (read.length > 1) context.stdout.write(`\n> ${show(line)}\n`);
      const meaning = record && toMeaning(record, event);
      if (meaning === undefined) isUnderstood = false;
      context.stdout.write(record === undefined ? FOREIGN : formatMeaning(record, meaning));
      if (record === undefined || event === undefined) continue;
      const told = { record, event, origin: { ...named, ...origins.get(record.queueId ?? '') } };
      context.stdout.write(await explainReason(told, configuration, log));
    }
    return isUnderstood ? EXIT.ok : EXIT.failure;
  },
});

const FOREIGN = 'This is no line that a program of Postfix logs.\n';

interface ReadLine {
  readonly record: LogRecord | undefined;
  readonly event: LogEvent | undefined;
}

/** What the lines of each queue ID tell of its message. */
function gatherOrigins(lines: readonly ReadLine[]): ReadonlyMap<string, LoggedOrigin> {
  const origins = new Map<string, LoggedOrigin>();
  for (const { record, event } of lines) {
    if (record?.queueId === undefined || event === undefined) continue;
    origins.set(record.queueId, { ...origins.get(record.queueId), ...readOrigin(record, event) });
  }
  return origins;
}

function formatMeaning({ syslogName, program, queueId }: LogRecord, meaning: LineMeaning | undefined): string {
  const what = findProgram(program);
  const who = `${show(`${syslogName}/${program}`)}${what === undefined ? '' : ` (it ${what})`}`;
  const whose = queueId === undefined ? '' : `, of message ${show(queueId)}`;
  const rows = (meaning?.rows ?? []).map(([member, text]) => [show(member), text] as const);
  const width = Math.min(40, Math.max(0, ...rows.map(([member]) => member.length)));
  return [
    `${who}${whose}: ${meaning?.summary ?? 'nothing more is known of this line'}`,
    ...rows.map(([member, text]) => `  ${member.padEnd(width)}  ${text}`.trimEnd()),
    '',
  ].join('\n');
}

interface ToldLine {
  readonly record: LogRecord;
  readonly event: LogEvent;
  readonly origin: LoggedOrigin;
}

/** Which rule made it so; empty where no rule did. */
async function explainReason(
  { record, event, origin }: ToldLine,
  configuration: OpenConfiguration,
  log: LogWorld,
): Promise<string> {
  if (event.kind === 'complaint') {
    const finding = findComplaint(event.text, configuration.settings.findings);
    return finding === undefined ? NO_FINDING : `why:\n${formatFinding(finding, { hasColor: false })}\n`;
  }
  if (event.kind === 'action') {
    const decision = await configuration.decide(() => decideRefusal(record, event, log));
    return decision === undefined ? '' : formatDecision(decision);
  }
  if (event.kind !== 'delivery') return '';
  const end: LoggedEnd = { ...event, syslogName: record.syslogName, program: record.program };
  const message: LoggedMessage = { queueId: record.queueId ?? '', ...origin, isHeld: false, deliveries: [end] };
  const decision = await configuration.decide(() => decideDelivery(message, log));
  const remark =
    origin.sender === undefined ? `(the sender isn’t in this line, and taken for <>: --from names it)\n` : '';
  return remark + formatDecision(decision);
}

const NO_FINDING = 'why: check finds nothing of the kind in this configuration\n';

function formatDecision({ ends, likes }: LineDecision): string {
  const isLike = likes.length > 0;
  const lines = (isLike ? likes : ends).flatMap((end) => {
    const { decidedBy } = decideBy(end);
    // What smtpd(8) asked of mail that it took is aside, and what two daemons ask alike is told once.
    const isTold = (step: TraceStep): boolean =>
      step.result !== null && (end.status === 'rejected' || step.stage !== 'smtpd');
    const steps = new Set(end.steps.filter(isTold).map(formatStep));
    return [
      ...(decidedBy === undefined ? [] : [`  decided by ${formatStep(decidedBy)}`]),
      ...[...steps].map((step) => `    ${step}`),
      `    = ${formatOutcome(end)}`,
    ];
  });
  return [isLike ? 'why:' : 'This configuration would do otherwise:', ...lines, ''].join('\n');
}
