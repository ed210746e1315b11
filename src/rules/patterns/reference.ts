import type { Machine } from './machine.ts';
import { toUpper } from './octet-set.ts';
import type { Instruction } from './program.ts';

/**
 * Where a back reference's text ends, if it stands at `from`.
 * @returns -1 if it doesn't, or if none of its groups has matched
 */
export function findReferenceEnd(
  { registers, subject }: Machine,
  { groups, caseless }: Instruction & { readonly op: 'reference' },
  from: number,
): number {
  for (const group of groups) {
    const start = registers[2 * group] ?? -1;
    const end = registers[2 * group + 1] ?? -1;
    if (start < 0 || end < 0) continue;
    const length = end - start;
    for (let index = 0; index < length; index++) {
      const [a, b] = [subject.charCodeAt(start + index), subject.charCodeAt(from + index)];
      if (a !== b && (!caseless || toUpper(a) !== toUpper(b))) return -1;
    }
    return from + length;
  }
  return -1;
}
