import type { Octets } from '../octets.ts';
import { compareLevels } from './compatibility-level.ts';

const OPERATORS = ['==', '!=', '<', '<=', '>=', '>'] as const;
type Operator = (typeof OPERATORS)[number];

const GREATEST_LONG = 2n ** 63n - 1n;

/** How `${{a} == {b} …}` compares. */
export interface Comparison {
  readonly operator: Operator;
  /** Whether its operands are compatibility levels: `<=level`. */
  readonly isLevel: boolean;
}

/** Why operands can't be compared, in Postfix's words. */
interface ComparisonFault {
  readonly fault: Octets;
  /** Whether Postfix ends at once. */
  readonly isFatal: boolean;
}

/** The operator that is written so; undefined if there is none. */
export function findOperator(symbols: Octets): Operator | undefined {
  return OPERATORS.find((known) => known === symbols);
}

/** Compares what both sides stand for. @see postconf(5); Postfix's mac_expand(3) */
export function compareOperands(
  [left, right]: readonly [Octets, Octets],
  { operator, isLevel }: Comparison,
): boolean | ComparisonFault {
  const order = isLevel ? compareAsLevels(left, right) : compareValues(left, right);
  return typeof order === 'number' ? decide(operator, order) : order;
}

function compareAsLevels(left: Octets, right: Octets): number | ComparisonFault {
  const order = compareLevels(left, right);
  if (typeof order === 'number') return order;
  return { fault: `malformed compatibility level syntax: "${order.malformed}"`, isFatal: false };
}

/** Numbers if both are nothing but digits, else octets. */
function compareValues(left: Octets, right: Octets): number | ComparisonFault {
  if (![left, right].every((text) => /^[0-9]+$/.test(text))) return left < right ? -1 : Number(left > right);
  const [a, b] = [toLong(left), toLong(right)];
  if (a === undefined || b === undefined) {
    return { fault: `mac_exp_eval: bad conversion: ${a === undefined ? left : right}`, isFatal: true };
  }
  return a < b ? -1 : Number(a > b);
}

/** @param digits nothing else @returns undefined if it is too great */
function toLong(digits: Octets): bigint | undefined {
  const significant = digits.replace(/^0+(?=.)/, '');
  const value = significant.length > 19 ? GREATEST_LONG + 1n : BigInt(significant);
  return value > GREATEST_LONG ? undefined : value;
}

function decide(operator: Operator, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
  }
}
