import { fromOctets } from '../rules/octets.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/settings.ts';
import { openLookups, type Lookups } from './lookups.ts';

/**
 * The way outside for settings that are read again and again: it is opened before the first are read, whose tables ask
 * by it, and then told of them.
 */
export interface LiveLookups extends Lookups {
  /** From now on these settings say whom it may ask, and where files are. */
  follow(current: () => Settings): void;
}

/** Opens it; until it follows settings, nobody but this machine is asked. */
export function openLiveLookups(log: () => Log | undefined): LiveLookups {
  let current: (() => Settings) | undefined;
  const lookups = openLookups({
    allow: () => current?.().get('catch_lookup_allow') ?? [],
    mapPath: (path) => current?.().configuration.locate(path) ?? path,
    report: ({ problem }) => log()?.warn({ problem: fromOctets(problem) }, 'a lookup table'),
  });
  return { ...lookups, follow: (settings) => void (current = settings) };
}
