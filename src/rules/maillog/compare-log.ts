import type { Octets } from '../octets.ts';
import type { ReachedEnd } from '../replay/reached-ends.ts';
import type { RuleWorld } from '../world.ts';
import { compareEnd, type Likeness } from './compare-end.ts';
import type { LoggedEnd } from './log-gatherer.ts';
import { toInternal } from './logged-mail.ts';

/** How what the log tells of one recipient differs from what rules decide: the ends that have no like. */
export interface LogDifference {
  readonly was: readonly LoggedEnd[];
  readonly wouldBe: readonly ReachedEnd[];
}

/** What came of a comparison. */
export interface LogComparison {
  /** Undefined if nothing differs. */
  readonly difference: LogDifference | undefined;
  /** Of some the host, or the agent, couldn't be compared. */
  readonly isPartial: boolean;
}

/** Compares the ends of one recipient. A message made of the mail has ends of its own: that it was made isn't one. */
export function compareLogged(
  logged: readonly LoggedEnd[],
  ends: readonly ReachedEnd[],
  world: RuleWorld,
): LogComparison {
  const left = new Map<Octets, ReachedEnd[]>();
  for (const end of ends) {
    const key = end.recipient.toLowerCase();
    const same = left.get(key);
    if (same === undefined) left.set(key, [end]);
    else same.push(end);
  }
  const was: LoggedEnd[] = [];
  let isPartial = false;
  for (const end of logged.filter(({ forwardedAs }) => forwardedAs === undefined)) {
    const found = takeLike(end, left, world);
    if (found === 'other') was.push(end);
    if (found === 'unknown') isPartial = true;
  }
  const wouldBe = [...left.values()].flat();
  return { difference: was.length === 0 && wouldBe.length === 0 ? undefined : { was, wouldBe }, isPartial };
}

/** The end of the same address that is most like it; each is taken once. */
function takeLike(end: LoggedEnd, left: ReadonlyMap<Octets, ReachedEnd[]>, world: RuleWorld): Likeness {
  const candidates = left.get(toInternal(end.to).toLowerCase()) ?? [];
  const likenesses = candidates.map((candidate) => compareEnd(end, candidate, world));
  const same = likenesses.indexOf('same');
  const best = same >= 0 ? same : likenesses.indexOf('unknown');
  if (best < 0) return 'other';
  candidates.splice(best, 1);
  return likenesses[best] ?? 'other';
}
