import type { Octets } from '../octets.ts';
import { PcrePatternError, UnsupportedPatternError } from '../patterns/pcre-error.ts';
import { compilePcrePattern } from '../patterns/pcre-pattern.ts';
import type { Pattern } from '../patterns/posix-pattern.ts';
import type { LookupTable } from './lookup-table.ts';
import type { PatternDialect, WrittenPattern } from './pattern-rules.ts';
import { makePatternTable } from './pattern-table.ts';
import { readRules, RuleMistake } from './rule-lines.ts';
import type { TableOpening } from './table-world.ts';

const HINT = 'mend the pattern; try it with postmap -q';

const PCRE: PatternDialect = {
  flags: 'imsxAEU',
  obsoleteFlags: 'X',
  compile: compileWritten,
  allowsSecond: false,
  notClosed: 'ignoring this rule',
  zeroIndex: 'out of range',
  givenUp: { limit: 'match limit exceeded', recursion: 'nested recursion at the same subject position' },
};

/**
 * Opens `pcre:file` or `pcre:{{/pattern/ result}, …}`: Perl's regular expressions, the first that matches answers.
 * @throws {TableOpenError} if it can't be read
 * @see pcre_table(5); Postfix's dict_pcre(3)
 */
export function openPcreTable(name: Octets, opening: TableOpening): LookupTable {
  return makePatternTable(readRules('pcre', name, opening), PCRE);
}

function compileWritten({ source, flags }: WrittenPattern): Pattern {
  const isSet = (flag: string) => flags.split(flag).length % 2 === 0;
  const pcreFlags = {
    isCaseless: !isSet('i'),
    isMultiline: isSet('m'),
    isDotAll: !isSet('s'),
    isExtended: isSet('x'),
    isExtendedMore: false,
    isDollarEndOnly: isSet('E'),
    isUngreedy: isSet('U'),
    isNoCapture: false,
    allowsDuplicateNames: false,
  };
  try {
    return compilePcrePattern(source, pcreFlags, { isAnchored: isSet('A') });
  } catch (error) {
    if (error instanceof PcrePatternError) {
      throw new RuleMistake(`error in regex at offset ${error.offset}: ${error.message}`, HINT);
    }
    if (error instanceof UnsupportedPatternError) {
      throw new RuleMistake(error.message, 'write the pattern without it', { isOurs: true });
    }
    throw error;
  }
}
