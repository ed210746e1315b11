import type { Octets } from '../octets.ts';
import { search, type Fault, type Outcome, type Search } from './matcher.ts';
import type { Passage } from './passages.ts';
import type { PosixFlags } from './posix-brackets.ts';
import { parsePosixPattern } from './posix-parser.ts';
import { compile, type Program } from './program.ts';

export type { PosixFlags } from './posix-brackets.ts';

/** A regular expression, ready to be searched for. */
export interface Pattern {
  /** How many groups it remembers. */
  readonly groups: number;
  /** Searches the subject. */
  matches(subject: Octets, options?: MatchOptions): PatternResult;
}

/** How to search. */
export interface MatchOptions {
  /** Whether the groups are asked for. */
  readonly needsGroups?: boolean;
  /** How many steps may be taken. */
  readonly steps?: number;
}

/** Where the whole and the groups matched, two offsets each, -1 for a group that took no part; or that it wasn't found. */
export type PatternResult =
  | { readonly kind: 'match'; readonly offsets: readonly number[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'given up'; readonly fault: Fault };

/**
 * Compiles a POSIX regular expression; it matches as glibc's does: the leftmost, of these the longest.
 * @throws {PosixPatternError} with the words of regerror(3)
 * @see regcomp(3)
 */
export function compilePosixPattern(source: Octets, flags: PosixFlags): Pattern {
  const { tree, groups } = parsePosixPattern(source, flags);
  const program = compile(tree, groups);
  return {
    groups,
    matches: (subject, { needsGroups = false, steps } = {}) => {
      const limit: Search = steps === undefined ? {} : { steps };
      return needsGroups ? findLongest(program, subject, limit) : search(program, subject, limit);
    },
  };
}

function findLongest(program: Program, subject: Octets, limit: Search): Outcome | PatternResult {
  const longest = search(program, subject, { ...limit, longest: true });
  if (longest.kind !== 'match') return longest;
  const [start = 0, end = 0] = longest.offsets;
  const outcome = search(program, subject, { ...limit, start, end });
  if (outcome.kind !== 'match') return outcome;
  return { kind: 'match', offsets: [start, end, ...readGroups(outcome.passages, program.groups)] };
}

/**
 * The groups as glibc tells them. QUIRK: they are those of the first way (in the order of the pattern) that leads to the
 * longest match, not POSIX's longest groups; and a turn of a starred group that takes nothing isn't told, it brings back
 * what was there after the last group that took something.
 * @see glibc's update_regs
 */
function readGroups(passages: readonly Passage[], groups: number): readonly number[] {
  let offsets = new Array<number>(2 * groups).fill(-1);
  let previous = [...offsets];
  for (const { kind, group, position, optional } of passages) {
    const register = 2 * (group - 1);
    if (kind === 'open') {
      offsets[register] = position;
      offsets[register + 1] = -1;
    } else if ((offsets[register] ?? -1) < position) {
      offsets[register + 1] = position;
      previous = [...offsets];
    } else if (optional && (previous[register] ?? -1) !== -1) {
      offsets = [...previous];
    } else {
      offsets[register + 1] = position;
    }
  }
  return offsets;
}
