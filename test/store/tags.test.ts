import { expect, test } from 'vitest';
import { normaliseTags, parseTag, plusAddressTags } from '../../src/store/tags.ts';

test.for([
  { text: 'news', tag: 'news', why: 'a plain word stays' },
  { text: '  two   words ', tag: 'two words', why: 'blanks are trimmed, and runs of them are one' },
  { text: 'a/b\tc', tag: 'a b c', why: 'what no tag has counts as a blank' },
  { text: 'v1.2_rc-3@x', tag: 'v1.2_rc-3@x', why: 'digits and ._-@ stay' },
  { text: '///', tag: undefined, why: 'nothing is left' },
  { text: '', tag: undefined, why: 'there is nothing' },
  { text: 'x'.repeat(101), tag: undefined, why: 'it is too long' },
])('"$text" is the tag $tag: $why', ({ text, tag }) => {
  expect(parseTag(text)).toBe(tag);
});

test('of tags that differ in case the first is kept, and case does not matter to their order', () => {
  expect(normaliseTags(['beta', 'Alpha', 'BETA', 'alpha', '\0', 'gamma'])).toEqual(['Alpha', 'beta', 'gamma']);
});

test.for([
  { address: 'user+one@example.com', tags: ['one'] },
  { address: 'user+one+two@example.com', tags: ['one', 'two'] },
  { address: '+one@example.com', tags: ['one'] },
  { address: 'user@example.com', tags: [] },
  { address: 'user@exam+ple.com', tags: [] },
  { address: 'user+one', tags: [] },
])('the address $address has the tags $tags', ({ address, tags }) => {
  expect(plusAddressTags([address])).toEqual(tags);
});
