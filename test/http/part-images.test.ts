import { expect, test } from 'vitest';
import { embedImages } from '../../src/http/html-view.ts';
import type { MimePart } from '../../src/message/parsed.ts';

const OCTETS = Buffer.from('image');
const DATA = `data:image/png;base64,${OCTETS.toString('base64')}`;

function image(part: Partial<MimePart> = {}): MimePart {
  return {
    partId: '2',
    contentType: 'image/png',
    encoding: 'base64',
    contentId: 'logo',
    related: true,
    headerStart: 0,
    bodyStart: 0,
    bodyEnd: 0,
    sizeBytes: 5,
    children: [],
    ...part,
  };
}

const embed = (html: string, ...parts: readonly MimePart[]): Promise<string> =>
  embedImages(html, parts, async () => OCTETS);

test.for([
  { html: '<img src="cid:logo">', expected: `<img src="${DATA}">`, why: 'a quoted attribute' },
  { html: "<img src='CID:logo'>", expected: `<img src='${DATA}'>`, why: 'single quotes, capitals' },
  { html: '<img src=cid:logo>', expected: `<img src=${DATA}>`, why: 'no quotes' },
  { html: '<p style="background:url(cid:logo)">', expected: `<p style="background:url(${DATA})">`, why: 'a style' },
  {
    html: `<style>p{background:url( 'cid:logo' )}</style>`,
    expected: `<style>p{background:url( '${DATA}' )}</style>`,
    why: 'a style sheet',
  },
  { html: '<img src="cid:l%6Fgo">', expected: `<img src="${DATA}">`, why: 'percent-encoded' },
  { html: '<p>see cid:logo</p>', expected: '<p>see cid:logo</p>', why: 'text stays' },
  { html: '<img src="cid:other">', expected: '<img src="cid:other">', why: 'nothing has that ID' },
  { html: '<img src="cid:%zz">', expected: '<img src="cid:%zz">', why: 'broken percent-encoding' },
])('$html becomes $expected: $why', async ({ html, expected }) => {
  expect(await embed(html, image())).toBe(expected);
});

test.for([
  { part: { contentType: 'image/svg+xml' }, why: 'scripts run in SVG' },
  { part: { contentType: 'text/html' }, why: 'no image' },
  { part: { sizeBytes: 2 * 1024 * 1024 + 1 }, why: 'larger than 2 MB' },
])('an image is left out: $why', async ({ part }) => {
  expect(await embed('<img src="cid:logo">', image(part))).toBe('<img src="cid:logo">');
});

test('a Content-ID with the special characters of patterns harms nothing', async () => {
  expect(await embed('<img src="cid:.*(+$&">', image({ contentId: '.*(+$&' }))).toBe('<img src="cid:.*(+$&">');
});

test('one image named a thousand times does not make a page of gigabytes', async () => {
  const large = Buffer.alloc(2 * 1024 * 1024);
  const html = '<img src="cid:logo">'.repeat(1000);
  const embedded = await embedImages(html, [image({ sizeBytes: large.length })], async () => large);
  expect(embedded.length).toBeLessThan(25 * 1024 * 1024);
});
