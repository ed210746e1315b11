import { expect, test } from 'vitest';
import { parseTextBlocks } from '../../../web/src/message/text-lines.ts';

const linksIn = (text: string): readonly string[] =>
  parseTextBlocks(text).flatMap(({ spans }) => spans.flatMap((span) => ('href' in span ? [span.href] : [])));

test('lines of equal quoting are one block, and no line is lost', () => {
  const blocks = parseTextBlocks('Hi\r\n\r\n> one\r\n>> two\r\n> > three\r\nend\r\n');
  expect(blocks.map(({ depth, spans }) => [depth, spans.map(({ text }) => text).join('')])).toEqual([
    [0, 'Hi\n\n'],
    [1, '> one\n'],
    [2, '>> two\n> > three\n'],
    [0, 'end\n'],
  ]);
});

test.for([
  { text: 'see https://example.com/a.', link: 'https://example.com/a', why: 'the full stop is the sentence’s' },
  { text: '(https://example.com/a)', link: 'https://example.com/a', why: 'so is a bracket that the link did not open' },
  { text: 'https://example.com/a_(b)', link: 'https://example.com/a_(b)', why: 'one that it opened is the link’s' },
  { text: '<mailto:ada@example.com>', link: 'mailto:ada@example.com', why: 'addresses are links too' },
  { text: 'https://a.test/\u202Egnp.x', link: 'https://a.test/', why: 'a bidi control ends it' },
])('$link: $why', ({ text, link }) => {
  expect(linksIn(text)).toEqual([link]);
});

test.for(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://'])('%s is no link', (text) => {
  expect(linksIn(text)).toEqual([]);
});
