import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { placeOfValue, type CheckWorld } from './check-world.ts';
import { listClassNames } from './restriction-list.ts';
import { listSettings } from './settings-of.ts';
import { BEHAVIOUR_CHANGES } from './upgrade-behaviours.ts';
import { DEFAULT_CHANGES, type DefaultChange } from './upgrade-defaults.ts';
import {
  REMOVED_PARAMETERS,
  REMOVED_RESTRICTIONS,
  WARNED_RESTRICTIONS,
  type RestrictionChange,
} from './upgrade-removals.ts';
import { concerns, reachesLevel } from './upgrade-scope.ts';
import { isOlder } from './versions.ts';

/** The newest version of which it is known what changed. */
export const NEWEST_KNOWN = '3.11';

/** Whether a version is one that the upgrade passes. */
type IsPassed = (version: string) => boolean;

/** What an upgrade of production changes for this configuration. @param target the version, as `3.10` */
export function* checkUpgrade(world: CheckWorld, target: string): Generator<Finding> {
  const isPassed: IsPassed = (version) => isOlder(world.version, version) && !isOlder(target, version);
  const changes = DEFAULT_CHANGES.filter((change) => {
    return isPassed(change.version) && !world.values.has(change.name) && concerns(change, world);
  });
  for (const change of changes) if (reachesLevel(change, world)) yield toDefaultChanged(change, world);
  yield* findHeldBack(
    changes.filter((change) => !reachesLevel(change, world)),
    world,
  );
  for (const change of BEHAVIOUR_CHANGES) {
    if (!isPassed(change.version) || !concerns(change, world)) continue;
    const { version, problem, why, hint, source } = change;
    yield {
      severity: 'note',
      code: 'behaviour-changed',
      at: { file: world.mainCf },
      problem: `with Postfix ${version}, ${problem}`,
      why: `${why} (${source})`,
      hint,
    };
  }
  yield* findRemovals(world, isPassed);
}

function toDefaultChanged({ version, name, from, to, why, hint, source }: DefaultChange, world: CheckWorld): Finding {
  const change = from === undefined ? `is new, and ${to}` : `changes from ${from === '' ? 'empty' : from} to ${to}`;
  return {
    severity: 'note',
    code: 'default-changed',
    at: { file: world.mainCf },
    problem: `with Postfix ${version}, the default of ${name} ${change}`,
    why: `${why} (${source})`,
    hint,
  };
}

/** Defaults that would be others if compatibility_level were higher. */
function* findHeldBack(changes: readonly DefaultChange[], world: CheckWorld): Generator<Finding> {
  for (const { name, from, to, level = '', why, source } of changes) {
    const old = from === undefined || from === '' ? 'empty' : from;
    yield {
      severity: 'note',
      code: 'compatibility-level',
      at: placeOfValue(world, 'compatibility_level'),
      problem: `compatibility_level = ${world.get('compatibility_level')} keeps ${name} ${old}, whose default is ${to} from level ${level} on`,
      why: `${why} (${source})`,
      hint: `set ${name}, then compatibility_level = ${level} or higher`,
    };
  }
}

function* findRemovals(world: CheckWorld, isPassed: IsPassed): Generator<Finding> {
  const classes = listClassNames(world);
  for (const { name, value, at, placeOf, file } of listSettings(world)) {
    const version = REMOVED_PARAMETERS.get(name);
    if (version !== undefined && isPassed(version)) {
      yield {
        severity: 'warning',
        code: 'parameter-removed',
        at,
        problem: `Postfix ${version} has no ${name} any more`,
        why: 'Nothing reads it from then on.',
        hint: `take ${name} out`,
        postfixLine: `warning: ${file}: unused parameter: ${name}=${value}`,
      };
    }
    if (!name.endsWith('_restrictions') && !classes.includes(name)) continue;
    const findPlace = ({ name: restriction, version: since }: RestrictionChange) => {
      const offset = isPassed(since) ? findWord(value, restriction) : -1;
      return offset < 0 ? undefined : placeOf(offset);
    };
    for (const removed of REMOVED_RESTRICTIONS) {
      const place = findPlace(removed);
      if (place !== undefined) yield { at: place, ...toRemoved(removed) };
    }
    for (const warned of WARNED_RESTRICTIONS) {
      const place = findPlace(warned);
      if (place !== undefined) yield { at: place, ...toWarned(warned) };
    }
  }
}

function toRemoved({ version, name, instead, line }: RestrictionChange): Omit<Finding, 'at'> {
  return {
    severity: 'error',
    code: 'restriction-removed',
    problem: `Postfix ${version} has no ${name} any more`,
    why: 'smtpd(8) answers 451 4.3.5 Server configuration error wherever it comes to it.',
    hint: `write ${instead}`,
    postfixLine: `warning: ${line}`,
  };
}

function toWarned({ version, name, instead, line }: RestrictionChange): Omit<Finding, 'at'> {
  return {
    severity: 'warning',
    code: 'restriction-deprecated',
    problem: `from Postfix ${version} on, smtpd warns of ${name}`,
    why: 'It still works, and will go.',
    hint: `write ${instead}`,
    postfixLine: `warning: ${line}`,
  };
}

/** Where a word of a list begins; -1 if it isn't in it. */
function findWord(value: Octets, word: string): number {
  return value.search(new RegExp(`(?<![\\w:/.-])${word}(?![\\w:/.-])`, 'i'));
}
