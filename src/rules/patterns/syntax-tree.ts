import type { OctetSet } from './octet-set.ts';

/** What an assertion asks of a place in the subject. */
export type Place =
  | 'subject-start'
  | 'subject-end'
  /** The end, or before a newline that ends the subject. */
  | 'last-line-end'
  /** The start, or after any newline. */
  | 'line-start'
  /** The start, or after a newline that doesn't end the subject. */
  | 'inner-line-start'
  /** The end, or before any newline. */
  | 'line-end'
  | 'word-edge'
  | 'no-word-edge'
  | 'word-start'
  | 'word-end';

/** What a conditional group asks. */
export type Condition =
  | { readonly kind: 'group'; readonly groups: readonly number[] }
  /** Within a call: of group `group`, or of any. */
  | { readonly kind: 'call'; readonly groups: readonly number[] | undefined }
  | { readonly kind: 'never' };

interface Shape {
  /** About how many instructions it takes. */
  readonly size: number;
  /** Whether it can match nothing at all. */
  readonly nullable: boolean;
}

/** A pattern, of either dialect, as a tree. A node may stand in several places. */
export type PatternNode = Shape &
  (
    | { readonly kind: 'set'; readonly set: OctetSet }
    | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
    | { readonly kind: 'choice'; readonly branches: readonly PatternNode[] }
    | { readonly kind: 'group'; readonly index: number; readonly body: PatternNode; readonly optional: boolean }
    | { readonly kind: 'repeat'; readonly body: PatternNode; readonly times: Times }
    | { readonly kind: 'place'; readonly place: Place }
    | { readonly kind: 'atomic'; readonly body: PatternNode }
    | { readonly kind: 'look'; readonly negative: boolean; readonly body: PatternNode }
    | { readonly kind: 'back'; readonly octets: number }
    | { readonly kind: 'reference'; readonly groups: readonly number[]; readonly caseless: boolean }
    | { readonly kind: 'call'; readonly group: number }
    | {
        readonly kind: 'condition';
        readonly test: Condition;
        readonly yes: PatternNode;
        readonly no: PatternNode;
      }
    | {
        readonly kind: 'look-condition';
        readonly negative: boolean;
        readonly body: PatternNode;
        readonly yes: PatternNode;
        readonly no: PatternNode;
      }
    | { readonly kind: 'keep' }
    | { readonly kind: 'fail' }
  );

/** How often something is repeated, and what is tried first. */
export interface Times {
  readonly min: number;
  /** Infinity if there is no limit. */
  readonly max: number;
  readonly mode: 'greedy' | 'lazy' | 'possessive';
}

/** Matches nothing, anywhere. */
export const EMPTY: PatternNode = { kind: 'sequence', items: [], size: 0, nullable: true };

/** One octet. */
export function makeOctet(set: OctetSet): PatternNode {
  return { kind: 'set', set, size: 1, nullable: false };
}

/** One after the other. */
export function makeSequence(items: readonly PatternNode[]): PatternNode {
  const [only] = items;
  if (only !== undefined && items.length === 1) return only;
  return { kind: 'sequence', items, size: total(items), nullable: items.every((item) => item.nullable) };
}

/** One of them, the first ones first. */
export function makeChoice(branches: readonly PatternNode[]): PatternNode {
  const [only] = branches;
  if (only !== undefined && branches.length === 1) return only;
  const nullable = branches.some((branch) => branch.nullable);
  return { kind: 'choice', branches, size: total(branches) + branches.length, nullable };
}

/** What is remembered as `$index`. @param optional whether it is what a quantifier allows to be left out */
export function makeGroup(index: number, body: PatternNode, optional = false): PatternNode {
  return { kind: 'group', index, body, optional, size: body.size + 2, nullable: body.nullable };
}

/** Again and again. */
export function makeRepeat(body: PatternNode, times: Times): PatternNode {
  const copies = Math.max(1, times.min, Number.isFinite(times.max) ? times.max : times.min + 1);
  return { kind: 'repeat', body, times, size: copies * (body.size + 2), nullable: times.min === 0 || body.nullable };
}

/** A claim about where in the subject we are. */
export function makePlace(place: Place): PatternNode {
  return { kind: 'place', place, size: 1, nullable: true };
}

/** What, once matched, isn't tried in another way. */
export function makeAtomic(body: PatternNode): PatternNode {
  return { kind: 'atomic', body, size: body.size + 2, nullable: body.nullable };
}

/** What must, or must not, match here, without being taken. */
export function makeLook(body: PatternNode, negative: boolean): PatternNode {
  return { kind: 'look', negative, body, size: body.size + 2, nullable: true };
}

/** So many octets back. */
export function makeBack(octets: number): PatternNode {
  return { kind: 'back', octets, size: 1, nullable: true };
}

/** What one of the groups has matched, once more. */
export function makeReference(groups: readonly number[], caseless: boolean): PatternNode {
  return { kind: 'reference', groups, caseless, size: 1, nullable: true };
}

/** The pattern of group `group` once more; 0 is the whole. */
export function makeCall(group: number): PatternNode {
  return { kind: 'call', group, size: 1, nullable: true };
}

/** One of two, by a test that isn't tried again. */
export function makeCondition(test: Condition, yes: PatternNode, no: PatternNode): PatternNode {
  return { kind: 'condition', test, yes, no, size: yes.size + no.size + 1, nullable: yes.nullable || no.nullable };
}

/** One of two, by what comes next. */
export function makeLookCondition(
  look: { readonly body: PatternNode; readonly negative: boolean },
  yes: PatternNode,
  no: PatternNode,
): PatternNode {
  const size = look.body.size + yes.size + no.size + 2;
  return { kind: 'look-condition', ...look, yes, no, size, nullable: yes.nullable || no.nullable };
}

/** Lets the match begin here. */
export const KEEP: PatternNode = { kind: 'keep', size: 1, nullable: true };

/** Never matches. */
export const FAIL: PatternNode = { kind: 'fail', size: 1, nullable: false };

function total(nodes: readonly PatternNode[]): number {
  return nodes.reduce((sum, node) => sum + node.size, 0);
}
