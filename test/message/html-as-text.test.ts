import { expect, test } from 'vitest';
import { toReadableText } from '../../src/message/html-as-text.ts';

test.for([
  { html: '<h1>Hello</h1><p>Ada &amp; Bob', text: 'Hello\n\nAda & Bob', why: 'blocks are paragraphs' },
  { html: '<a href="https://a.test/x">Open</a>', text: 'Open [https://a.test/x]', why: 'links keep their address' },
  { html: '<a href="https://a.test/">https://a.test/</a>', text: 'https://a.test/', why: 'but say it once' },
  { html: '<ul><li>one<li>two</ul>', text: ' * one\n * two'.trim(), why: 'lists are lists' },
  { html: '<img src="cid:x" alt="Acme"><img src="y">', text: 'Acme', why: 'of a picture its alt' },
  { html: '<style>p{}</style><script>x()</script>', text: '', why: 'styles and scripts are no text' },
])('$html: $why', ({ html, text }) => {
  expect(toReadableText(html)).toBe(text);
});

test('HTML that is nested beyond reason ends in an ellipsis', () => {
  expect(toReadableText(`${'<div>'.repeat(20_000)}deep`)).toBe('…');
});
