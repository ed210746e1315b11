import { fromOctets } from '../rules/octets.ts';
import type { End } from '../rules/destinations.ts';
import { targetOf, type Decided, type Difference } from '../rules/replay/compare.ts';
import type { Output } from './context.ts';
import { formatAgent, formatStep, show, showAddress } from './journey-text.ts';

/** A recipient whose mail would end elsewhere. */
export interface ReplayedRecipient {
  readonly queueId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly difference: Difference;
}

/** What was compared, and what wasn't. */
export interface ReplaySummary {
  readonly messages: number;
  readonly recipients: number;
  readonly differ: number;
  /** Why some weren't compared, and how many. */
  readonly notCompared: Readonly<Record<string, number>>;
}

/** Writes each difference as it is found, and the sum at the end. */
export interface ReplayReport {
  add(found: ReplayedRecipient): void;
  end(summary: ReplaySummary): void;
}

/** How a report for people calls both ways: of equal width. */
const [WAS, WOULD_BE] = ['was     ', 'would be'] as const;

/** A report for people. */
export function openTextReport(stdout: Output): ReplayReport {
  return {
    add({ queueId, sender, recipient, difference: { was, wouldBe } }) {
      const lines = [
        `${show(queueId)}  ${showAddress(recipient)}  from <${sender === '' ? '' : showAddress(sender)}>`,
        ...formatWay(WAS, was),
        ...formatWay(WOULD_BE, wouldBe),
      ];
      stdout.write(`${lines.join('\n')}\n`);
    },
    end: ({ messages, recipients, differ, notCompared }) => {
      for (const [reason, count] of Object.entries(notCompared)) stdout.write(`not compared: ${count} ${reason}\n`);
      stdout.write(`${messages} messages, ${recipients} recipients, ${differ} differ\n`);
    },
  };
}

/** A report for programs: one object, written piece by piece, so that no number of differences fills the memory. */
export function openJsonReport(stdout: Output): ReplayReport {
  let isFirst = true;
  return {
    add(found) {
      stdout.write(`${isFirst ? '{"differences": [\n' : ',\n'}${JSON.stringify(toWire(found), toText)}`);
      isFirst = false;
    },
    end: (summary) => {
      stdout.write(`${isFirst ? '{"differences": [' : '\n'}],\n"summary": ${JSON.stringify(summary)}}\n`);
    },
  };
}

/** The form of `--json`. */
function toWire({ difference: { was, wouldBe }, ...named }: ReplayedRecipient): unknown {
  return { ...named, difference: { was: was.map(toWireEnd), wouldBe: wouldBe.map(toWireEnd) } };
}

function toWireEnd({ end, decidedBy }: Decided): unknown {
  const { status, transport, nexthop, recipient, dsn, text } = end;
  return {
    destination: { status, transport, nexthop, recipient, target: targetOf(end) ?? '', dsn, text },
    decidedBy,
  };
}

function toText(_: string, value: unknown): unknown {
  return typeof value === 'string' ? fromOctets(value) : value;
}

function formatWay(name: string, ends: readonly Decided[]): readonly string[] {
  if (ends.length === 0) return [`  ${name}  (nothing more)`];
  return ends.flatMap(({ end, decidedBy }, index) => [
    `  ${index === 0 ? name : ' '.repeat(name.length)}  ${formatOutcome(end)}`,
    ...(decidedBy === undefined ? [] : [`  ${' '.repeat(name.length)}    by ${formatStep(decidedBy)}`]),
  ]);
}

/** What becomes of mail, and where, on one line: `sent smtp:[relay.example.net]  bob@example.com`. */
export function formatOutcome(end: End): string {
  const { status, transport, recipient, dsn, text } = end;
  const isSent = status === 'sent';
  const target = targetOf(end);
  const code = isSent || dsn === '' || text.includes(dsn) ? '' : ` ${dsn}`;
  const agent = transport === '' ? '' : ` ${formatAgent(end)}`;
  const place = target === undefined ? '' : ` → ${show(target)}`;
  const words = isSent || text === '' ? '' : `  ${show(text)}`;
  return `${status}${code}${agent}  ${showAddress(recipient)}${place}${words}`;
}
