import { expect, test } from 'vitest';
import { toOctets } from '../../../src/rules/octets.ts';
import { foldKey, isUtf8 } from '../../../src/rules/tables/fold-key.ts';

test.for([
  { key: 'User@Example.COM', folded: 'user@example.com', why: 'ASCII letters' },
  { key: 'ÉCOLE', folded: 'école', why: 'letters beyond ASCII' },
  { key: 'straße', folded: 'strasse', why: 'ß is ss' },
  { key: 'STRAẞE', folded: 'strasse', why: 'its capital too' },
  { key: 'ΣΊΣΥΦΟΣ', folded: 'σίσυφοσ', why: 'no sigma is final' },
  { key: 'ı', folded: 'ı', why: 'the dotless i is no i' },
  { key: 'İ', folded: 'i̇', why: 'the dotted capital I keeps its dot' },
  { key: 'ꭰ', folded: 'Ꭰ', why: 'Cherokee folds to capitals' },
])('as UTF-8, $key is folded to $folded: $why', ({ key, folded }) => {
  expect(foldKey(toOctets(key), true)).toBe(toOctets(folded));
});

test('as octets, only ASCII letters are folded', () => {
  expect(foldKey('\xc3\x89A', false)).toBe('\xc3\x89a');
});

test.for([
  { octets: 'plain', answer: true },
  { octets: '\xc3\xa9', answer: true },
  { octets: '\xff', answer: false },
  { octets: '\xc3', answer: false },
  { octets: '\xc0\xaf', answer: false },
  { octets: '\xed\xa0\x80', answer: false },
  { octets: '\xf4\x90\x80\x80', answer: false },
  { octets: '\xef\xbf\xbd', answer: true },
])('$octets is UTF-8: $answer', ({ octets, answer }) => {
  expect(isUtf8(octets)).toBe(answer);
});
