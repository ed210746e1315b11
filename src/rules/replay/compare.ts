import { compareDestinations, placeOf, type End } from '../destinations.ts';
import { toStepKey, type TraceStep } from '../trace.ts';
import type { ReachedEnd } from './reached-ends.ts';

/** An end of mail, and the rule that takes it there. */
export interface Decided {
  readonly end: End;
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
export function compareReached(was: readonly ReachedEnd[], wouldBe: readonly ReachedEnd[]): Difference | undefined {
  const { gone, come } = compareDestinations(was, wouldBe, toKey);
  if (gone.length === 0 && come.length === 0) return undefined;
  return { was: decide(gone, wouldBe), wouldBe: decide(come, was) };
}

/** The mailbox, file or command of an end on this machine. */
export function targetOf(end: End): string | undefined {
  return end.act?.kind === 'smtp' || end.act?.kind === 'lmtp' ? undefined : placeOf(end);
}

function toKey(end: End): string {
  const { status, transport, nexthop, recipient, dsn } = end;
  const target = targetOf(end);
  // An agent of this machine delivers by the address; its next hop is only this machine's name.
  const host = target === undefined ? nexthop : '';
  return JSON.stringify([status, transport, host, recipient, target, status === 'sent' ? '' : dsn]);
}

function decide(ends: readonly ReachedEnd[], others: readonly ReachedEnd[]): readonly Decided[] {
  const elsewhere = new Set(others.flatMap(({ steps }) => steps.map(toStepKey)));
  return ends.map((end) => decideBy(end, elsewhere));
}

/** An end with the rule that takes mail there. @param elsewhere keys of the steps of the other way, if there is one */
export function decideBy(end: ReachedEnd, elsewhere: ReadonlySet<string> = new Set()): Decided {
  const decidedBy = findDecidingStep(end, elsewhere);
  return { end, ...(decidedBy !== undefined && { decidedBy }) };
}

/** Who owns a mailbox says nothing of where it is. */
const ASIDE: ReadonlySet<string> = new Set(['virtual_uid_maps', 'virtual_gid_maps']);

/** The step that a person wants to see: where the way was decided. */
function findDecidingStep({ steps, status }: ReachedEnd, elsewhere: ReadonlySet<string>): TraceStep | undefined {
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
