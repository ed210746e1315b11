import type { Finding } from '../config/finding.ts';
import type { CheckWorld } from './check-world.ts';
import { listSettings } from './settings-of.ts';
import { DEFAULT_CHANGES, isOlder, REMOVED_RESTRICTIONS } from './versions.ts';

/** The newest version of which it is known what changed. */
export const NEWEST_KNOWN = '3.10';

/** What an upgrade of production changes for this configuration. @param target the version, as `3.10` */
export function* checkUpgrade(world: CheckWorld, target: string): Generator<Finding> {
  const isPassed = (version: string): boolean => isOlder(world.version, version) && !isOlder(target, version);
  for (const { version, name, from, to, why, hint } of DEFAULT_CHANGES) {
    if (!isPassed(version) || world.values.has(name)) continue;
    const change = from === undefined ? `is new, and ${to ?? ''}` : `changes from ${from} to ${to ?? ''}`;
    yield {
      severity: 'note',
      code: 'default-changed',
      at: { file: world.mainCf },
      problem: `with Postfix ${version}, the default of ${name} ${change}`,
      why,
      hint,
    };
  }
  for (const { name, value, placeOf } of listSettings(world)) {
    if (!name.endsWith('_restrictions')) continue;
    for (const removed of REMOVED_RESTRICTIONS) {
      const offset = value.search(new RegExp(`\\b${removed.name}\\b`));
      if (offset < 0 || !isPassed(removed.version)) continue;
      yield {
        severity: 'error',
        code: 'restriction-removed',
        at: placeOf(offset),
        problem: `Postfix ${removed.version} has no ${removed.name} any more`,
        why: 'smtpd(8) answers 451 4.3.5 Server configuration error wherever it comes to it.',
        hint: `write ${removed.instead}`,
      };
    }
  }
}
