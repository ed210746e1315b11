import type { SourceLocation } from '../config/config-error.ts';
import { readOverrides } from '../config/master-cf.ts';
import { viewOf } from '../config/services.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { withoutComments } from './comment.ts';

/** One `name = value`, of main.cf or of a service. */
export interface SettingOf {
  readonly name: Octets;
  /** As it was meant: without a comment behind it. */
  readonly value: Octets;
  /** As it is written. */
  readonly written: Octets;
  /** Where the name stands. */
  readonly at: SourceLocation;
  /** Where an octet of the written value stands; the argument as a whole in master.cf. */
  readonly placeOf: (offset: number) => SourceLocation;
  /** The file, as Postfix's messages name it. */
  readonly file: Octets;
  /** Expands `$name` as whoever reads the setting sees it; empty if it can't be expanded. */
  readonly expand: (text: Octets) => Octets;
}

/** The settings that count: of main.cf the last of each name, then every `-o` of master.cf. */
export function listSettings(world: Omit<CheckWorld, 'known'>): readonly SettingOf[] {
  return world.once('settings', () => [...walkSettings(world)]);
}

function* walkSettings(world: Omit<CheckWorld, 'known'>): Generator<SettingOf> {
  for (const entry of new Map(world.entries.map((one) => [one.name, one])).values()) {
    const { name, value, at, placeOf } = entry;
    const meant = withoutComments(entry);
    yield { name, value: meant, written: value, at, placeOf, file: world.mainCf, expand: (text) => world.expand(text) };
  }
  for (const service of world.services) {
    const view = viewOf(service, world.raw);
    for (const { name, value, at } of readOverrides(service)) {
      const expand = (text: Octets): Octets => world.expand(text, view);
      yield { name, value, written: value, at, placeOf: () => at, file: world.masterCf, expand };
    }
  }
}
