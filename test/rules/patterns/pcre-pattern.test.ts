import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PcrePatternError, UnsupportedPatternError } from '../../../src/rules/patterns/pcre-error.ts';
import { compilePcrePattern, type PcreFlags } from '../../../src/rules/patterns/pcre-pattern.ts';

const plain: PcreFlags = {
  isCaseless: false,
  isMultiline: false,
  isDotAll: false,
  isExtended: false,
  isExtendedMore: false,
  isDollarEndOnly: false,
  isUngreedy: false,
  isNoCapture: false,
  allowsDuplicateNames: false,
};

// Each answer was given by PCRE2 10.42.
test.for([
  { pattern: 'a|ab', subject: 'ab', offsets: [0, 1], why: 'the first branch, not the longest' },
  { pattern: '(a+?)(a*)', subject: 'aaa', offsets: [0, 3, 0, 1, 1, 3], why: 'a lazy quantifier' },
  { pattern: 'a++b|a', subject: 'aab', offsets: [0, 3], why: 'a possessive quantifier' },
  { pattern: 'a++a', subject: 'aaa', offsets: undefined, why: 'what is possessed isn’t given back' },
  { pattern: '(?>a|ab)c', subject: 'abc', offsets: undefined, why: 'an atomic group isn’t tried again' },
  { pattern: '(?<y>\\d\\d)-(?P=y)', subject: '11-11', offsets: [0, 5, 0, 2], why: 'a name' },
  { pattern: '(?<=ab|c)d', subject: 'xd cd', offsets: [4, 5], why: 'a lookbehind' },
  { pattern: 'a(?!b)', subject: 'abac', offsets: [2, 3], why: 'a negative lookahead' },
  { pattern: '(?=(a))\\1b', subject: 'ab', offsets: [0, 2, 0, 1], why: 'what a lookahead remembers' },
  { pattern: '^a$', subject: 'a\n', offsets: [0, 1], why: '$ also before the last newline' },
  { pattern: 'a\\z', subject: 'a\n', offsets: undefined, why: '\\z only at the end' },
  { pattern: 'a\\Kb', subject: 'ab', offsets: [1, 2], why: '\\K begins the match anew' },
  { pattern: '(?i)A(?-i)b', subject: 'ab', offsets: [0, 2], why: 'flags within' },
  { pattern: '(?x) a b # comment', subject: 'ab', offsets: [0, 2], why: 'extended' },
  { pattern: '\\Qa.b\\E+', subject: 'a.bb', offsets: [0, 4], why: 'quoted text' },
  { pattern: '[[:^digit:]x]', subject: '1x', offsets: [1, 2], why: 'a negated POSIX class' },
  { pattern: '\\x41\\101\\x{41}\\o{101}', subject: 'AAAA', offsets: [0, 4], why: 'octets by number' },
  { pattern: '\\((?:[^()]|(?R))*\\)', subject: '((a)b)', offsets: [0, 6], why: 'recursion' },
  { pattern: '(?(DEFINE)(?<d>\\d))(?&d)a', subject: '1a', offsets: [0, 2, -1, -1], why: 'a defined group' },
  { pattern: '(a)?(?(1)b|c)', subject: 'ab', offsets: [0, 2, 0, 1], why: 'a conditional' },
  { pattern: '(?|(a)|(b))\\1', subject: 'bb', offsets: [0, 2, 0, 1], why: 'groups numbered anew' },
  { pattern: '(a\\1?){3}', subject: 'aaaaaa', offsets: [0, 6, 3, 6], why: 'a reference to the group it stands in' },
  { pattern: '(?:){2,}a', subject: 'a', offsets: [0, 1], why: 'nothing, repeated' },
  { pattern: 'a\\R', subject: 'a\r\n', offsets: [0, 3], why: 'a line break of two octets' },
  { pattern: 'a{,2}', subject: 'a{,2}', offsets: [0, 5], why: 'no quantifier without its least' },
])('$pattern in $subject: $why', ({ pattern, subject, offsets }) => {
  const result = compilePcrePattern(pattern, plain).matches(subject);
  expect(result.kind === 'match' ? result.offsets : undefined).toEqual(offsets);
});

test.for([
  { pattern: '(a', offset: 2, problem: 'missing closing parenthesis' },
  { pattern: 'a)', offset: 1, problem: 'unmatched closing parenthesis' },
  { pattern: '*a', offset: 0, problem: 'quantifier does not follow a repeatable item' },
  { pattern: '[a', offset: 2, problem: 'missing terminating ] for character class' },
  { pattern: '[z-a]', offset: 3, problem: 'range out of order in character class' },
  { pattern: '[[:foo:]]', offset: 3, problem: 'unknown POSIX class name' },
  { pattern: 'a{2,1}', offset: 5, problem: 'numbers out of order in {} quantifier' },
  { pattern: '(?<=a*)b', offset: 0, problem: 'lookbehind assertion is not fixed length' },
  { pattern: '(a)\\3', offset: 4, problem: 'reference to non-existent subpattern' },
  {
    pattern: '(?<a>x)(?<a>y)',
    offset: 12,
    problem: 'two named subpatterns have the same name (PCRE2_DUPNAMES not set)',
  },
  { pattern: '(?z)', offset: 2, problem: 'unrecognized character after (? or (?-' },
  { pattern: 'a\\', offset: 2, problem: '\\ at end of pattern' },
  { pattern: '\\y', offset: 1, problem: 'unrecognized character follows \\' },
])('$pattern is refused at $offset: $problem', ({ pattern, offset, problem }) => {
  let thrown: unknown;
  try {
    compilePcrePattern(pattern, plain);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(PcrePatternError);
  expect(thrown).toMatchObject({ offset, message: problem });
});

test.for(['a(*SKIP)b', '(*UTF)a', '(?C1)a'])('%s is valid, but said to be unsupported', (pattern) => {
  expect(() => compilePcrePattern(pattern, plain)).toThrow(UnsupportedPatternError);
});

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    '.',
    '(',
    ')',
    '[',
    ']',
    '*',
    '+',
    '?',
    '{',
    '1',
    ',',
    '}',
    '|',
    '\\',
    '^',
    '$',
    '(?',
    '(?<',
    '(?:',
    '(?=',
    '(?<n>',
    '(?1)',
    '\\1',
    '\\k',
    '\\g',
    '\\p',
    '[:',
    '-',
    '&',
    'R',
    '#',
    'Q',
    'E',
    'x',
  ],
);

test('any text is a pattern or refused as documented, and any search ends', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.string({ maxLength: 30 }), (pieces, subject) => {
      try {
        compilePcrePattern(pieces.join(''), plain).matches(subject, { steps: 50_000 });
      } catch (error) {
        const isDocumented = error instanceof PcrePatternError || error instanceof UnsupportedPatternError;
        expect(isDocumented, String(error)).toBe(true);
      }
    }),
  );
});
