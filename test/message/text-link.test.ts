import { expect, test } from 'vitest';
import { findTextLinks } from '../../src/message/text-link.ts';

test('links end where the sentence goes on, and are given once', () => {
  const text =
    'See <https://a.test/x?y=1#z>, (http://b.test/c). And HTTPS://a.test! https://a.test/x?y=1#z ftp://no.test';
  expect(findTextLinks(text, 10)).toEqual(['https://a.test/x?y=1#z', 'http://b.test/c', 'HTTPS://a.test']);
  expect(findTextLinks(text, 1)).toHaveLength(1);
});

test('a link ends before what no eye sees', () => {
  expect(findTextLinks('https://a.test/\u202egpj.exe', 10)).toEqual(['https://a.test/']);
});
