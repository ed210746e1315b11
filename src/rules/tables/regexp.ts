import type { Octets } from '../octets.ts';
import { PosixPatternError } from '../patterns/posix-error.ts';
import { compilePosixPattern, type Pattern } from '../patterns/posix-pattern.ts';
import type { LookupTable } from './lookup-table.ts';
import type { PatternDialect, WrittenPattern } from './pattern-rules.ts';
import { makePatternTable } from './pattern-table.ts';
import { readRules, RuleMistake } from './rule-lines.ts';
import type { TableOpening } from './table-world.ts';

const HINT = 'mend the pattern; try it with postmap -q';

const POSIX: PatternDialect = {
  flags: 'imx',
  obsoleteFlags: '',
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

function compileWritten({ source, flags }: WrittenPattern): Pattern {
  const isSet = (flag: string) => flags.split(flag).length % 2 === 0;
  try {
    return compilePosixPattern(source, {
      isExtended: !isSet('x'),
      isCaseless: !isSet('i'),
      splitsLines: isSet('m'),
    });
  } catch (error) {
    if (error instanceof PosixPatternError) throw new RuleMistake(error.message, HINT);
    throw error;
  }
}
