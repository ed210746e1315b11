import type { RouteOptions } from 'fastify';

/** What is known of the paths of the API: which methods each has. */
export interface OtherMethods {
  /** For Fastify's `onRoute`. */
  add(route: Pick<RouteOptions, 'method' | 'url'>): void;
  /**
   * The methods of a path that was asked with another one, as the Allow header names them: it is 405, as in Mailpit.
   * @returns undefined for a path that nobody knows
   */
  findAllowed(path: string): string | undefined;
}

/** Begins with no path. */
export function createOtherMethods(): OtherMethods {
  const methodsOf = new Map<string, Set<string>>();
  return {
    add({ method, url }) {
      if (!url.startsWith('/api/v1/') || url.endsWith('*')) return;
      const methods = methodsOf.get(url) ?? new Set(['OPTIONS']);
      for (const one of [method].flat()) methods.add(one);
      methodsOf.set(url, methods);
    },
    findAllowed(path) {
      const segments = path.replace(/\/$/, '').split('/');
      for (const [url, methods] of methodsOf) {
        if (isPathOf(url.split('/'), segments)) return [...methods].sort().join(', ');
      }
      return undefined;
    },
  };
}

function isPathOf(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((name, index) => name === segments[index] || (name.startsWith(':') && segments[index] !== ''))
  );
}
