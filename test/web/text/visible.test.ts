import { expect, test } from 'vitest';
import { toVisiblePieces, toVisibleText } from '../../../web/src/text/visible.ts';

test.for([
  { text: 'Hello\tAda\n', shown: 'Hello\tAda\n', why: 'tabs and line ends are text' },
  { text: 'a\u202Efdp.exe', shown: 'a⟨U+202E⟩fdp.exe', why: 'a bidi override turns nothing round' },
  { text: 'a\u0000b\u001B[2J', shown: 'a⟨U+0000⟩b⟨U+001B⟩[2J', why: 'control characters control nothing' },
  { text: 'pay\u200Bpal', shown: 'pay⟨U+200B⟩pal', why: 'zero-width characters hide nothing' },
  { text: 'ad\u200Dmin', shown: 'ad⟨U+200D⟩min', why: 'nor does a joiner between Latin letters' },
  { text: '👩\u200D💻', shown: '👩\u200D💻', why: 'an emoji sequence is one picture' },
  { text: 'می\u200Cخواهم', shown: 'می\u200Cخواهم', why: 'Persian is spelled with non-joiners' },
  { text: 'x\uD800y', shown: 'x⟨U+D800⟩y', why: 'half a character is named' },
  { text: 'パスワード – café', shown: 'パスワード – café', why: 'all other text is left alone' },
])('$shown: $why', ({ text, shown }) => {
  expect(toVisibleText(text)).toBe(shown);
});

test('what is unseen is a piece of its own, the rest is kept whole', () => {
  expect(toVisiblePieces('a\u200Bb')).toEqual([{ text: 'a' }, { chip: 'U+200B' }, { text: 'b' }]);
});
