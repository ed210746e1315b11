import { expect, test } from 'vitest';
import { collapse, toSearchText, toSnippet } from '../../src/message/visible-text.ts';

test.for([
  { text: ' a \r\n\t b\u00a0c ', collapsed: 'a b c', why: 'whitespace of all sorts' },
  { text: 'a \u200c \u00ad\u034f \u200b b', collapsed: 'a b', why: 'what senders pad a preview with' },
  { text: '👩\u200d💻 auf\u00adgabe', collapsed: '👩\u200d💻 auf\u00adgabe', why: 'but not what joins characters' },
])('collapsed: $why', ({ text, collapsed }) => {
  expect(collapse(text)).toBe(collapsed);
});

test.for([
  { text: 'a'.repeat(200), snippet: 'a'.repeat(200), why: '200 octets are whole' },
  { text: 'a'.repeat(201), snippet: `${'a'.repeat(200)}...`, why: '201 are cut' },
  { text: 'ü'.repeat(101), snippet: `${'ü'.repeat(100)}...`, why: 'octets count, not characters' },
  { text: `a${'😀'.repeat(50)}`, snippet: `a${'😀'.repeat(49)}...`, why: 'no character is cut' },
])('a snippet: $why', ({ text, snippet }) => {
  expect(toSnippet(text)).toBe(snippet);
});

test('text for search has the targets of links, and at most 256 KB', () => {
  expect(toSearchText('click here', ['http://x.test/a'])).toBe('click here http://x.test/a');
  expect(Buffer.byteLength(toSearchText('ü'.repeat(300_000), []))).toBe(256 * 1024);
});
