import { createRequire } from 'node:module';

/** This program's version. Read by the package's own name, so that sources and bundle find the same file. */
export function readVersion(): string {
  const manifest = createRequire(import.meta.url)('postfixture/package.json') as { readonly version: string };
  return manifest.version;
}
