import { expect, test } from 'vitest';
import { filterHtml } from '../../../src/message/html/filter-html.ts';
import { fillGaps } from '../../../src/message/html/filtered-html.ts';

/** As it is shown while nothing is loaded. */
const show = (html: string): string => fillGaps(filterHtml(html), () => undefined);

test.for([
  { html: '<script>alert(1)</script>a', shown: 'a', why: 'a script goes with what is in it' },
  { html: '<iframe src="https://a.test">x</iframe>a', shown: 'a', why: 'so does a frame' },
  {
    html: '<object data="x"><embed src="x"><b>a</b></object>',
    shown: '<b>a</b>',
    why: 'what stands for an object stays',
  },
  { html: '<base href="https://a.test/">a', shown: 'a', why: 'no base' },
  { html: '<meta http-equiv="refresh" content="0;url=https://a.test">a', shown: 'a', why: 'no refresh' },
  {
    html: '<meta name="viewport" content="width=1">',
    shown: '<meta name="viewport" content="width=1">',
    why: 'how wide it is',
  },
  { html: '<meta name="referrer" content="unsafe-url">a', shown: 'a', why: 'not what is sent with requests' },
  {
    html: '<link rel="preload" href="https://a.test"><link rel="icon" href="x">a',
    shown: 'a',
    why: 'of links only style sheets',
  },
  {
    html: '<form action="https://a.test"><input name="a"><button formaction="x">b</button></form>',
    shown: '<input name="a"><button>b</button>',
    why: 'controls are seen, and send nothing',
  },
  { html: '<p onclick="x()" class="c" ping="x">a', shown: '<p class="c">a', why: 'handlers go, the rest stays' },
  { html: '<p class=a class=b>', shown: '<p class="a">', why: 'of two attributes the first counts' },
  {
    html: '<o:p>a</o:p><my-card>b</my-card><blah>c</blah>',
    shown: '<o:p>a</o:p><my-card>b</my-card>c',
    why: 'names that mean nothing ever stay',
  },
  { html: '<template><p>a<template>b</template>c</p></template>d', shown: 'd', why: 'templates are never seen' },
  { html: '<title>a</title><noscript>b</noscript>', shown: 'b', why: 'nothing runs: what stands for scripts is seen' },
  {
    html: '<image src="data:image/png,x" alt="a">',
    shown: '<img src="data:image/png,x" alt="a">',
    why: 'browsers know it by two names',
  },
  {
    html: '<svg><rect fill="url(#g)" onload="x"/><script>a</script></svg>',
    shown: '<svg><rect fill="url(&quot;#g&quot;)"/></svg>',
    why: 'shapes are drawn',
  },
  {
    html: '<svg><use href="#a"/><image href="https://a.test"/><foreignObject>a</foreignObject></svg>',
    shown: '<svg>a</svg>',
    why: 'but nothing that loads, repeats or holds HTML',
  },
  { html: '<math><mi>x</mi></math>', shown: 'x', why: 'of MathML the text stays' },
  { html: '<textarea><b>a</textarea>', shown: '<textarea>&lt;b&gt;a</textarea>', why: 'text is text' },
  { html: '<xmp><b>a</xmp>', shown: '<pre>&lt;b&gt;a</pre>', why: 'what was text for old browsers is text' },
  { html: '<p title="a&quot;>&#60;b">', shown: '<p title="a&quot;&gt;&lt;b">', why: 'values are escaped' },
  { html: 'a &amp; &lt;b&gt; &copy; \0', shown: 'a &amp; &lt;b&gt; © \uFFFD', why: 'text is escaped' },
])('$html is shown as $shown: $why', ({ html, shown }) => {
  expect(show(html)).toBe(shown);
});

test.for([
  { html: '<svg><p>a', shown: '<svg><p>a' },
  { html: '<svg><style><p>a', shown: '<svg><p>a' },
  { html: '<svg><style>p{}</svg>a', shown: '<svg></svg>a' },
  { html: '<svg><title>x</title>a', shown: '<svg>a' },
  { html: '<math><style></math>a', shown: 'a' },
  { html: '<noscript>a', shown: 'a' },
  { html: '<plaintext>a<b>', shown: '<pre>a&lt;b&gt;' },
  { html: '<![CDATA[ x > a ]]>', shown: ' a ]]&gt;' },
  { html: '<![CDATA[ x > a', shown: ' a' },
  { html: '<!-->a', shown: 'a' },
  { html: '<!--x--!>a', shown: 'a' },
  { html: '<!x>a<?y>b</ z>c', shown: 'abc' },
  { html: '<![if !mso]>a<![endif]>', shown: 'a' },
  { html: '<!--[if mso]>x<![endif]-->a', shown: 'a' },
  { html: '<iframe />a</iframe>b', shown: 'b' },
  { html: 'a<b', shown: 'a' },
])('what isn’t closed takes no more with it than in a browser: $html', ({ html, shown }) => {
  expect(show(html)).toBe(shown);
});

test.for([
  { html: '<!--x', shown: '' },
  { html: '<title>x', shown: '' },
  { html: '<template>x', shown: '' },
  { html: '<script>x', shown: '' },
  { html: '<textarea>x', shown: '<textarea>x' },
  { html: '<style>p{color:red', shown: '<style>p{color:red</style>' },
])('nor less: $html', ({ html, shown }) => {
  expect(show(html)).toBe(shown);
});

test.for([
  {
    href: 'https://a.test/?b=1&amp;c',
    shown: '<a href="https://a.test/?b=1&amp;c" target="_blank" rel="noopener noreferrer">x</a>',
  },
  { href: '//a.test', shown: '<a href="https://a.test/" target="_blank" rel="noopener noreferrer">x</a>' },
  { href: 'mailto:a@b.test', shown: '<a href="mailto:a@b.test" target="_blank" rel="noopener noreferrer">x</a>' },
  { href: 'tel:+1', shown: '<a href="tel:+1" target="_blank" rel="noopener noreferrer">x</a>' },
  { href: '#top', shown: '<a href="#top">x</a>' },
  { href: '', shown: '<a>x</a>' },
  { href: 'app://reset?t=1', shown: '<a>x <bdi>[app://reset?t=1]</bdi></a>' },
  { href: '/reset', shown: '<a>x <bdi>[/reset]</bdi></a>' },
  { href: 'javascript:alert(1)', shown: '<a>x <bdi>[javascript:alert(1)]</bdi></a>' },
  { href: '&#1; JaVa&Tab;script&colon;a', shown: '<a>x <bdi>[JaVascript:a]</bdi></a>' },
  { href: 'data:text/html,a', shown: '<a>x <bdi>[data:text/html,a]</bdi></a>' },
  { href: 'a:\u202Eb', shown: '<a>x <bdi>[a:\uFFFDb]</bdi></a>' },
])('a link to $href is $shown', ({ href, shown }) => {
  expect(show(`<a href="${href}" target="_top" ping="x">x</a>`)).toBe(shown);
});

test('the addresses of links that are text are told, each once', () => {
  expect(filterHtml('<a href="app:1">x</a><a href="app:1">y<a href="/z">').addresses).toEqual(['app:1', '/z']);
});

test.for([
  { html: '<img src="//a.test/b c.png">', url: 'https://a.test/b%20c.png' },
  { html: '<img src=" ht\ntp:\\\\a.test\\b">', url: 'http://a.test/b' },
  { html: '<img src="http:a.test">', url: 'http://a.test/' },
  { html: '<table background="http://0x7f.1:80/">', url: 'http://127.0.0.1/' },
  { html: '<video poster="http://a.test/">', url: 'http://a.test/' },
  { html: '<link rel="StyleSheet" href="http://a.test/">', url: 'http://a.test/' },
  { html: '<p style="background:url(http://a.test/)">', url: 'http://a.test/' },
  { html: '<style>@import "http://a.test/";</style>', url: 'http://a.test/' },
])('$html leaves a gap for $url, as the URL standard writes it', ({ html, url }) => {
  expect(filterHtml(html).resources).toMatchObject([{ kind: 'remote', url }]);
});

test.for([
  'a.png',
  '/a.png',
  '?a',
  'file:///a',
  'ftp://a.test/',
  'blob:a',
  'data:text/html,a',
  'javascript:a',
  'http://',
  '#a',
])('a picture at %s is not loaded', (src) => {
  expect(filterHtml(`<img src="${src}">`)).toMatchObject({ pieces: ['<img src="data:,x">'], resources: [] });
});

test('the pictures of a srcset are loaded one by one', () => {
  const filtered = filterHtml(
    '<img srcset="http://a.test/1,2.png 1x, http://b.test/3 2x,http://a.test/x,, data:image/png,y 2x">',
  );
  const shown = fillGaps(filtered, (resource) =>
    resource.kind === 'remote' && resource.host === 'a.test' ? resource.url : undefined,
  );
  expect(shown).toBe('<img srcset="http://a.test/1,2.png 1x, data:,x 2x, http://a.test/x , data:image/png,y 2x">');
});

test('a part of the message is named by its Content-ID, percent-encoded or not', () => {
  const { resources } = filterHtml(
    '<img src="cid:l%6Fgo"><img src="CID:%zz"><p style="background:url( \'cid:a b\' )">',
  );
  expect(resources).toEqual(['logo', '%zz', 'a b'].map((contentId) => ({ kind: 'part', contentId })));
});

test('what fills a gap is escaped for where it stands', () => {
  const filtered = filterHtml(
    '<img src="cid:a"><p style="background:url(cid:a)"><style>p{background:url(cid:a)}</style>',
  );
  const shown = fillGaps(filtered, () => 'x:"&\\</style>');
  expect(shown).toBe(
    '<img src="x:&quot;&amp;\\&lt;/style&gt;"><p style="background:url(&quot;x:\\22 \\26 \\5c \\3c /style\\3e &quot;)"><style>p{background:url("x:\\22 \\26 \\5c \\3c /style\\3e ")}</style>',
  );
});

test('what was left out is told by name', () => {
  const { removed } = filterHtml(
    '<script></script><script></script><p onclick=x><base><meta http-equiv=Refresh><title></title>',
  );
  expect(removed).toEqual([
    { name: '<script>', count: 2 },
    { name: 'onclick', count: 1 },
    { name: '<base>', count: 1 },
    { name: '<meta http-equiv=refresh>', count: 1 },
  ]);
});

test.for([
  {
    html: '\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/a.dtd">a',
    doctype: '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/a.dtd">',
  },
  { html: 'a<!doctype html>', doctype: '' },
  { html: '<!doctype html [<!entity x>]>', doctype: '' },
])('of $html the doctype is "$doctype"', ({ html, doctype }) => {
  expect(filterHtml(html).doctype).toBe(doctype);
});

test.for([
  { name: 'elements in elements', html: '<div>'.repeat(100_000) },
  { name: 'SVG in SVG', html: '<svg><g>'.repeat(100_000) },
  { name: 'templates in templates', html: '<template>'.repeat(100_000) },
  { name: 'CDATA in CDATA', html: '<![CDATA[>'.repeat(100_000) },
  { name: 'brackets in styles', html: `<style>${'('.repeat(200_000)}` },
  { name: 'attributes', html: `<p ${Array.from({ length: 50_000 }, (_, index) => `a${index}=1`).join(' ')}>` },
  { name: 'blanks in a srcset', html: `<img srcset="${' ,'.repeat(100_000)}">` },
])('100,000 levels or more are read: $name', ({ html }) => {
  expect(show(html).length).toBeLessThan(html.length * 2);
});
