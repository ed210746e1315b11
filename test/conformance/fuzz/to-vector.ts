// A random case as the oracle reads it.
import type { FuzzCase } from './make-case.ts';

/** A case whose probes expect nothing yet: JSON. */
export function toCaseJson({ name, mainCf, files, probes }: FuzzCase): string {
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  const texts = Object.fromEntries(Object.entries(files).map(([path, lines]) => [path, text(lines)]));
  const config = { main_cf: text(mainCf), files: texts };
  return `${JSON.stringify({ name, postfix: '', note: '', covers: [], config, probes }, null, 1)}\n`;
}
