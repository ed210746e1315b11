import type { Octets } from '../octets.ts';
import {
  backtrack,
  branch,
  commit,
  forget,
  isKnown,
  save,
  shorten,
  type Choice,
  type Fault,
  type Frame,
  type Machine,
} from './machine.ts';
import type { OctetSet } from './octet-set.ts';
import { readPassages, type Passage } from './passages.ts';
import { isAt } from './place.ts';
import type { Instruction, Program } from './program.ts';
import { findReferenceEnd } from './reference.ts';
import type { Condition } from './syntax-tree.ts';

export type { Fault } from './machine.ts';

/** What came of a search. */
export type Outcome =
  | {
      readonly kind: 'match';
      /** Where the whole begins and ends, then each group; -1 where a group took no part. */
      readonly offsets: readonly number[];
      /** How the groups were passed, in this order. */
      readonly passages: readonly Passage[];
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'given up'; readonly fault: Fault };

/** How to search. */
export interface Search {
  /** Only at the start of the subject. */
  readonly isAnchored?: boolean;
  /** Where the match must begin. */
  readonly start?: number;
  /** Where the match must end. */
  readonly end?: number;
  /** Of all matches from the leftmost start the longest; only its start and end are told. */
  readonly longest?: boolean;
  /** How many steps may be taken. @default STEPS */
  readonly steps?: number;
}

/** How many steps a search may take. What is memoryless comes so far only with the longest subjects. */
export const STEPS = 2_000_000;

const STEPS_BEFORE_MEMORY = 5000;

/** How deep assertions and atomic groups may run within each other: calls within them nest without bound. */
const DEPTH = 300;

const FAILED = -1;
const GAVE_UP = -2;
const NOWHERE: Instruction = { op: 'fail' };

/**
 * Searches the subject for the leftmost match; of those that begin there, the one that comes first in the order of the
 * pattern (PCRE's), or the longest.
 *
 * It goes back over its choices, but remembers, once it takes long, which choice failed at which place, and never tries
 * it there again. So the work is bounded by the product of the lengths of pattern and subject. That isn't so for back
 * references, calls and conditions, whose outcome depends on the way there, and not wholly for assertions and atomic
 * groups; therefore the steps are counted, and at the limit the search is given up.
 */
export function search(program: Program, subject: Octets, wanted: Search = {}): Outcome {
  const steps = wanted.steps ?? STEPS;
  const machine: Machine = {
    program,
    subject,
    registers: new Array<number>(program.registers).fill(-1),
    choices: undefined,
    steps,
    stepsToMemory: steps - STEPS_BEFORE_MEMORY,
    depth: 0,
    fault: 'limit',
    memory: undefined,
    marks: [],
  };
  const { firstOctets } = program;
  const last = wanted.start ?? (wanted.isAnchored === true ? 0 : subject.length);
  for (let start = wanted.start ?? 0; start <= last; start++) {
    if (firstOctets !== undefined && firstOctets[subject.charCodeAt(start)] !== 1) continue;
    // The others are as they were: what fails takes back what it set.
    machine.registers[0] = start;
    machine.choices = undefined;
    const end = wanted.longest === true ? findLongest(machine, start) : findFirst(machine, start, wanted.end);
    if (end === GAVE_UP) return { kind: 'given up', fault: machine.fault };
    if (end === FAILED) continue;
    machine.registers[1] = end;
    const offsets = machine.registers.slice(0, 2 * (program.groups + 1));
    return { kind: 'match', offsets, passages: readPassages(machine) };
  }
  return { kind: 'none' };
}

function findFirst(machine: Machine, start: number, wantedEnd: number | undefined): number {
  let end = run(machine, toPoint(machine.program.start, start), undefined);
  while (end >= 0 && wantedEnd !== undefined && end !== wantedEnd) end = run(machine, toPoint(NOWHERE, 0), undefined);
  return end;
}

function findLongest(machine: Machine, start: number): number {
  let longest = FAILED;
  let end = run(machine, toPoint(machine.program.start, start), undefined);
  while (end >= 0 && longest < machine.subject.length) {
    longest = Math.max(longest, end);
    end = run(machine, toPoint(NOWHERE, 0), undefined);
  }
  return end === GAVE_UP ? GAVE_UP : longest;
}

/** Where a machine is. */
interface Point {
  readonly instruction: Instruction;
  readonly position: number;
  readonly frame: Frame | undefined;
}

function toPoint(instruction: Instruction, position: number): Point {
  return { instruction, position, frame: undefined };
}

/**
 * Runs until the match or body ends. Begun {@link NOWHERE}, it takes the last choice, as if all since had failed.
 * @param bottom the last choice that isn't its own
 * @returns where it ends, or {@link FAILED} or {@link GAVE_UP}
 */
function run(machine: Machine, from: Point, bottom: Choice | undefined): number {
  const { subject } = machine;
  let { instruction, position, frame } = from;
  for (;;) {
    if (--machine.steps < 0) return GAVE_UP;
    // The place where the instruction leads to; FAILED if nowhere.
    let to = position;
    switch (instruction.op) {
      case 'set':
        to = isIn(instruction.set, subject, position) ? position + 1 : FAILED;
        instruction = instruction.next;
        break;
      case 'star':
        to = findStarEnd(machine, instruction, position);
        if (to > position) shorten(machine, instruction, { before: position, position: to }, frame);
        instruction = instruction.next;
        break;
      case 'split':
        if (isKnown(machine, instruction.slot, position)) to = FAILED;
        else branch(machine, instruction.second, position, frame);
        instruction = instruction.first;
        break;
      case 'open':
        save(machine, openRegister(machine, instruction.group), position, instruction);
        instruction = instruction.next;
        break;
      case 'close': {
        const opened = machine.registers[openRegister(machine, instruction.group)] ?? FAILED;
        save(machine, 2 * instruction.group, opened, NOWHERE);
        save(machine, 2 * instruction.group + 1, position, instruction);
        instruction = instruction.next;
        break;
      }
      case 'mark':
        save(machine, instruction.register, position, instruction);
        instruction = instruction.next;
        break;
      case 'place':
        if (!isAt(instruction.place, subject, position)) to = FAILED;
        instruction = instruction.next;
        break;
      case 'turn':
        instruction = machine.registers[instruction.register] === position ? instruction.exit : instruction.again;
        break;
      case 'back':
        to = Math.max(FAILED, position - instruction.octets);
        instruction = instruction.next;
        break;
      case 'reference':
        to = findReferenceEnd(machine, instruction, position);
        instruction = instruction.next;
        break;
      case 'look': {
        const end = runWithin(machine, instruction, position, frame);
        if (end === GAVE_UP) return GAVE_UP;
        instruction = end === FAILED ? instruction.no : instruction.yes;
        break;
      }
      case 'atomic':
        to = runWithin(machine, instruction, position, frame);
        if (to === GAVE_UP) return GAVE_UP;
        instruction = instruction.next;
        break;
      case 'condition':
        instruction = holds(machine, instruction.test, frame) ? instruction.yes : instruction.no;
        break;
      case 'call': {
        const { group, next } = instruction;
        const body = machine.program.bodies.get(group);
        if (body === undefined || isCalledAt(machine, frame, group, position)) {
          machine.fault = 'recursion';
          return GAVE_UP;
        }
        frame = { group, position, registers: [...machine.registers], next, outer: frame };
        instruction = body;
        break;
      }
      case 'return':
        if (frame === undefined) return GAVE_UP;
        restore(machine, frame.registers);
        instruction = frame.next;
        frame = frame.outer;
        break;
      case 'fail':
        to = FAILED;
        break;
      case 'match':
      case 'end':
        return position;
    }
    position = to;
    if (position >= 0) continue;

    const choice = backtrack(machine, bottom);
    if (choice === undefined) return FAILED;
    ({ instruction, frame, position } = choice);
    if (choice.kind === 'star' && instruction.op === 'star') {
      position--;
      if (position > choice.before) shorten(machine, instruction, { before: choice.before, position }, frame);
      instruction = instruction.next;
    }
  }
}

/** Runs the body of an assertion or atomic group; afterwards it has no choices left. */
function runWithin(
  machine: Machine,
  instruction: Instruction & { readonly op: 'look' | 'atomic' },
  position: number,
  frame: Frame | undefined,
): number {
  const bottom = machine.choices;
  const marks = machine.marks.length;
  if (machine.depth >= DEPTH) return GAVE_UP;
  machine.depth++;
  const end = run(machine, { instruction: instruction.body, position, frame }, bottom);
  machine.depth--;
  if (end < 0) {
    machine.marks.length = marks;
    return end;
  }
  forget(machine, marks);
  commit(machine, bottom);
  // A negative assertion that matched fails, and what it set is taken back with it.
  if (instruction.op === 'look' && instruction.negative) backtrackTo(machine, bottom);
  return end;
}

function openRegister({ program }: Machine, group: number): number {
  return 2 * (program.groups + 1) + group;
}

function backtrackTo(machine: Machine, bottom: Choice | undefined): void {
  while (backtrack(machine, bottom) !== undefined);
}

function findStarEnd(machine: Machine, star: Instruction & { readonly op: 'star' }, from: number): number {
  if (isKnown(machine, star.slot, from)) return FAILED;
  const { subject } = machine;
  let end = from;
  // Where the star has been before, it has been to the end.
  while (isIn(star.set, subject, end) && !isKnown(machine, star.slot, end + 1)) end++;
  machine.steps -= end - from;
  return end;
}

function holds({ registers }: Machine, test: Condition, frame: Frame | undefined): boolean {
  switch (test.kind) {
    case 'group':
      return test.groups.some((group) => (registers[2 * group + 1] ?? -1) >= 0);
    case 'call':
      return frame !== undefined && (test.groups === undefined || test.groups.includes(frame.group));
    case 'never':
      return false;
  }
}

/** Whether the group is being called, by itself or by others, at the same place: it would never end. */
function isCalledAt(machine: Machine, frame: Frame | undefined, group: number, position: number): boolean {
  machine.steps -= machine.registers.length;
  for (let outer = frame; outer !== undefined; outer = outer.outer) {
    machine.steps--;
    if (outer.group === group && outer.position === position) return true;
  }
  return false;
}

function restore(machine: Machine, registers: readonly number[]): void {
  registers.forEach((value, register) => {
    if (machine.registers[register] !== value) save(machine, register, value, NOWHERE);
  });
}

function isIn(set: OctetSet, subject: Octets, position: number): boolean {
  return position < subject.length && set[subject.charCodeAt(position)] === 1;
}
