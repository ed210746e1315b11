import type { PatternNode } from './syntax-tree.ts';

/**
 * How many octets `node` takes: undefined if that can differ.
 * @see pcre2pattern(3), "Lookbehind assertions"
 */
export function findFixedLength(node: PatternNode): number | undefined {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return sum(node.items);
    case 'choice':
      return same(node.branches);
    case 'group':
    case 'atomic':
      return findFixedLength(node.body);
    case 'repeat': {
      const { min, max } = node.times;
      if (node.body.kind === 'look') return 0;
      const once = min === max ? findFixedLength(node.body) : undefined;
      return once === undefined ? undefined : once * min;
    }
    case 'condition':
    case 'look-condition':
      return same([node.yes, node.no]);
    case 'place':
    case 'look':
    case 'keep':
    case 'fail':
      return 0;
    case 'back':
    case 'reference':
    case 'call':
      return undefined;
  }
}

function sum(nodes: readonly PatternNode[]): number | undefined {
  let total = 0;
  for (const node of nodes) {
    const length = findFixedLength(node);
    if (length === undefined) return undefined;
    total += length;
  }
  return total;
}

function same(nodes: readonly PatternNode[]): number | undefined {
  const [first, ...others] = nodes.map(findFixedLength);
  return others.every((length) => length === first) ? first : undefined;
}
