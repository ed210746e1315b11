import { addAll, type OctetSet } from './octet-set.ts';
import type { Condition, PatternNode, Place, Times } from './syntax-tree.ts';

/** A step of a compiled pattern; each knows what comes after it. */
export type Instruction =
  | { readonly op: 'set'; readonly set: OctetSet; readonly next: Instruction }
  /** `first`, and if that fails `second`. */
  | { readonly op: 'split'; first: Instruction; second: Instruction; readonly slot: number }
  /** Octets of the set, as many as there are. */
  | { readonly op: 'star'; readonly set: OctetSet; readonly slot: number; readonly next: Instruction }
  | { readonly op: 'open'; readonly group: number; readonly next: Instruction }
  /** The group's registers are set when it is closed, as long as it is open they are those of its last turn. */
  | { readonly op: 'close'; readonly group: number; readonly optional: boolean; readonly next: Instruction }
  | { readonly op: 'mark'; readonly register: number; readonly next: Instruction }
  | { readonly op: 'place'; readonly place: Place; readonly next: Instruction }
  /** After a turn of a loop: if it took nothing, the loop is left. */
  | { readonly op: 'turn'; readonly register: number; readonly again: Instruction; readonly exit: Instruction }
  | { readonly op: 'atomic'; readonly body: Instruction; readonly next: Instruction }
  | {
      readonly op: 'look';
      readonly body: Instruction;
      readonly negative: boolean;
      readonly yes: Instruction;
      readonly no: Instruction;
    }
  | { readonly op: 'back'; readonly octets: number; readonly next: Instruction }
  | {
      readonly op: 'reference';
      readonly groups: readonly number[];
      readonly caseless: boolean;
      readonly next: Instruction;
    }
  | { readonly op: 'call'; readonly group: number; readonly next: Instruction }
  | { readonly op: 'condition'; readonly test: Condition; readonly yes: Instruction; readonly no: Instruction }
  | { readonly op: 'return' | 'match' | 'end' | 'fail' };

/** A pattern, compiled. */
export interface Program {
  readonly start: Instruction;
  /** Where the bodies of called groups begin, by group. */
  readonly bodies: ReadonlyMap<number, Instruction>;
  /**
   * Two for each group, the whole included: where it began and ended; one for each group: where it was opened; one for
   * each loop that can turn without taking anything: where its turn began.
   */
  readonly registers: number;
  readonly groups: number;
  /** How many instructions choose: what fails at one of them fails there always. */
  readonly slots: number;
  /** Whether what follows depends only on the instruction and the place: no back references, calls, conditions. */
  readonly isMemoryless: boolean;
  /** The octets that a match can begin with; absent if it can be empty, or that isn't known. */
  readonly firstOctets: OctetSet | undefined;
}

interface Compiler {
  registers: number;
  slots: number;
  isMemoryless: boolean;
  readonly groups: Map<number, PatternNode>;
  readonly calls: Set<number>;
}

const MATCH: Instruction = { op: 'match' };
const END: Instruction = { op: 'end' };
const RETURN: Instruction = { op: 'return' };
const NEVER: Instruction = { op: 'fail' };

/** Compiles a tree. @param groups how many groups it remembers, the whole not included */
export function compile(tree: PatternNode, groups: number): Program {
  const compiler: Compiler = {
    registers: 3 * (groups + 1),
    slots: 0,
    isMemoryless: true,
    groups: new Map(),
    calls: new Set(),
  };
  const start = emit(compiler, tree, MATCH);
  const bodies = new Map<number, Instruction>();
  // A set that grows while it is gone through: a called body may call others.
  for (const group of compiler.calls) {
    const body = group === 0 ? tree : compiler.groups.get(group);
    if (body !== undefined) bodies.set(group, emit(compiler, body, RETURN));
  }
  const { registers, slots, isMemoryless } = compiler;
  return { start, bodies, registers, groups, slots, isMemoryless, firstOctets: findFirstOctets(start) };
}

/** @returns where `node` begins, `next` being what comes after it */
function emit(compiler: Compiler, node: PatternNode, next: Instruction): Instruction {
  switch (node.kind) {
    case 'set':
      return { op: 'set', set: node.set, next };
    case 'sequence':
      return node.items.reduceRight((after, item) => emit(compiler, item, after), next);
    case 'choice':
      return emitChoice(compiler, node.branches, next);
    case 'group': {
      compiler.groups.set(node.index, node);
      const close: Instruction = { op: 'close', group: node.index, optional: node.optional, next };
      return { op: 'open', group: node.index, next: emit(compiler, node.body, close) };
    }
    case 'repeat':
      return emitRepeat(compiler, node, next);
    case 'place':
      return { op: 'place', place: node.place, next };
    case 'atomic':
      return { op: 'atomic', body: emit(compiler, node.body, END), next };
    case 'look': {
      const [yes, no] = node.negative ? [NEVER, next] : [next, NEVER];
      return { op: 'look', body: emit(compiler, node.body, END), negative: node.negative, yes, no };
    }
    case 'look-condition': {
      const [yes, no] = [emit(compiler, node.yes, next), emit(compiler, node.no, next)];
      const [found, missed] = node.negative ? [no, yes] : [yes, no];
      return { op: 'look', body: emit(compiler, node.body, END), negative: node.negative, yes: found, no: missed };
    }
    case 'back':
      return { op: 'back', octets: node.octets, next };
    case 'reference':
      compiler.isMemoryless = false;
      return { op: 'reference', groups: node.groups, caseless: node.caseless, next };
    case 'call':
      compiler.isMemoryless = false;
      compiler.calls.add(node.group);
      return { op: 'call', group: node.group, next };
    case 'condition': {
      compiler.isMemoryless = false;
      const [yes, no] = [emit(compiler, node.yes, next), emit(compiler, node.no, next)];
      return { op: 'condition', test: node.test, yes, no };
    }
    case 'keep':
      return { op: 'mark', register: 0, next };
    case 'fail':
      return NEVER;
  }
}

function emitChoice(compiler: Compiler, branches: readonly PatternNode[], next: Instruction): Instruction {
  const starts = branches.map((branch) => emit(compiler, branch, next));
  return starts.reduceRight((second, first) => ({ op: 'split', first, second, slot: compiler.slots++ }));
}

function emitRepeat(
  compiler: Compiler,
  { body, times }: { readonly body: PatternNode; readonly times: Times },
  next: Instruction,
): Instruction {
  const { min, max, mode } = times;
  if (mode === 'possessive') {
    return { op: 'atomic', body: emitRepeat(compiler, { body, times: { min, max, mode: 'greedy' } }, END), next };
  }
  const choose = (enter: Instruction, leave: Instruction): Instruction & { op: 'split' } => {
    const [first, second] = mode === 'lazy' ? [leave, enter] : [enter, leave];
    return { op: 'split', first, second, slot: compiler.slots++ };
  };
  let start = next;
  // What is never matched can still be called: `(a){0}(?1)`.
  if (max === 0) emit(compiler, body, next);
  if (max === Infinity) {
    start = emitLoop(compiler, body, { times, next, choose });
  } else {
    for (let copy = min; copy < max; copy++) start = choose(emit(compiler, body, start), next);
  }
  // A loop that must turn once begins with its turn; what was emitted as a loop is what comes after that.
  for (let copy = 0; copy < min; copy++) start = emit(compiler, body, start);
  return start;
}

interface Loop {
  readonly times: Times;
  readonly next: Instruction;
  readonly choose: (enter: Instruction, leave: Instruction) => Instruction & { op: 'split' };
}

function emitLoop(compiler: Compiler, body: PatternNode, { times, next, choose }: Loop): Instruction {
  if (body.kind === 'set' && times.mode === 'greedy') {
    return { op: 'star', set: body.set, slot: compiler.slots++, next };
  }
  const split = choose(next, next);
  let enter: Instruction;
  if (body.nullable) {
    const register = compiler.registers++;
    const turned = emit(compiler, body, { op: 'turn', register, again: split, exit: next });
    enter = { op: 'mark', register, next: turned };
  } else {
    enter = emit(compiler, body, split);
  }
  if (times.mode === 'lazy') split.second = enter;
  else split.first = enter;
  return split;
}

function findFirstOctets(start: Instruction): OctetSet | undefined {
  const first = new Uint8Array(256);
  const seen = new Set<Instruction>();
  const open = [start];
  for (let instruction = open.pop(); instruction !== undefined; instruction = open.pop()) {
    if (seen.has(instruction)) continue;
    seen.add(instruction);
    switch (instruction.op) {
      case 'set':
        addAll(first, instruction.set);
        break;
      case 'star':
        addAll(first, instruction.set);
        open.push(instruction.next);
        break;
      case 'split':
        open.push(instruction.first, instruction.second);
        break;
      case 'open':
      case 'close':
      case 'mark':
      case 'place':
        open.push(instruction.next);
        break;
      case 'turn':
        open.push(instruction.again, instruction.exit);
        break;
      case 'look':
        open.push(instruction.yes, instruction.no);
        break;
      case 'fail':
        break;
      case 'atomic':
      case 'back':
      case 'reference':
      case 'call':
      case 'condition':
      case 'return':
      case 'match':
      case 'end':
        return undefined;
    }
  }
  return first;
}
