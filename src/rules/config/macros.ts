import type { Octets } from '../octets.ts';
import { compareOperands, findOperator, type Comparison } from './macro-comparison.ts';
import { splitMacros } from './macro-pieces.ts';

/**
 * What a macro's name stands for; undefined if there is no such parameter.
 * @param isTested whether a condition asks for it, `${name?…}`, instead of putting it in
 */
export type FindMacro = (name: Octets, isTested: boolean) => Octets | undefined;

/** Why a text can't be expanded: what Postfix warns of, in order. It then says `macro processing error`, and ends. */
export class MacroError extends Error {
  override readonly name = 'MacroError';
  readonly code = 'MACRO_INVALID';
  readonly warnings: readonly Octets[];

  /** @param fatal what Postfix ends with in the place of `macro processing error` */
  constructor(warnings: readonly Octets[], fatal = 'macro processing error') {
    super(fatal);
    this.warnings = warnings;
  }
}

// QUIRK: the quotes are Postfix's.
const OPERATORS_EXPECTED = '"==" or "!="" or "<"" or "<="" or ">="" or ">" expected';

const NAME_ALONE = /^[A-Za-z0-9_]+$/;
const LEADING_SPACE = /^[ \t\r\n]*/;
const GREATEST_DEPTH = 100;

// Postfix has no such limits: text that doubles at each of its hundred levels takes all memory, and comparisons of
// themselves overflow its stack.
const MOST_STEPS = 100_000;
const MOST_OCTETS = 1_000_000;
const MOST_WITHIN = 400;

/** What is spent on one expansion, the operands of comparisons included. */
interface Budget {
  steps: number;
  octets: number;
  /** How many texts are being expanded, each within the last. */
  depth: number;
}

interface Expansion {
  readonly find: FindMacro;
  readonly onUnknown: (name: Octets) => void;
  /** Whether every name is asked for, also those in the branch that isn't taken, and nothing is put in its place. */
  readonly isScan: boolean;
  readonly warnings: Octets[];
  readonly budget: Budget;
  readonly output: Octets[];
  level: number;
  isBroken: boolean;
}

/**
 * Replaces `$name`, `${name}`, `$(name)`, the conditional forms `${name?text}`, `${name:text}`, `${name?{a}:{b}}` and
 * comparisons `${{a} == {b} ? {c} : {d}}`, also within what they stand for, and `$$` by `$`. An unknown name is empty.
 * @param onUnknown is told of each unknown name that stands without a condition
 * @throws {MacroError} if Postfix can't read it either; also where the text would grow beyond all measure
 * @see postconf(5); Postfix's mac_expand(3)
 */
export function expandMacros(text: Octets, find: FindMacro, onUnknown: (name: Octets) => void = () => {}): Octets {
  if (!text.includes('$')) return text;
  const expansion = startExpansion(find, { isScan: false, onUnknown });
  expandText(expansion, text);
  if (expansion.isBroken) throw new MacroError(expansion.warnings);
  return expansion.output.join('');
}

/**
 * Asks `visit` for every name in a text, in both branches of a condition, and expands nothing.
 * @returns what Postfix warns of, if the text is broken; names up to there have been visited
 */
export function scanMacros(text: Octets, visit: (name: Octets) => void): readonly Octets[] {
  const ask = (name: Octets): undefined => {
    visit(name);
  };
  const expansion = startExpansion(ask, { isScan: true, onUnknown: () => {} });
  expandText(expansion, text);
  return expansion.warnings;
}

/** Writes text so that {@link expandMacros} gives it back unchanged. */
export function escapeMacros(text: Octets): Octets {
  return text.replaceAll('$', '$$$$');
}

function startExpansion(find: FindMacro, { isScan, onUnknown }: Pick<Expansion, 'isScan' | 'onUnknown'>): Expansion {
  const budget = { steps: 0, octets: 0, depth: 0 };
  return { find, onUnknown, isScan, warnings: [], budget, output: [], level: 0, isBroken: false };
}

/** @returns false: what failed isn't undone on the way out, as in Postfix */
function fail(expansion: Expansion, warning: Octets): false {
  expansion.warnings.push(warning);
  expansion.isBroken = true;
  return false;
}

function expandText(expansion: Expansion, text: Octets): void {
  if (!text.includes('$')) {
    if (text !== '' && !expansion.isBroken) expandPiece(expansion, 'text', text);
    return;
  }
  if (++expansion.budget.depth > MOST_WITHIN) throw toExcess('the text is within itself too often');
  for (const piece of splitMacros(text)) {
    // QUIRK: what follows a mistake is still looked at in part, and beyond the hundredth level each piece of it is
    // complained of.
    if (piece.isQuiet && expansion.isBroken) break;
    if (piece.kind === 'fault') {
      fail(expansion, `${piece.fault}: "${text}"`);
      break;
    }
    expandPiece(expansion, piece.kind, piece.text);
  }
  expansion.budget.depth--;
}

function expandPiece(expansion: Expansion, kind: 'text' | 'macro', text: Octets): void {
  if (expansion.level++ > GREATEST_DEPTH) fail(expansion, `unreasonable macro call nesting: "${text}"`);
  if (expansion.isBroken) return;
  spend(expansion.budget, text.length);
  if (kind === 'text' && !expansion.isScan) expansion.output.push(text);
  if (kind === 'text' || expandMacro(expansion, text)) expansion.level--;
}

function spend(budget: Budget, octets: number): void {
  budget.steps++;
  budget.octets += octets;
  if (budget.steps > MOST_STEPS || budget.octets > MOST_OCTETS) throw toExcess('the text grows without end');
}

function toExcess(problem: string): MacroError {
  return new MacroError([], `macro processing error: ${problem}`);
}

/** @returns whether it could be read; what it stands for may be broken all the same */
function expandMacro(expansion: Expansion, text: Octets): boolean {
  if (NAME_ALONE.test(text)) {
    // As below, but most of what a configuration has is this.
    const value = expansion.find(text, false);
    if (value === undefined) expansion.onUnknown(text);
    else if (!expansion.isScan) expandText(expansion, value);
    return true;
  }
  const body = skipSpace(text);
  const subject = body.startsWith('{') ? parseComparison(expansion, body) : parseName(expansion, text);
  if (subject === undefined) return false;
  const { value = '', rest } = subject;
  if (rest !== '') return chooseBranch(expansion, value !== '', rest);
  if (value !== '' && !expansion.isScan) expandText(expansion, value);
  return true;
}

/** @param rest begins with `?` or `:` */
function chooseBranch(expansion: Expansion, isTrue: boolean, rest: Octets): boolean {
  let left = rest;
  if (left.startsWith('?')) {
    const branch = parseBranch(expansion, left.slice(1));
    if (branch === undefined) return false;
    if (isTrue || expansion.isScan) expandText(expansion, branch.text);
    left = branch.rest;
    if (left === '') return true;
    if (!left.startsWith(':')) return fail(expansion, `":" expected at: "...${branch.text}}>>>${left.slice(0, 20)}"`);
  }
  const branch = parseBranch(expansion, left.slice(1));
  if (branch === undefined) return false;
  if (!isTrue || expansion.isScan) expandText(expansion, branch.text);
  if (branch.rest === '') return true;
  return fail(expansion, `unexpected input at: "...${branch.text}}>>>${branch.rest.slice(0, 20)}"`);
}

interface Branch {
  readonly text: Octets;
  readonly rest: Octets;
}

/** `{text}`, white space around it ignored; without braces it is all that is left. */
function parseBranch(expansion: Expansion, text: Octets): Branch | undefined {
  const body = skipSpace(text);
  return body.startsWith('{') ? takeBraces(expansion, body) : { text, rest: '' };
}

/** Takes `{…}`, braces balanced, and the white space behind it from the beginning of the text. */
function takeBraces(expansion: Expansion, text: Octets): Branch | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{') depth++;
    if (text[index] === '}') depth--;
    if (depth === 0) return { text: text.slice(1, index), rest: skipSpace(text.slice(index + 1)) };
  }
  fail(expansion, `unbalanced {} in attribute expression: "${text}"`);
  return undefined;
}

interface Subject {
  readonly value: Octets | undefined;
  /** Empty, or what begins with `?` or `:`. */
  readonly rest: Octets;
}

function parseName(expansion: Expansion, text: Octets): Subject | undefined {
  const [before = '', space = '', name = ''] = /^([ \t\r\n]*)([A-Za-z0-9_]*)/.exec(text) ?? [];
  const rest = skipSpace(text.slice(before.length));
  if (rest !== '' && !rest.startsWith('?') && !rest.startsWith(':')) {
    const at = text.slice(before.length, before.length + 20);
    fail(expansion, `attribute name syntax error at: "...${space}${name}>>>${at}"`);
    return undefined;
  }
  const value = expansion.find(name, rest !== '');
  if (value === undefined && rest === '') expansion.onUnknown(name);
  return { value, rest };
}

/** @param text begins with `{` */
function parseComparison(expansion: Expansion, text: Octets): Subject | undefined {
  const left = takeBraces(expansion, text);
  if (left === undefined) return undefined;
  const [symbols = ''] = /^[<>!=?+\-*/~&|%]*/.exec(left.rest) ?? [];
  const operator = findOperator(symbols);
  if (operator === undefined) {
    fail(expansion, `${OPERATORS_EXPECTED} at: "...${left.text}}>>>${left.rest.slice(0, 20)}"`);
    return undefined;
  }
  const [suffix = ''] = /^[A-Za-z0-9]*/.exec(left.rest.slice(symbols.length)) ?? [];
  if (suffix !== '' && suffix !== 'level') {
    fail(expansion, `bad operator suffix at: "...${symbols}>>>${suffix}"`);
    return undefined;
  }
  const behind = left.rest.slice(symbols.length + suffix.length);
  if (!skipSpace(behind).startsWith('{')) {
    fail(expansion, `"{expression}" expected at: "...{${left.text}} ${symbols}>>>${behind.slice(0, 20)}"`);
    return undefined;
  }
  const right = takeBraces(expansion, skipSpace(behind));
  if (right === undefined) return undefined;
  const operands = [expandOperand(expansion, left.text), expandOperand(expansion, right.text)] as const;
  if (expansion.isBroken) return undefined;
  const isTrue = expansion.isScan ? false : compare(expansion, operands, { operator, isLevel: suffix !== '' });
  if (isTrue === undefined) return undefined;
  if (right.rest !== '' && !right.rest.startsWith('?') && !right.rest.startsWith(':')) {
    fail(expansion, `"?" or ":" expected at: "...}>>>${right.rest.slice(0, 20)}"`);
    return undefined;
  }
  return { value: isTrue ? 'true' : '', rest: right.rest };
}

function expandOperand(expansion: Expansion, text: Octets): Octets {
  const operand: Expansion = { ...expansion, output: [], level: 0, isBroken: false };
  expandText(operand, text);
  if (operand.isBroken) expansion.isBroken = true;
  return operand.output.join('');
}

function compare(expansion: Expansion, operands: readonly [Octets, Octets], how: Comparison): boolean | undefined {
  const result = compareOperands(operands, how);
  if (typeof result === 'boolean') return result;
  if (result.isFatal) throw new MacroError(expansion.warnings, result.fault);
  fail(expansion, result.fault);
  return undefined;
}

function skipSpace(text: Octets): Octets {
  return text.replace(LEADING_SPACE, '');
}
