import { splitItems } from '../tables/braces.ts';
import { LIST_SEPARATORS, splitOutsideBraces } from '../config/braces.ts';
import type { SourceLocation } from '../config/config-error.ts';
import { readOverrides, toServiceName, type MasterEntry } from '../config/master-cf.ts';
import { viewOf, type FindParameter } from '../config/services.ts';
import type { Octets } from '../octets.ts';
import { remember } from '../remember.ts';
import { findEntry, placeOfValue, type CheckWorld } from './check-world.ts';

/** A word of a value, where it is written. */
export interface Word {
  /** With `$name` expanded. */
  readonly text: Octets;
  /** Of a word that a `$name` stands for, the place of the `$name`. */
  readonly at: SourceLocation;
  /** Whether it stands there to the letter, and isn't what a `$name` stands for. */
  readonly isWritten: boolean;
}

/** The parameters as one program of Postfix sees them. */
export interface View {
  /** Whose `-o` come before main.cf; undefined: main.cf's own. */
  readonly service: MasterEntry | undefined;
  /** A parameter with `$name` expanded; empty if there is no such parameter. */
  get(name: Octets): Octets;
  isYes(name: Octets): boolean;
  /** Whether somebody wrote it, so that it isn't a default. */
  isSet(name: Octets): boolean;
  /** Whether the service's own `-o` says it. */
  isOwn(name: Octets): boolean;
  /** The words of a value, between white space and commas; what stands in braces is one word. */
  words(name: Octets): readonly Word[];
  /** Where the value stands; main.cf as a whole if it is a default. */
  placeOf(name: Octets): SourceLocation;
}

/** main.cf as programs without `-o` see it. */
export function openMainView(world: CheckWorld): View {
  return openView(world, undefined);
}

/**
 * main.cf as it is, and as each service of a program sees it that sets parameters of its own.
 * @param programs the last part of the command: `smtpd`
 */
export function openViews(world: CheckWorld, programs: readonly Octets[]): readonly View[] {
  const services = listServices(world).filter((entry) => programs.includes(toProgram(entry)));
  const own = services.filter((entry) => readOverrides(entry).length > 0).map((entry) => openView(world, entry));
  // Where every service has its own value, main.cf's is nobody's; with `-o` for other parameters it shows there, too.
  return services.length > 0 && own.length === services.length ? own : [openMainView(world), ...own];
}

/** The services that Postfix runs: of entries that share name and type the last. */
export function listServices({ services }: Pick<CheckWorld, 'services'>): readonly MasterEntry[] {
  return [...new Map(services.map((entry) => [toServiceName(entry), entry])).values()];
}

/** The daemon that a service runs: `smtpd`. */
export function toProgram({ fields }: MasterEntry): Octets {
  return fields.command.slice(fields.command.lastIndexOf('/') + 1);
}

function openView(world: CheckWorld, service: MasterEntry | undefined): View {
  const views = world.once('views', () => new Map<MasterEntry | undefined, View>());
  const before = views.get(service);
  if (before !== undefined) return before;
  const view = makeView(world, service);
  views.set(service, view);
  return view;
}

function makeView(world: CheckWorld, service: MasterEntry | undefined): View {
  const overrides = new Map((service === undefined ? [] : readOverrides(service)).map((one) => [one.name, one]));
  const find: FindParameter = service === undefined ? world.raw : viewOf(service, world.raw);
  const expand = (text: Octets): Octets => world.expand(text, find);
  // Checks ask for the same lists again and again.
  const get = remember((name): Octets => expand(find(name) ?? ''));
  const words = remember((name) => readWords(find(name) ?? '', expand, toPlaces(world, name, overrides.get(name)?.at)));
  return {
    service,
    get,
    isYes: (name) => get(name).toLowerCase() === 'yes',
    isOwn: (name) => overrides.has(name),
    isSet: (name) => overrides.has(name) || world.values.has(name),
    words,
    placeOf: (name) => overrides.get(name)?.at ?? placeOfValue(world, name),
  };
}

function toPlaces(
  world: CheckWorld,
  name: Octets,
  override: SourceLocation | undefined,
): (offset: number) => SourceLocation {
  const entry = override === undefined ? findEntry(world, name) : undefined;
  return entry?.placeOf ?? (() => override ?? { file: world.mainCf });
}

function readWords(
  value: Octets,
  expand: (text: Octets) => Octets,
  placeOf: (offset: number) => SourceLocation,
): readonly Word[] {
  return splitOutsideBraces(value, LIST_SEPARATORS).flatMap(({ text, offset }): readonly Word[] => {
    const at = placeOf(offset);
    return text.includes('$')
      ? splitItems(expand(text)).map((word) => ({ text: word, at, isWritten: false }))
      : [{ text, at, isWritten: true }];
  });
}
