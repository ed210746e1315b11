import type { TraceStep } from '../trace.ts';
import type { Destination } from './destination.ts';

/** A place where mail ends, and the rule that takes it there. */
export interface Decided {
  readonly destination: Destination;
  /** Of the steps that have a place in a file, the last that the other way doesn't have; else the last of all. */
  readonly decidedBy?: TraceStep;
}

/** How the ends of one recipient differ. An end that both ways have isn't listed. */
export interface Difference {
  readonly was: readonly Decided[];
  readonly wouldBe: readonly Decided[];
}

/**
 * Compares where mail for one recipient ended with where it would end: by transport, next hop, final address, mailbox or
 * command, and status; of mail that isn't delivered by the status code, too. Postfix's words don't count.
 * @returns undefined if it is the same
 */
export function compareDestinations(
  was: readonly Destination[],
  wouldBe: readonly Destination[],
): Difference | undefined {
  const gone = without(was, wouldBe);
  const fresh = without(wouldBe, was);
  if (gone.length === 0 && fresh.length === 0) return undefined;
  return { was: decide(gone, wouldBe), wouldBe: decide(fresh, was) };
}

function without(ends: readonly Destination[], others: readonly Destination[]): readonly Destination[] {
  const known = new Set(others.map(toKey));
  return ends.filter((end) => !known.has(toKey(end)));
}

function toKey({ status, transport, nexthop, recipient, target, dsn }: Destination): string {
  // An agent of this machine delivers by the address; its next hop is only this machine's name.
  const host = target === '' ? nexthop : '';
  return JSON.stringify([status, transport, host, recipient, target, status === 'sent' ? '' : dsn]);
}

function decide(ends: readonly Destination[], others: readonly Destination[]): readonly Decided[] {
  const elsewhere = new Set(others.flatMap(({ steps }) => steps.map(toStepKey)));
  return ends.map((destination) => {
    const decidedBy = findDecidingStep(destination, elsewhere);
    return { destination, ...(decidedBy !== undefined && { decidedBy }) };
  });
}

/** Who owns a mailbox says nothing of where it is. */
const ASIDE: ReadonlySet<string> = new Set(['virtual_uid_maps', 'virtual_gid_maps']);

/**
 * The step that a person wants to see: where the way was decided. @param elsewhere keys of steps of the other way
 */
function findDecidingStep({ steps, status }: Destination, elsewhere: ReadonlySet<string>): TraceStep | undefined {
  // What refused it says how.
  const refusing =
    status === 'rejected' && steps.findLast(({ result }) => /^(?:[45]\d\d |REJECT|DEFER)/i.test(result ?? ''));
  if (refusing) return refusing;
  const telling = steps.filter(
    ({ result, file, parameter }) =>
      result !== null && (file ?? parameter) !== undefined && !ASIDE.has(parameter ?? ''),
  );
  const placed = telling.filter(({ line }) => line !== undefined);
  const differing = (step: TraceStep): boolean => !elsewhere.has(toStepKey(step));
  return placed.findLast(differing) ?? telling.findLast(differing) ?? placed.at(-1) ?? telling.at(-1);
}

/** Without its place: another file, or a line that moved, is no other rule. */
function toStepKey({ stage, parameter, key, result }: TraceStep): string {
  return JSON.stringify([stage, parameter, key, result]);
}

/** The rule that takes mail to an end, with nothing to compare it with. */
export function findDecision(destination: Destination): TraceStep | undefined {
  return findDecidingStep(destination, new Set());
}
