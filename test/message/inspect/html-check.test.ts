import { expect, test } from 'vitest';
import { checkHtml } from '../../../src/message/inspect/html-check.ts';

const found = (html: string): Readonly<Record<string, number>> =>
  Object.fromEntries(checkHtml(html).warnings.map((warning) => [warning.slug, warning.found]));

test.for([
  { what: 'an element', html: '<video></video><video></video>', slug: 'html-video', times: 2 },
  { what: 'an element with an attribute', html: '<button type=submit>', slug: 'html-button-submit', times: 1 },
  { what: 'an attribute', html: '<input required>', slug: 'html-required', times: 1 },
  { what: 'a picture by its name', html: '<img src="a.WEBP?x=1">', slug: 'image-webp', times: 1 },
  { what: 'a picture in the HTML', html: '<img src="data:image/png;base64,x">', slug: 'image-base64', times: 1 },
  { what: 'a property of an element', html: '<p style="Border-Radius: 2px">', slug: 'css-border-radius', times: 1 },
  {
    what: 'a property that a style sheet gives to three',
    html: '<style>p{gap:1px}</style><p><p><p>',
    slug: 'css-gap',
    times: 3,
  },
  { what: 'a property within @media', html: '<style>@media (hover){p{gap:1px}}</style><p>', slug: 'css-gap', times: 1 },
  { what: 'a value', html: '<p style="display:flex">', slug: 'css-display-flex', times: 1 },
  { what: 'a function', html: '<p style="width:min(1px,2px)">', slug: 'css-function-min', times: 1 },
  { what: 'a unit', html: '<p style="width:10vw">', slug: 'css-unit-vw', times: 1 },
  { what: '!important', html: '<p style="width:1px !IMPORTANT">', slug: 'css-important', times: 1 },
  { what: 'an at-rule', html: '<style>@font-face { src: x }</style>', slug: 'css-at-font-face', times: 1 },
  {
    what: 'a feature of @media',
    html: '<style>@media screen and (prefers-color-scheme: dark){a{b:c}}</style>',
    slug: 'css-at-media-prefers-color-scheme',
    times: 1,
  },
  { what: 'a pseudo-class', html: '<style>a:hover{color:red}</style>', slug: 'css-pseudo-class-hover', times: 1 },
  {
    what: 'nothing in a comment',
    html: '<style>/* a:hover{color:red} */</style><!-- <video> -->',
    slug: 'html-video',
    times: undefined,
  },
  { what: 'no unit in a word', html: '<p style="animation-name:a10vw">', slug: 'css-unit-vw', times: undefined },
])('$what is found', ({ html, slug, times }) => {
  expect(found(html)[slug]).toBe(times);
});

test('a warning has the programs that it is about, and percentages that make a hundred', () => {
  const [warning] = checkHtml('<video>').warnings;
  expect(warning?.results).toContainEqual(
    expect.objectContaining({ family: 'gmail', platform: 'desktop-webmail', support: 'no' }),
  );
  const { supportedPercent = 0, partialPercent = 0, unsupportedPercent = 0 } = warning ?? {};
  expect(supportedPercent + partialPercent + unsupportedPercent).toBeCloseTo(100);
});

test('elements are counted, but not those that only hold others', () => {
  expect(checkHtml('<html><head><meta><title>x</title></head><body><p>a</p></body></html>').nodes).toBe(3);
  expect(checkHtml('<p>a<b>b</b></p>').nodes).toBe(2);
  expect(checkHtml('').nodes).toBe(0);
});

test('most of what caniemail.com knows is looked for', () => {
  expect(checkHtml('').tests).toBeGreaterThan(230);
});

test.for([
  { what: 'deeply nested', html: '<div>'.repeat(20_000) },
  { what: 'of braces', html: `<style>${'a{'.repeat(100_000)}</style>` },
  { what: 'of a comment that is never closed', html: `<style>${'/*'.repeat(100_000)}</style>` },
  { what: 'of selectors that are none', html: `<style>${'>>>[[[:::{a:b}'.repeat(10_000)}</style>` },
  { what: 'of one long attribute', html: `<p style="${';:'.repeat(100_000)}">` },
])('HTML $what is looked through all the same', ({ html }) => {
  expect(checkHtml(html).tests).toBeGreaterThan(0);
});
