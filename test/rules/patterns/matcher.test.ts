import { expect, test } from 'vitest';
import { search, STEPS } from '../../../src/rules/patterns/matcher.ts';
import { parsePcrePattern } from '../../../src/rules/patterns/pcre-parser.ts';
import { parsePosixPattern } from '../../../src/rules/patterns/posix-parser.ts';
import { compile, type Program } from '../../../src/rules/patterns/program.ts';

const LENGTH = 65_536;

function compilePosix(pattern: string): Program {
  const { tree, groups } = parsePosixPattern(pattern, { isExtended: true, isCaseless: true, splitsLines: false });
  return compile(tree, groups);
}

function compilePcre(pattern: string): Program {
  const flags = {
    isCaseless: true,
    isMultiline: false,
    isDotAll: true,
    isExtended: false,
    isExtendedMore: false,
    isDollarEndOnly: false,
    isUngreedy: false,
    isNoCapture: false,
    allowsDuplicateNames: false,
  };
  const { tree, groups } = parsePcrePattern(pattern, flags);
  return compile(tree, groups);
}

test.for([
  { pattern: '(a+)+$', subject: `${'a'.repeat(LENGTH)}!` },
  { pattern: '(a|a)*b', subject: 'a'.repeat(LENGTH) },
  { pattern: '(a*)*b', subject: 'a'.repeat(LENGTH) },
  { pattern: '((a*)*)*b', subject: 'a'.repeat(LENGTH) },
  { pattern: '(x+x+)+y', subject: 'x'.repeat(LENGTH) },
  { pattern: '(.*)(.*)(.*)(.*)x', subject: 'a'.repeat(LENGTH) },
  { pattern: '([a-z]+)*=', subject: 'a'.repeat(LENGTH) },
  { pattern: '(a?){50}a{50}b', subject: 'a'.repeat(2000) },
])('$pattern fails within 30 steps an octet and copy, in both dialects', ({ pattern, subject }) => {
  const steps = 30 * subject.length * (pattern.includes('{') ? 50 : 1);
  expect(search(compilePosix(pattern), subject, { steps }).kind).toBe('none');
  expect(search(compilePosix(pattern), subject, { steps, longest: true }).kind).toBe('none');
  expect(search(compilePcre(pattern), subject, { steps }).kind).toBe('none');
});

test.for([
  { pattern: '(a*)*\\1b', why: 'a back reference' },
  { pattern: '(?:(?=(a*))\\1?a)*b', why: 'an assertion that remembers' },
  { pattern: '(a(?1)?a?)*b', why: 'a call' },
  { pattern: '(?:(a)?(?(1)a*|a)*)*b', why: 'a conditional' },
  { pattern: '(?>(?>a*)a?)*b', why: 'atomic groups' },
])('$pattern is given up or done within the limit: $why', ({ pattern }) => {
  expect(search(compilePcre(pattern), 'a'.repeat(LENGTH), { steps: STEPS }).kind).not.toBe('match');
});

test.for([{ pattern: '(?R)' }, { pattern: '(a|(?1)b)(?1)*+(?1)c' }, { pattern: '(?=(?R))' }])(
  '$pattern: a call of itself at the same place is given up, not followed',
  ({ pattern }) => {
    expect(search(compilePcre(pattern), 'aab')).toEqual({ kind: 'given up', fault: 'recursion' });
  },
);

test('calls and assertions within each other don’t exhaust the stack', () => {
  const outcome = search(compilePcre('(?:a(?=(?R)))+'), 'a'.repeat(LENGTH));
  expect(outcome.kind).toBe('given up');
});

test('a long match is found whole', () => {
  expect(search(compilePcre('^(?:a|b)*$'), 'ab'.repeat(LENGTH / 2))).toMatchObject({
    kind: 'match',
    offsets: [0, LENGTH],
  });
});
