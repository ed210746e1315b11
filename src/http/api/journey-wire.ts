import type { HeaderChange } from '../../rules/header-changes.ts';
import type * as rules from '../../rules/journey.ts';
import { fromOctets } from '../../rules/octets.ts';
import type { TraceStep } from '../../rules/trace.ts';
import type * as store from '../../store/verdict-summary.ts';
import type { ChecksResponse } from './schemas/check.ts';
import type {
  Journey,
  JourneyAct,
  JourneyDelivery,
  JourneyMessage,
  JourneyNode,
  JourneyStep,
  VerdictSummary,
} from './schemas/journey.ts';

/** A journey with its octets as text for people. */
export function toJourney({ messages, nodes, ...rest }: rules.Journey): Journey {
  return { ...rest, messages: messages.map(toMessage), nodes: nodes.map(toNode) };
}

/** A verdict in short. */
export function toVerdictSummary({ counts, first, ends }: store.VerdictSummary): VerdictSummary {
  return {
    Counts: { ...counts },
    First: first
      ? {
          Recipient: fromOctets(first.recipient),
          Transport: fromOctets(first.transport),
          Nexthop: fromOctets(first.nexthop),
          Status: first.status,
          DSN: first.dsn,
        }
      : null,
    Ends: ends.map(({ status, deed, count, recipient, transport, nexthop, place, dsn, text }) => ({
      Status: status,
      Deed: deed,
      Count: count,
      Recipient: fromOctets(recipient),
      Transport: fromOctets(transport),
      Nexthop: fromOctets(nexthop),
      Place: fromOctets(place),
      DSN: dsn,
      Text: fromOctets(text),
    })),
  };
}

/** A change of a header as text for people. */
export function toHeaderChange({ before, after, by }: HeaderChange): ChecksResponse['HeaderChanges'][number] {
  return {
    ...(before !== undefined && { Before: fromOctets(before) }),
    ...(after !== undefined && { After: fromOctets(after) }),
    By: by.map(toStep),
  };
}

function toMessage({ sender, steps, log, reason, ...rest }: rules.JourneyMessage): JourneyMessage {
  return {
    ...rest,
    sender: fromOctets(sender),
    steps: steps.map(toStep),
    log: log.map(({ program, text }) => ({ program, text: fromOctets(text) })),
    ...(reason !== undefined && { reason: fromOctets(reason) }),
  };
}

function toNode({ address, steps, delivery, ...rest }: rules.JourneyNode): JourneyNode {
  return {
    ...rest,
    address: fromOctets(address),
    steps: steps.map(toStep),
    ...(delivery !== undefined && { delivery: toDelivery(delivery) }),
  };
}

function toStep({ parameter, table, file, line, key, result, note, ...rest }: TraceStep): JourneyStep {
  return {
    ...rest,
    ...(parameter !== undefined && { parameter: fromOctets(parameter) }),
    ...(table !== undefined && { table: fromOctets(table) }),
    ...(file !== undefined && { file: fromOctets(file) }),
    ...(line !== undefined && { line }),
    ...(key !== undefined && { key: fromOctets(key) }),
    ...(result !== undefined && { result: result === null ? null : fromOctets(result) }),
    ...(note !== undefined && { note: fromOctets(note) }),
  };
}

function toDelivery({ original, act, ...rest }: rules.Delivery): JourneyDelivery {
  return {
    ...rest,
    recipient: fromOctets(rest.recipient),
    ...(original !== undefined && { original: fromOctets(original) }),
    transport: fromOctets(rest.transport),
    nexthop: fromOctets(rest.nexthop),
    relay: fromOctets(rest.relay),
    text: fromOctets(rest.text),
    ...(act !== undefined && { act: toAct(act) }),
  };
}

function toAct(act: rules.Act): JourneyAct {
  switch (act.kind) {
    case 'mailbox':
      return { ...act, path: fromOctets(act.path), head: act.head.map(toPair) };
    case 'command':
      return {
        ...act,
        command: fromOctets(act.command),
        head: act.head.map(toPair),
        environment: act.environment.map(toPair),
        directory: fromOctets(act.directory),
      };
    case 'pipe':
      return {
        ...act,
        argv: act.argv.map(fromOctets),
        flags: fromOctets(act.flags),
        user: fromOctets(act.user),
        directory: fromOctets(act.directory),
      };
    case 'smtp':
    case 'lmtp':
      return {
        kind: act.kind,
        hosts: act.hosts.map(fromOctets),
        sender: fromOctets(act.sender),
        recipient: fromOctets(act.recipient),
      };
  }
}

function toPair([name, value]: readonly [string, string]): { name: string; value: string } {
  return { name: fromOctets(name), value: fromOctets(value) };
}
