import type { Octets } from '../octets.ts';
import { readOverrides, toServiceName, type MasterEntry, type MasterOverride } from './master-cf.ts';

/** The value of a parameter as it is written, defaults included; undefined if there is no such parameter. */
export type FindParameter = (name: Octets) => Octets | undefined;

/**
 * Parameters as a service's daemon sees them: its own `-o` first, of equal names the last, then those of main.cf.
 * `service_name` and `process_name` are the service's own.
 * @param find main.cf's
 * @see postconf(5), service_name; master(5), "-o"
 */
export function viewOf(entry: MasterEntry, find: FindParameter): FindParameter {
  const overrides = readOverrides(entry).map(({ name, value }) => [name, value] as const);
  const own = new Map([...overrides, ...readOnlyParameters(entry)]);
  return (name) => own.get(name) ?? find(name);
}

/**
 * The `-o` of all services that have any, by parameter, as postconf(1) has them. QUIRK: it keeps them by the service's
 * name and type: entries that share these share their overrides, from the first entry on that has any.
 */
export function collectOverrides(
  entries: readonly MasterEntry[],
): ReadonlyMap<MasterEntry, ReadonlyMap<Octets, MasterOverride>> {
  const shared = new Map<Octets, Map<Octets, MasterOverride>>();
  const collected = new Map<MasterEntry, ReadonlyMap<Octets, MasterOverride>>();
  for (const entry of entries) {
    const overrides = readOverrides(entry);
    const name = toServiceName(entry);
    const known = shared.get(name) ?? new Map<Octets, MasterOverride>();
    for (const override of overrides) known.set(override.name, override);
    if (known.size === 0) continue;
    shared.set(name, known);
    collected.set(entry, known);
  }
  return collected;
}

/** What a daemon knows of itself, and no configuration changes. */
export function readOnlyParameters({ fields }: MasterEntry): ReadonlyMap<Octets, Octets> {
  return new Map([
    ['service_name', fields.service],
    ['process_name', fields.command.slice(fields.command.lastIndexOf('/') + 1)],
  ]);
}
