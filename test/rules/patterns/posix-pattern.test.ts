import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PosixPatternError } from '../../../src/rules/patterns/posix-error.ts';
import { compilePosixPattern, type PosixFlags } from '../../../src/rules/patterns/posix-pattern.ts';

const extended: PosixFlags = { isExtended: true, isCaseless: false, splitsLines: false };

function match(pattern: string, subject: string, flags: Partial<PosixFlags> = {}): readonly number[] | undefined {
  const result = compilePosixPattern(pattern, { ...extended, ...flags }).matches(subject, { needsGroups: true });
  return result.kind === 'match' ? result.offsets : undefined;
}

// Each answer was given by regexec(3) of glibc 2.36.
test.for([
  { pattern: 'a|ab|abc', subject: 'xabcd', offsets: [1, 4], why: 'the longest branch, not the first' },
  { pattern: 'b*', subject: 'abbb', offsets: [0, 0], why: 'the leftmost before the longest' },
  {
    pattern: '(a|ab)(c|bcd)(d*)',
    subject: 'abcd',
    offsets: [0, 4, 0, 1, 1, 4, 4, 4],
    why: 'groups in order of pattern',
  },
  { pattern: '(a*)*', subject: 'aa', offsets: [0, 2, 0, 2], why: 'an empty turn isn’t told' },
  { pattern: '((a)|b)*', subject: 'ab', offsets: [0, 2, 1, 2, 0, 1], why: 'an inner group keeps its last turn' },
  { pattern: '|(a)', subject: 'a', offsets: [0, 1, 0, 1], why: 'an empty first branch comes second' },
  { pattern: '(a)\\1', subject: 'baa', offsets: [1, 3, 1, 2], why: 'a back reference' },
  { pattern: 'x{2,3}', subject: 'xxxx', offsets: [0, 3], why: 'an interval' },
  { pattern: 'x{,2}', subject: 'xxx', offsets: [0, 2], why: 'an interval without its least' },
  { pattern: '\\<b', subject: 'ab b', offsets: [3, 4], why: 'the start of a word' },
  { pattern: 'a\\b', subject: 'ab a', offsets: [3, 4], why: 'the edge of a word' },
  { pattern: '[[:digit:][.x.][=y=]]+', subject: 'a1xy', offsets: [1, 4], why: 'classes within brackets' },
  { pattern: '[]a]+', subject: 'b]a', offsets: [1, 3], why: 'a bracket first is itself' },
  { pattern: '[a\\]+', subject: 'x\\a', offsets: [1, 3], why: 'a backslash in brackets is itself' },
  { pattern: 'a)', subject: 'a)', offsets: [0, 2], why: 'a parenthesis that closes nothing is itself' },
  { pattern: 'a**', subject: 'aa', offsets: [0, 2], why: 'a repetition of a repetition' },
  { pattern: 'é', subject: 'é', offsets: [0, 1], why: 'an octet that isn’t ASCII' },
])('$pattern in $subject: $why', ({ pattern, subject, offsets }) => {
  expect(match(pattern, subject)).toEqual(offsets);
});

test.for([
  {
    pattern: '[a-z]',
    subject: 'Q',
    flags: { isCaseless: true },
    offsets: [0, 1],
    why: 'case doesn’t count in brackets',
  },
  {
    pattern: '\\d',
    subject: 'd',
    flags: { isCaseless: true },
    offsets: undefined,
    why: 'without case an escaped small letter is nothing',
  },
  { pattern: '\\d', subject: 'd', flags: {}, offsets: [0, 1], why: 'with case it is itself' },
  { pattern: 'a\\(b\\)', subject: 'ab', flags: { isExtended: false }, offsets: [0, 2, 1, 2], why: 'a basic group' },
  { pattern: '*a', subject: '*a', flags: { isExtended: false }, offsets: [0, 2], why: 'a basic star first is itself' },
  { pattern: 'a\\|b', subject: 'b', flags: { isExtended: false }, offsets: [0, 1], why: 'GNU’s basic alternatives' },
  { pattern: '^b$', subject: 'a\nb\nc', flags: { splitsLines: true }, offsets: [2, 3], why: 'anchors at newlines' },
  {
    pattern: 'a.c|a[^b]c',
    subject: 'a\nc',
    flags: { splitsLines: true },
    offsets: undefined,
    why: 'neither . nor [^ is a newline',
  },
])('$pattern in $subject with flags: $why', ({ pattern, subject, flags, offsets }) => {
  expect(match(pattern, subject, flags)).toEqual(offsets);
});

test.for([
  { pattern: '(a', problem: 'Unmatched ( or \\(' },
  { pattern: '*a', problem: 'Invalid preceding regular expression' },
  { pattern: '^*', problem: 'Invalid preceding regular expression' },
  { pattern: 'a{', problem: 'Unmatched \\{' },
  { pattern: 'a{2,1}', problem: 'Invalid content of \\{\\}' },
  { pattern: 'a{32768}', problem: 'Regular expression too big' },
  { pattern: '[a', problem: 'Unmatched [, [^, [:, [., or [=' },
  { pattern: '[', problem: 'Invalid regular expression' },
  { pattern: '[z-a]', problem: 'Invalid range end' },
  { pattern: '[[:foo:]]', problem: 'Invalid character class name' },
  { pattern: '[[.ab.]]', problem: 'Invalid collation character' },
  { pattern: 'a\\', problem: 'Trailing backslash' },
  { pattern: '\\1(a)', problem: 'Invalid back reference' },
  { pattern: '(a)|\\1', problem: 'Invalid back reference' },
  { pattern: '('.repeat(10_000), problem: 'Memory exhausted' },
  { pattern: '((a{1000}){1000}){1000}', problem: 'Memory exhausted' },
])('$pattern is refused: $problem', ({ pattern, problem }) => {
  expect(() => compilePosixPattern(pattern, extended)).toThrow(new PosixPatternError(problem as 'Memory exhausted'));
});

const piece = fc.constantFrom(
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
  '[:alpha:]',
  '-',
  '=',
);

test('any text is a pattern or refused in regerror’s words, and any search ends', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 20 }),
      fc.boolean(),
      fc.string({ maxLength: 30 }),
      (pieces, isExtended, subject) => {
        try {
          const pattern = compilePosixPattern(pieces.join(''), { ...extended, isExtended });
          expect(pattern.matches(subject, { needsGroups: true }).kind).not.toBe('given up');
        } catch (error) {
          expect(error).toBeInstanceOf(PosixPatternError);
        }
      },
    ),
  );
});
