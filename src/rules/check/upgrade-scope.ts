import type { CheckWorld } from './check-world.ts';
import { isOlder } from './versions.ts';
import { listServices, toProgram } from './view.ts';

/** Whom a change concerns: all that is given must hold; without anything, everybody. */
export interface Scope {
  /** One of these parameters has a value that isn't `no` or `none`. */
  readonly uses?: readonly string[];
  /** A table of one of these types is named. */
  readonly tableTypes?: readonly string[];
  /** master.cf runs this program. */
  readonly program?: string;
  /** compatibility_level is at least so high; with a lower one the old default holds. */
  readonly level?: string;
}

/** Something that a version of Postfix changed for those who changed nothing. */
export interface Change extends Scope {
  /** The version that brought it. */
  readonly version: string;
  /** Where Postfix says so. */
  readonly source: string;
  /** What comes of it. */
  readonly why: string;
  readonly hint: string;
}

/** Values with which a feature isn't used. */
const OFF: ReadonlySet<string> = new Set(['', 'no', 'none']);

/** Whether a change concerns a configuration, but for its level. */
export function concerns({ uses, tableTypes, program }: Scope, world: CheckWorld): boolean {
  if (uses !== undefined && !uses.some((name) => !OFF.has(world.get(name).toLowerCase()))) return false;
  if (
    tableTypes !== undefined &&
    !world.tables.some(({ spec, at }) => at.line !== undefined && isOf(tableTypes, spec))
  ) {
    return false;
  }
  return program === undefined || listServices(world).some((entry) => toProgram(entry) === program);
}

/** Whether compatibility_level lets a change in. */
export function reachesLevel({ level }: Scope, world: CheckWorld): boolean {
  return level === undefined || !isOlder(world.get('compatibility_level'), level);
}

function isOf(types: readonly string[], spec: string): boolean {
  return types.includes(/^(?:proxy:)*([^:]*)/.exec(spec)?.[1] ?? '');
}
