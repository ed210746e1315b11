// For the tests of the runner itself: vectors that need no tool of the product.
import { fileURLToPath } from 'node:url';
import type { Program } from './shims.ts';
import { parseVector, type Vector } from './vector.ts';

/** The product as it is built. */
export const BUILT: Program = {
  file: fileURLToPath(new URL('../../bin/postfixture.js', import.meta.url)),
  guard: fileURLToPath(new URL('guard.js', import.meta.url)),
};

/** A vector with these probes, and with these members of `config`. */
export function makeVector(probes: readonly object[], config: object = {}): Vector {
  const text = JSON.stringify({
    name: 'planted',
    postfix: '3.7.11',
    note: '',
    covers: [],
    config: { main_cf: '', files: {}, ...config },
    probes,
  });
  return parseVector(text, 'planted.json');
}
