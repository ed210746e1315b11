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

/** What addresses without a domain, and whole domains, are told by. */
interface Home {
  readonly myorigin: Octets;
  readonly destinations: NameList;
}

interface Virtual extends Home {
  readonly entries: ReadonlyMap<Octets, { readonly targets: readonly Octets[]; readonly at: SourceLocation }>;
}

/** Any user of a domain that has an entry as a whole. */
const ANYBODY = 'anybody';

/** The tables whose answers are looked up again, and what their entries are called. */
const KINDS: Readonly<Record<string, string>> = {
  virtual_alias_maps: 'virtual aliases',
  canonical_maps: 'canonical addresses',
  recipient_canonical_maps: 'canonical addresses',
  sender_canonical_maps: 'canonical addresses',
};

/** Addresses that go in circles, in tables whose answers are looked up again. @see virtual(5), canonical(5) */
export function* checkAddressLoops(world: CheckWorld): Generator<Finding> {
  const view = openMainView(world);
  const home = {
    myorigin: foldKey(view.get('myorigin'), false),
    destinations: openNameList(world, { view, parameter: 'mydestination' }),
  };
  for (const parameter of Object.keys(KINDS)) yield* findLoops(parameter, home, world);
}

function* findLoops(parameter: Octets, home: Home, world: CheckWorld): Generator<Finding> {
  const virtual = { ...home, entries: readEntries(parameter, world) };
  const what = KINDS[parameter] ?? parameter;
  const starts = [...virtual.entries.keys()].flatMap((key) => {
    if (key.startsWith('@')) return [ANYBODY + key];
    return key.includes('@') ? [key] : key.includes('.') ? [] : [`${key}@${virtual.myorigin}`];
  });
  for (const circle of findCircles(starts, (address) => expand(address, virtual))) {
    const [first] = circle;
    if (first === undefined) continue;
    yield {
      severity: 'error',
      code: 'address-loop',
      at: findEntry(first, virtual)?.at ?? { file: world.mainCf },
      problem: `${what} go in a circle: ${[...circle, first].join(' → ')}`,
      why: 'cleanup gives up after so many rounds: the mail is not accepted, again and again.',
      hint: 'let one of them lead to another address',
      postfixLine: `warning: unreasonable ${parameter} map nesting for ${first} -- message not accepted, try again later`,
    };
  }
}

function readEntries(maps: Octets, world: CheckWorld): Virtual['entries'] {
  const entries = new Map<Octets, { targets: readonly Octets[]; at: SourceLocation }>();
  for (const { parameter, service, table } of world.tables) {
    if (parameter !== maps || service !== undefined || table.kind === 'pattern') continue;
    for (const { key, value, source } of listEntries(table)) {
      const name = foldKey(key, false);
      if (entries.has(name)) continue;
      entries.set(name, { targets: parseAliasValue(value).map(({ text }) => foldKey(text, false)), at: source });
    }
  }
  return entries;
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
