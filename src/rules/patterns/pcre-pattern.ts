import type { Octets } from '../octets.ts';
import { search } from './matcher.ts';
import { parsePcrePattern } from './pcre-parser.ts';
import type { PcreFlags } from './pcre-reader.ts';
import type { Pattern } from './posix-pattern.ts';
import { compile } from './program.ts';

export type { PcreFlags } from './pcre-reader.ts';

/**
 * Compiles a PCRE2 pattern; it matches as PCRE2 does without UTF.
 * @param options.isAnchored whether it matches only at the start
 * @throws {PcrePatternError} with PCRE2's message and offset
 * @throws {UnsupportedPatternError}
 * @see pcre2_compile(3)
 */
export function compilePcrePattern(source: Octets, flags: PcreFlags, { isAnchored = false } = {}): Pattern {
  const { tree, groups } = parsePcrePattern(source, flags);
  const program = compile(tree, groups);
  return {
    groups,
    matches: (subject, { steps } = {}) =>
      search(program, subject, steps === undefined ? { isAnchored } : { isAnchored, steps }),
  };
}
