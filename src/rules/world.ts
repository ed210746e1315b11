import type { SourceLocation } from './config/config-error.ts';
import type { MachineFacts } from './config/machine-facts.ts';
import type { MasterEntry } from './config/master-cf.ts';
import type { AskDns } from './dns/dns.ts';
import type { Octets } from './octets.ts';
import type { Answer, PolicyQuestion } from './question.ts';
import type { ReadFileFact } from './tables/file-text.ts';
import type { LookupTable } from './tables/lookup-table.ts';
import type { Maps } from './tables/maps.ts';
import type { TableOptions } from './tables/table-world.ts';

/**
 * All that rules may know beside the mail itself: one configuration with its tables, and the facts beside it. It is
 * frozen with the settings that it belongs to; whoever looks a key up does so within `Lookups.decide`, since a table may
 * have to ask outside.
 */
export interface RuleWorld {
  /**
   * The parameters as a service's daemon sees them, with its own `-o`; main.cf's where master.cf has no such service.
   * @param service as master.cf has it: `cleanup/unix`, `rewrite/unix`, `25/inet`
   */
  view(service: Octets): View;
  /** The service that a transport names; undefined if master.cf has none: mail for it is deferred. */
  findTransport(name: Octets): MasterEntry | undefined;
  /** Opens a lookup table, each but once. @param at where it is named */
  openTable(spec: Octets, at: SourceLocation, options?: TableOptions): LookupTable;
  /** Asks DNS; undefined: nobody is asked. */
  readonly askDns: AskDns | undefined;
  /** Asks a policy server. */
  readonly askPolicy: (question: PolicyQuestion) => Answer;
  /**
   * Whether a policy server that isn't asked, since it isn't on this machine, counts as one that doesn't answer; else
   * nothing follows from it.
   */
  readonly missesUnasked: boolean;
  /** Which addresses can be delivered to, in the place of probes: catch_verify_map. Undefined: nobody can say. */
  readonly verifyMap: LookupTable | undefined;
  readonly accounts: Accounts;
  /** Reads any file of the configuration, by its path as written; `.forward` and `:include:` files, too. */
  readonly readFile: ReadFileFact;
  readonly machine: MachineFacts;
  /** Of the settings: a verdict says which made it. */
  readonly settingsHash: string;
}

/** The parameters as one daemon sees them. Each is expanded and parsed but once. */
export interface View {
  /** The service whose view it is. */
  readonly service: Octets;
  /** The value, `$name` expanded; empty if there is no such parameter. */
  get(name: Octets): Octets;
  /** The value as written, `$name` left; undefined if there is no such parameter. */
  raw(name: Octets): Octets | undefined;
  /** Expands any text; empty if it can't be expanded. */
  expand(text: Octets): Octets;
  isYes(name: Octets): boolean;
  integer(name: Octets): number;
  /** A time, in seconds. */
  seconds(name: Octets): number;
  /** The words of a list, between white space and commas; what stands in braces is one word. */
  words(name: Octets): readonly Octets[];
  /** The lookup tables of a parameter, in their order. */
  maps(name: Octets): Maps;
  /** Where the value is written; `-o` of this run, and `(default)`, are no files. */
  placeOf(name: Octets): SourceLocation;
  /**
   * Something that is made of this view alone, made once and kept as long as the view lives: a list of patterns, a
   * parsed table of actions.
   * @param key of equal keys, `make` is called for the first
   */
  once<T>(key: string, make: () => T): T;
}

/** An account of the machine. @see passwd(5) */
export interface Account {
  readonly name: Octets;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: Octets;
  readonly home: Octets;
  readonly shell: Octets;
}

/** Who there is. */
export interface Accounts {
  /** An account by its name, upper and lower case told apart. */
  find(name: Octets): Account | undefined;
  /** The first account with a number: whose a file is. If accounts are guessed, there is none. */
  findByUid(uid: number): Account | undefined;
  /** Whether accounts are guessed: every name is one. */
  readonly areGuessed: boolean;
}
