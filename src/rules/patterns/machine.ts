import type { Octets } from '../octets.ts';
import type { Instruction, Program } from './program.ts';

/** What to do when a way leads nowhere: the way back, last choice first. */
export interface Choice {
  readonly kind: 'branch' | 'star' | 'restore';
  /** branch: where to go on; star: the star; restore: what set the register. */
  readonly instruction: Instruction;
  /** branch: where to go on; star: how far it has come; restore: what the register was set to. */
  readonly position: number;
  /** star: where it began; restore: what the register was. */
  readonly before: number;
  readonly register: number;
  readonly frame: Frame | undefined;
  readonly below: Choice | undefined;
}

/** A call of a group that hasn't returned. */
export interface Frame {
  readonly group: number;
  readonly position: number;
  /** As they were; they are so again after the call. */
  readonly registers: readonly number[];
  readonly next: Instruction;
  readonly outer: Frame | undefined;
}

/** Why a search was given up: too much work, or a call of a group within itself at the same place. */
export type Fault = 'limit' | 'recursion';

/** A search that is running. */
export interface Machine {
  readonly program: Program;
  readonly subject: Octets;
  readonly registers: number[];
  choices: Choice | undefined;
  /** That may still be taken. */
  steps: number;
  /** From how many steps left on it is remembered what failed: short searches, nearly all, don't need it. */
  readonly stepsToMemory: number;
  /** How deep assertions and atomic groups are within each other. */
  depth: number;
  fault: Fault;
  memory: Uint32Array | undefined;
  /** What was put into memory since the outermost assertion or atomic group that is running began. */
  readonly marks: number[];
}

/** The most that may be remembered, in bits. */
const MEMORY_BITS = 2 ** 28;

/** Remembers a way to try later. */
export function branch(machine: Machine, instruction: Instruction, position: number, frame: Frame | undefined): void {
  const below = machine.choices;
  machine.choices = { kind: 'branch', instruction, position, before: 0, register: -1, frame, below };
}

/** Remembers that a star may take less: from `position` back to `before`. */
export function shorten(machine: Machine, star: Instruction, range: Range, frame: Frame | undefined): void {
  machine.choices = { kind: 'star', instruction: star, ...range, register: -1, frame, below: machine.choices };
}

interface Range {
  readonly before: number;
  readonly position: number;
}

/** Sets a register, to be taken back with the way that leads here. */
export function save(machine: Machine, register: number, position: number, instruction: Instruction): void {
  const before = machine.registers[register] ?? -1;
  const below = machine.choices;
  machine.choices = { kind: 'restore', instruction, position, before, register, frame: undefined, below };
  machine.registers[register] = position;
}

/**
 * Goes back to the last choice above `bottom`, and takes back what was set since.
 * @returns undefined if there is no choice left
 */
export function backtrack(machine: Machine, bottom: Choice | undefined): Choice | undefined {
  let choice = machine.choices;
  while (choice !== bottom && choice?.kind === 'restore') {
    machine.registers[choice.register] = choice.before;
    choice = choice.below;
  }
  machine.choices = choice === bottom ? bottom : choice?.below;
  return choice === bottom ? undefined : choice;
}

/** Forgets the choices above `bottom`, but not what is to be taken back. */
export function commit(machine: Machine, bottom: Choice | undefined): void {
  const restores: Choice[] = [];
  for (let choice = machine.choices; choice !== bottom && choice !== undefined; choice = choice.below) {
    if (choice.kind === 'restore') restores.push(choice);
  }
  machine.steps -= restores.length;
  machine.choices = restores.reduceRight((below: Choice | undefined, choice) => ({ ...choice, below }), bottom);
}

/**
 * Whether it is known that `slot` at `position` leads nowhere, or is being tried. If not, it will be known from now on:
 * whoever comes back here only does so because it failed.
 */
export function isKnown(machine: Machine, slot: number, position: number): boolean {
  if (machine.steps > machine.stepsToMemory || !machine.program.isMemoryless) return false;
  const { subject, program } = machine;
  const bits = program.slots * (subject.length + 1);
  if (bits > MEMORY_BITS) return false;
  machine.memory ??= new Uint32Array(Math.ceil(bits / 32));
  const bit = slot * (subject.length + 1) + position;
  const word = machine.memory[bit >>> 5] ?? 0;
  const mask = 1 << (bit & 31);
  if ((word & mask) !== 0) return true;
  machine.memory[bit >>> 5] = word | mask;
  if (machine.depth > 0) machine.marks.push(bit);
  return false;
}

/** Forgets what was learnt since there were `count` marks: not all of it failed. */
export function forget(machine: Machine, count: number): void {
  const { memory, marks } = machine;
  if (memory !== undefined) {
    for (let index = count; index < marks.length; index++) {
      const bit = marks[index] ?? 0;
      memory[bit >>> 5] = (memory[bit >>> 5] ?? 0) & ~(1 << (bit & 31));
    }
  }
  marks.length = count;
}
