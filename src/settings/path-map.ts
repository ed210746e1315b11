import { isAbsolute, join, relative, resolve } from 'node:path';

/** One `FROM=TO` of `catch_path_map`: what is below FROM is found below TO. */
export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

/**
 * Where a path that a configuration names is found on this machine: the longest `from` that holds it decides.
 * @param path absolute, as Postfix would open it
 * @see postfixture help parameters, catch_path_map
 */
export function mapPath(path: string, mappings: readonly PathMapping[]): string {
  const whole = resolve(path);
  let best: PathMapping | undefined;
  for (const mapping of mappings) {
    if (holds(mapping.from, whole) && (best === undefined || mapping.from.length > best.from.length)) best = mapping;
  }
  return best === undefined ? whole : join(best.to, relative(best.from, whole));
}

/** Reads `FROM=TO …`, separated by white space or commas. A TO that is relative begins at `base`. */
export function parsePathMap(text: string, base: string): readonly PathMapping[] {
  return text
    .split(/[\s,]+/)
    .filter((item) => item !== '')
    .map((item) => {
      const equals = item.indexOf('=');
      const [from, to] = equals < 0 ? [item, item] : [item.slice(0, equals), item.slice(equals + 1)];
      return { from: resolve('/', from), to: resolve(base, to) };
    });
}

function holds(directory: string, path: string): boolean {
  const rest = relative(directory, path);
  return rest === '' || (!rest.startsWith('..') && !isAbsolute(rest));
}
