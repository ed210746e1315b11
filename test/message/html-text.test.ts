import { expect, test } from 'vitest';
import { readHtmlText } from '../../src/message/html-text.ts';
import { collapse } from '../../src/message/visible-text.ts';

test.for([
  { html: 'plain', text: 'plain', why: 'no tags' },
  { html: '<p>one</p><p>two</p>', text: 'one two', why: 'blocks are apart' },
  { html: 'o<b>n</b>e', text: 'one', why: 'words are not' },
  { html: 'a<br>b<td>c', text: 'a b c', why: 'breaks and cells' },
  { html: '<style>p{}</style><script>a<b</script>c', text: 'c', why: 'unseen elements' },
  { html: '<STYLE>p{}</Style >c', text: 'c', why: 'in any case' },
  { html: '<head><title>t</title></head>c', text: 'c', why: 'a title' },
  { html: 'a<style>b', text: 'a', why: 'a style that is never closed' },
  { html: 'a<!-- b > c -->d', text: 'ad', why: 'a comment' },
  { html: 'a<!--[if mso]>b<![endif]-->c<![if !mso]>d<![endif]>', text: 'acd', why: 'conditional comments' },
  { html: 'a<!-- b', text: 'a', why: 'a comment that is never closed' },
  { html: '<!doctype html><?xml?>a', text: 'a', why: 'declarations' },
  { html: '<img alt="a > b">c', text: 'c', why: 'a quoted >' },
  { html: "<p don't>a", text: 'a', why: 'a quote that opens no value' },
  { html: 'a < b <3 c', text: 'a < b <3 c', why: 'no tags after all' },
  { html: '&lt;b&gt; &amp;amp; &uuml;&#252;&#xFC;&nbsp;&hellip;', text: '<b> &amp; üüü …', why: 'entities, once' },
  { html: '&martian; &; &#; &#xD800;&#0;&#99999999;', text: '&martian; &; &#; ���', why: 'entities that are none' },
  { html: '&copy 2026', text: '© 2026', why: 'an entity without semicolon' },
  { html: '&toString; &__proto__;', text: '&toString; &__proto__;', why: 'names that objects have' },
])('$html reads $text: $why', ({ html, text }) => {
  expect(collapse(readHtmlText(html).text)).toBe(text);
});

test('links are the targets of anchors and areas, decoded', () => {
  const html = `<a href="http://x.test/?a=1&amp;b=2">1</a> <A class=y HREF='https://y.test'>2</A>
    <area href=mailto:a@z.test><a name=here>3</a> <link href="http://no.test"> <a data-href="http://no.test">4</a>`;
  expect(readHtmlText(html).links).toEqual(['http://x.test/?a=1&b=2', 'https://y.test', 'mailto:a@z.test']);
});
