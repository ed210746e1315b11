import type { Machine } from './machine.ts';

/** The start or end of a group on the way to the match. */
export interface Passage {
  readonly kind: 'open' | 'close';
  readonly group: number;
  readonly position: number;
  /** At its end: whether it is a group that a quantifier allows to be left out. */
  readonly optional: boolean;
}

/** How the groups were passed on the way to the match that a machine has found. */
export function readPassages(machine: Machine): readonly Passage[] {
  const passages: Passage[] = [];
  for (let choice = machine.choices; choice !== undefined; choice = choice.below) {
    const { kind, instruction, position } = choice;
    if (kind !== 'restore') continue;
    if (instruction.op === 'open') passages.push({ kind: 'open', group: instruction.group, position, optional: false });
    if (instruction.op === 'close') {
      passages.push({ kind: 'close', group: instruction.group, position, optional: instruction.optional });
    }
  }
  return passages.reverse();
}
