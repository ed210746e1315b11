import { quoteAddress } from '../rules/address/quote.ts';
import type { Decided, Difference } from '../rules/replay/compare.ts';
import type { Destination } from '../rules/replay/destination.ts';
import type { Output } from './context.ts';
import { fromOctets } from '../rules/octets.ts';
import { formatStep, show } from './journey-text.ts';

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

/** A report for people. @param names what the two ways are called */
export function openTextReport(
  stdout: Output,
  names: { readonly was: string; readonly wouldBe: string } = { was: 'was', wouldBe: 'would be' },
): ReplayReport {
  const width = Math.max(names.was.length, names.wouldBe.length);
  return {
    add({ queueId, sender, recipient, difference: { was, wouldBe } }) {
      const lines = [
        `${show(queueId)}  ${showAddress(recipient)}  from <${sender === '' ? '' : showAddress(sender)}>`,
        ...formatWay(names.was.padEnd(width), was),
        ...formatWay(names.wouldBe.padEnd(width), wouldBe),
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
      stdout.write(`${isFirst ? '{"differences": [\n' : ',\n'}${JSON.stringify(found, toWire)}`);
      isFirst = false;
    },
    end: (summary) => {
      stdout.write(`${isFirst ? '{"differences": [' : '\n'}],\n"summary": ${JSON.stringify(summary)}}\n`);
    },
  };
}

/** Text of octets; the way to an end is what explain tells. */
function toWire(name: string, value: unknown): unknown {
  if (name === 'steps') return undefined;
  return typeof value === 'string' ? fromOctets(value) : value;
}

function formatWay(name: string, ends: readonly Decided[]): readonly string[] {
  if (ends.length === 0) return [`  ${name}  (nothing more)`];
  return ends.flatMap(({ destination, decidedBy }, index) => [
    `  ${index === 0 ? name : ' '.repeat(name.length)}  ${formatDestination(destination)}`,
    ...(decidedBy === undefined ? [] : [`  ${' '.repeat(name.length)}    by ${formatStep(decidedBy)}`]),
  ]);
}

/** An end on one line: `sent smtp:[relay.example.net] bob@example.com`. */
export function formatDestination({ status, transport, nexthop, recipient, target, dsn, text }: Destination): string {
  const agent = transport === '' ? '' : ` ${transport}${nexthop === '' ? '' : `:${nexthop}`}`;
  const isSent = status === 'sent';
  const place = target === '' ? '' : ` → ${show(target)}`;
  const words = isSent || text === '' ? '' : `  ${text}`;
  return `${status}${isSent || dsn === '' || text.includes(dsn) ? '' : ` ${dsn}`}${show(agent)}  ${showAddress(recipient)}${place}${show(words)}`;
}

function showAddress(address: string): string {
  return show(quoteAddress(address));
}
