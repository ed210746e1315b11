import type { Octets } from '../octets.ts';
import { MASTER_FIELDS, type MasterField } from './master-cf.ts';

/** Which services, and what of them, a command line names: `smtp/inet/chroot`; a part may be `*`. */
export type ServicePattern = readonly Octets[];

const ANY = '*';

/**
 * Takes a pattern apart.
 * @param fewest how many parts there must be; up to `most` they are filled with `*`
 * @returns undefined if it has fewer or more parts, or a `*` that isn't a part by itself
 * @see Postfix's postconf_match.c
 */
export function parseServicePattern(text: Octets, fewest: number, most: number): ServicePattern | undefined {
  if (text.startsWith('/')) return undefined;
  // QUIRK: `smtp//inet/` is `smtp/inet`.
  const parts = text.split('/').filter((part) => part !== '');
  if (parts.length < fewest || parts.length > most) return undefined;
  if (parts.some((part) => part !== ANY && part.includes(ANY))) return undefined;
  return [...parts, ...new Array<Octets>(most - parts.length).fill(ANY)];
}

/** Whether a part of a pattern stands for everything. */
export function isAny(part: Octets | undefined): boolean {
  return part === ANY;
}

/** Whether a pattern holds a service. */
export function matchesService([name, type]: ServicePattern, service: Octets, serviceType: Octets): boolean {
  return (isAny(name) || name === service) && (isAny(type) || type === serviceType);
}

/** The column called `name`, or every column for `*`; undefined if there is none. */
export function findFields(name: Octets | undefined): readonly MasterField[] | undefined {
  if (isAny(name)) return MASTER_FIELDS;
  const field = MASTER_FIELDS.find((known) => known === name);
  return field && [field];
}
