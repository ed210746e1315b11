import { expect, test } from 'vitest';
import { embedImages, findImages } from '../../../src/http/html/part-images.ts';
import type { MimePart } from '../../../src/message/parsed.ts';

const OCTETS = Buffer.from('image');
const DATA = `data:image/png;base64,${OCTETS.toString('base64')}`;

function image(part: Partial<MimePart> = {}): MimePart {
  return {
    partId: '2',
    contentType: 'image/png',
    encoding: 'base64',
    contentId: 'logo',
    headerStart: 0,
    bodyStart: 0,
    bodyEnd: 0,
    sizeBytes: 5,
    children: [],
    ...part,
  };
}

test('an image is found by its Content-ID, and becomes a URL that holds it', async () => {
  const images = findImages(['logo'], [image({ contentId: 'other' }), image()]);
  expect(images).toMatchObject([{ contentId: 'logo', part: { partId: '2' }, isLarge: false }]);
  expect(await embedImages(images, new Map([['logo', 1]]), async () => OCTETS)).toEqual(new Map([['logo', DATA]]));
});

test.for([
  { part: { contentType: 'image/svg+xml' }, why: 'scripts run in SVG' },
  { part: { contentType: 'text/html' }, why: 'no image' },
  { part: { contentId: 'other' }, why: 'nothing has that ID' },
])('an image is missing: $why', async ({ part }) => {
  const images = findImages(['logo'], [image(part)]);
  expect(images).toEqual([{ contentId: 'logo', isLarge: false }]);
  expect(await embedImages(images, new Map([['logo', 1]]), async () => OCTETS)).toEqual(new Map());
});

test('an image over 2 MB is large', () => {
  expect(findImages(['logo'], [image({ sizeBytes: 2 * 1024 * 1024 })])).toMatchObject([{ isLarge: false }]);
  expect(findImages(['logo'], [image({ sizeBytes: 2 * 1024 * 1024 + 1 })])).toMatchObject([{ isLarge: true }]);
});

test('an image that is named a thousand times does not make a page of gigabytes', async () => {
  const images = findImages(['logo'], [image({ sizeBytes: 2 * 1024 * 1024 })]);
  expect(await embedImages(images, new Map([['logo', 1000]]), async () => OCTETS)).toEqual(new Map());
});
