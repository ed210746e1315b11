import { expect, test } from 'vitest';
import { toStandInText } from '../../src/message/stand-in-text.ts';

// What enmime 2.3, Mailpit's parser, made of each.
test.for([
  { html: '<p>one</p>\r\n<p>two<br>three</p>', text: 'one\n\ntwo\nthree', why: 'paragraphs and lines stand apart' },
  { html: '<div>one</div><div>two<div>three</div></div>x', text: 'one\ntwo\nthree\nx', why: 'so do divisions' },
  { html: '<p>Your <b>code</b>, 1<i>2</i>.</p>', text: 'Your *code* , 1 2.', why: 'bold text stands between stars' },
  { html: '<h1>Big</h1>x', text: '***\nBig\n***\n\nx', why: 'a heading between lines' },
  { html: '<h2>Two</h2><h3>Three</h3>x', text: '---\nTwo\n---\n\nThree\n-----\n\nx', why: 'the lower ones, too' },
  {
    html: '<a href="https://x.test/?a=1&amp;b=2">Go</a>',
    text: 'Go ( https://x.test/?a=1&b=2 )',
    why: 'where a link leads',
  },
  { html: '<a href="https://x.test">https://x.test</a>', text: 'https://x.test', why: 'once is enough' },
  { html: '<a href="mailto:a@b.test">a@b.test</a>', text: 'a@b.test', why: 'so for mail' },
  {
    html: '<a href="https://x.test"><img alt="Logo"></a>',
    text: 'Logo ( https://x.test )',
    why: 'a picture speaks by its alt',
  },
  { html: '<ul><li>a</li><li>b</li></ul>', text: '* a\n* b', why: 'a list has marks' },
  { html: '<table><tr><td>a</td><td>b</td></tr></table>', text: 'a b', why: 'cells are words' },
  {
    html: '<blockquote>a<blockquote>b</blockquote></blockquote>c',
    text: '> \n> a\n>> b\n> \n> \n\nc',
    why: 'quotes are marked',
  },
  { html: '<pre> a\n b</pre>', text: 'a\nb', why: 'lines stay where they are wanted' },
  {
    html: '<head><title>t</title></head><style>a{}</style><script>b</script>c',
    text: 'c',
    why: 'what is unseen is left out',
  },
  { html: 'a<!-- b -->c &uuml;&nbsp;d', text: 'a c ü\u00a0d', why: 'comments part words, entities are characters' },
  { html: '', text: '', why: 'nothing is made of nothing' },
])('$html becomes $text: $why', ({ html, text }) => {
  expect(toStandInText(html)).toBe(text);
});

test('quoted text is broken into lines', () => {
  const lines = toStandInText(`<blockquote>${'word '.repeat(40)}</blockquote>x`).split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test.for([{ tag: 'b' }, { tag: 'div' }, { tag: 'blockquote' }])(
  'of a hundred thousand $tag in each other the outer ones are read',
  ({ tag }) => {
    const text = toStandInText(`outermost${`<${tag}>x`.repeat(100_000)}`);
    expect(text).toMatch(/^outermost/);
    expect(text).toContain('…');
  },
);
