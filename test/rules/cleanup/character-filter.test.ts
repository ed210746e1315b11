import { expect, test } from 'vitest';
import { readCharacters } from '../../../src/rules/cleanup/character-filter.ts';

test.for([
  { text: '', characters: [], why: 'the default is none' },
  { text: 'ab', characters: ['a', 'b'], why: 'each stands for itself' },
  { text: String.raw`\0`, characters: ['\0'], why: 'an octal number is an octet' },
  { text: String.raw`\0617`, characters: ['1', '7'], why: 'three digits at most' },
  { text: String.raw`\303\251`, characters: ['\xc3', '\xa9'], why: 'a character of UTF-8 is its octets' },
  { text: String.raw`\r\n\t\a`, characters: ['\r', '\n', '\t', '\x07'], why: 'as C writes them' },
  { text: String.raw`\\\q`, characters: ['\\', 'q'], why: 'any other stands for itself behind a backslash' },
])('$text is read as $characters: $why', ({ text, characters }) => {
  expect([...readCharacters(text)]).toEqual(characters);
});
