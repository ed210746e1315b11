import type { SourceLocation } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { foldKey } from '../tables/fold-key.ts';
import { parseAliasValue } from './alias-value.ts';
import type { CheckWorld } from './check-world.ts';
import { findCircles } from './circles.ts';
import { openNameList, type NameList } from './name-list.ts';
import { listEntries } from './table-entries.ts';
import { openMainView } from './view.ts';

interface Virtual {
  readonly entries: ReadonlyMap<Octets, { readonly targets: readonly Octets[]; readonly at: SourceLocation }>;
  readonly myorigin: Octets;
  readonly destinations: NameList;
}

/** Any user of a domain that has an entry as a whole. */
const ANYBODY = 'anybody';

/** Virtual aliases that go in circles. @see virtual(5) */
export function* checkVirtualAliases(world: CheckWorld): Generator<Finding> {
  const virtual = readVirtual(world);
  const starts = [...virtual.entries.keys()].flatMap((key) => {
    if (key.startsWith('@')) return [ANYBODY + key];
    return key.includes('@') ? [key] : key.includes('.') ? [] : [`${key}@${virtual.myorigin}`];
  });
  for (const circle of findCircles(starts, (address) => expand(address, virtual))) {
    const [first] = circle;
    if (first === undefined) continue;
    yield {
      severity: 'error',
      code: 'virtual-alias-loop',
      at: findEntry(first, virtual)?.at ?? { file: world.mainCf },
      problem: `virtual aliases go in a circle: ${[...circle, first].join(' → ')}`,
      why: 'cleanup gives up after virtual_alias_recursion_limit rounds: the mail is not accepted, again and again.',
      hint: 'let one of them lead to another address',
      postfixLine: `warning: unreasonable virtual_alias_maps map nesting for ${first} -- message not accepted, try again later`,
    };
  }
}

function readVirtual(world: CheckWorld): Virtual {
  const view = openMainView(world);
  const entries = new Map<Octets, { targets: readonly Octets[]; at: SourceLocation }>();
  for (const { parameter, service, table } of world.tables) {
    if (parameter !== 'virtual_alias_maps' || service !== undefined || table.kind === 'pattern') continue;
    for (const { key, value, source } of listEntries(table)) {
      const name = foldKey(key, false);
      if (entries.has(name)) continue;
      entries.set(name, { targets: parseAliasValue(value).map(({ text }) => foldKey(text, false)), at: source });
    }
  }
  return {
    entries,
    myorigin: foldKey(view.get('myorigin'), false),
    destinations: openNameList(world, { view, parameter: 'mydestination' }),
  };
}

/** Where an address leads; nowhere if it leads to itself, which ends the expansion. */
function expand(address: Octets, virtual: Virtual): readonly Octets[] {
  const entry = findEntry(address, virtual);
  if (entry === undefined) return [];
  const user = address.slice(0, address.lastIndexOf('@'));
  return entry.targets.map((target) => {
    if (target.startsWith('@')) return user + target;
    return target.includes('@') ? target : `${target}@${virtual.myorigin}`;
  });
}

/** The entry for an address, in the order of virtual(5); extensions are left out: no circle needs them. */
function findEntry(
  address: Octets,
  { entries, myorigin, destinations }: Virtual,
): { targets: readonly Octets[]; at: SourceLocation } | undefined {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const isLocal = domain === myorigin || destinations.find(domain) !== undefined;
  return (
    entries.get(address) ?? (isLocal ? entries.get(address.slice(0, at)) : undefined) ?? entries.get(address.slice(at))
  );
}
