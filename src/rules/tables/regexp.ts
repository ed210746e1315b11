import type { Octets } from '../octets.ts';
import { PosixPatternError } from '../patterns/posix-error.ts';
import { compilePosixPattern, type Pattern } from '../patterns/posix-pattern.ts';
import type { LookupTable } from './lookup-table.ts';
import { makePatternTable, type PatternDialect, type WrittenPattern } from './pattern-rules.ts';
import { readRules } from './rule-lines.ts';
import type { TableOpening } from './table-world.ts';

const POSIX: PatternDialect = {
  compile: compileWritten,
  allowsSecond: true,
  notClosed: 'skipping this rule',
  zeroIndex: 'out-of-range',
  // regexec(3) has no words of its own for it.
  givenUp: { limit: 'Memory exhausted', recursion: 'Memory exhausted' },
};

/**
 * Opens `regexp:file` or `regexp:{{/pattern/ result}, …}`: POSIX regular expressions, the first that matches answers.
 * @throws {TableOpenError} if it can't be read
 * @see regexp_table(5); Postfix's dict_regexp(3)
 */
export function openRegexpTable(name: Octets, opening: TableOpening): LookupTable {
  return makePatternTable(readRules('regexp', name, opening), POSIX);
}

function compileWritten({ source, flags }: WrittenPattern): Pattern | { readonly problem: string } {
  const unknown = /[^imx]/.exec(flags)?.[0];
  if (unknown !== undefined) return { problem: `unknown regexp option "${unknown}": skipping this rule` };
  const isSet = (flag: string) => flags.split(flag).length % 2 === 0;
  try {
    return compilePosixPattern(source, {
      isExtended: !isSet('x'),
      isCaseless: !isSet('i'),
      splitsLines: isSet('m'),
    });
  } catch (error) {
    if (error instanceof PosixPatternError) return { problem: error.message };
    throw error;
  }
}
