import { expect, test } from 'vitest';
import { decodeEncodedWords } from '../../src/message/encoded-word.ts';

test.for([
  { text: 'plain', decoded: 'plain', why: 'nothing to do' },
  { text: '=?utf-8?Q?a_b=C3=BC?=', decoded: 'a bü', why: 'Q' },
  { text: '=?UTF-8?b?w7w=?=', decoded: 'ü', why: 'B, in any case' },
  { text: 'x =?utf-8?q?a?= y', decoded: 'x a y', why: 'blanks beside other text stay' },
  { text: '=?utf-8?q?a?=  \t =?utf-8?q?b?=', decoded: 'ab', why: 'blanks between two words vanish' },
  { text: '=?iso-8859-1?q?=FC?= =?utf-8?q?=C3=BC?=', decoded: 'üü', why: 'also between two character sets' },
  { text: '=?utf-8?q?=C3?= =?utf-8?q?=BC?=', decoded: 'ü', why: 'a character cut in two' },
  { text: '=?utf-8?b?w?= =?utf-8?b?7w=?=', decoded: 'ü', why: 'base64 cut anywhere' },
  { text: '=?utf-8?b?w7w?=', decoded: 'ü', why: 'base64 without its padding' },
  { text: '=?gbk?B?xOO6ww==?=', decoded: '你好', why: 'GBK' },
  { text: '=?shift_jis?B?k/qWew==?=', decoded: '日本', why: 'Shift_JIS' },
  { text: '=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', decoded: '日本', why: 'ISO-2022-JP' },
  { text: '=?koi8-r?B?8NLJ18XU?=', decoded: 'Привет', why: 'KOI8-R' },
  { text: '=?utf-8*de?q?a?=', decoded: 'a', why: 'a language' },
  { text: '=?utf-8?q?two words?=', decoded: 'two words', why: 'blanks inside, which are forbidden' },
  { text: '=?utf-8?q?what??=', decoded: 'what?', why: 'a question mark inside, too' },
  { text: `=?utf-8?q?${'long'.repeat(300)}?=`, decoded: 'long'.repeat(300), why: 'a long word, too' },
  { text: '=?nobody-knows?q?=C3=BC?=', decoded: 'ü', why: 'an unknown character set with valid UTF-8' },
  { text: '=?nobody-knows?q?=FC?=', decoded: 'ü', why: 'an unknown character set without' },
  { text: '=?utf-8?q?=GG=4?=', decoded: '=GG=4', why: 'broken escapes stay' },
  { text: '=?utf-8?q?cut off', decoded: '=?utf-8?q?cut off', why: 'a word that never ends stays' },
  { text: '=?utf-8?q?cut =?utf-8?q?whole?=', decoded: '=?utf-8?q?cut whole', why: 'also before a whole one' },
  { text: '=?utf-8?x?abc?=', decoded: '=?utf-8?x?abc?=', why: 'an unknown encoding stays' },
  { text: '=??q?abc?=', decoded: '=??q?abc?=', why: 'no character set' },
  { text: '=?utf-8?q??=', decoded: '', why: 'an empty word' },
])('$text is read as $decoded: $why', ({ text, decoded }) => {
  expect(decodeEncodedWords(text)).toBe(decoded);
});
