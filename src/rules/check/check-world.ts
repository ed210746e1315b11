import type { SourceLocation } from '../config/config-error.ts';
import type { MainCfEntry } from '../config/main-cf.ts';
import type { MasterEntry } from '../config/master-cf.ts';
import type { PostfixParameters } from '../config/postfix-parameters.ts';
import type { FindParameter } from '../config/services.ts';
import type { Octets } from '../octets.ts';
import type { ReadFileFact } from '../tables/file-text.ts';
import type { LookupTable } from '../tables/lookup-table.ts';
import type { KnownNames } from './known-names.ts';

/**
 * All that checks may know of a configuration. But for `entries`, everything is as it was meant: a `# comment` behind a
 * value, which Postfix takes for a part of it, is left out, so that one slip is one finding and no check stumbles over it.
 */
export interface CheckWorld {
  /** The directory with main.cf and master.cf, as it was named. */
  readonly directory: Octets;
  /** main.cf's name in messages. */
  readonly mainCf: Octets;
  /** master.cf's name in messages. */
  readonly masterCf: Octets;
  /** What main.cf says to the letter, in its order, duplicates included. */
  readonly entries: readonly MainCfEntry[];
  /** What master.cf says, in its order; empty if there is none. */
  readonly services: readonly MasterEntry[];
  /** What Postfix has built in. */
  readonly parameters: PostfixParameters;
  /** What counts of main.cf, by name. */
  readonly values: ReadonlyMap<Octets, Octets>;
  /** A parameter's text: as set, else the default; undefined if there is no such parameter. */
  readonly raw: (name: Octets) => Octets | undefined;
  /** The same with `$name` expanded; empty if there is no such parameter, or if it can't be expanded. */
  readonly get: (name: Octets) => Octets;
  /**
   * Expands any text; empty if it can't be expanded.
   * @param find what names stand for, in the place of `raw`: a service's view, see `viewOf`
   */
  readonly expand: (text: Octets, find?: FindParameter) => Octets;
  readonly readFile: ReadFileFact;
  /** The tables that main.cf and the `-o` of master.cf name. */
  readonly tables: readonly NamedTable[];
  /** The names of the accounts; undefined if every local part is taken for one. */
  readonly accounts: ReadonlySet<Octets> | undefined;
  /** Which names somebody reads. */
  readonly known: KnownNames;
  /** What holds where main.cf says nothing: catch_defaults. `raw` has Postfix's defaults in either case. */
  readonly defaults: 'postfixture' | 'postfix';
  /** The version that production runs: `3.7`. */
  readonly version: string;
  /**
   * Something that is made of this world alone, made once: checks look at the same lists again and again.
   * @param key of equal keys, `make` is called for the first
   */
  readonly once: <T>(key: string, make: () => T) => T;
}

/** A table where it is named. */
export interface NamedTable {
  /** `hash:/etc/postfix/virtual`, expanded. */
  readonly spec: Octets;
  /** The parameter that names it. */
  readonly parameter: Octets;
  /** The service whose `-o` names it; undefined for main.cf. */
  readonly service?: MasterEntry;
  /** Where it is named; without a line, if a default names it. */
  readonly at: SourceLocation;
  /** Opened once, wherever it is named. Its lookups throw a LookupError where it is broken, or would have to ask outside. */
  readonly table: LookupTable;
}

/** The entry of main.cf that counts for a name: the last. */
export function findEntry({ entries }: Pick<CheckWorld, 'entries'>, name: Octets): MainCfEntry | undefined {
  return entries.findLast((entry) => entry.name === name);
}

/** Where a parameter's value stands; main.cf as a whole if it is left at its default. */
export function placeOfValue(world: Pick<CheckWorld, 'entries' | 'mainCf'>, name: Octets): SourceLocation {
  return findEntry(world, name)?.valueAt ?? { file: world.mainCf };
}
