import type { FastifyInstance, RouteOptions } from 'fastify';

/** Methods that change something; GET of what has none is a path that nobody knows. */
const METHODS = ['DELETE', 'PATCH', 'POST', 'PUT'] as const;

/** Knows which methods each path of the API has, and refuses the others: 405, as in Mailpit. */
export interface OtherMethods {
  /** For Fastify's `onRoute`. */
  add(route: Pick<RouteOptions, 'method' | 'url'>): void;
  /** Adds the routes that refuse. Called once, after all others. */
  refuse(app: FastifyInstance): void;
}

/** Begins with no path. */
export function createOtherMethods(): OtherMethods {
  const methodsOf = new Map<string, Set<string>>();
  return {
    add({ method, url }) {
      const methods = methodsOf.get(url) ?? new Set(['OPTIONS']);
      for (const one of [method].flat()) methods.add(one);
      methodsOf.set(url, methods);
    },
    refuse(app) {
      // The routes that are added here are told of, too.
      for (const [url, methods] of [...methodsOf]) {
        const others = METHODS.filter((method) => !methods.has(method));
        if (!url.startsWith('/api/v1/') || url.endsWith('*') || others.length === 0) continue;
        const allowed = [...methods].sort().join(', ');
        app.route({
          method: [...others],
          url,
          handler: async (_request, reply) =>
            reply.code(405).header('Allow', allowed).type('text/plain; charset=utf-8').send('Method Not Allowed\n'),
        });
      }
    },
  };
}
