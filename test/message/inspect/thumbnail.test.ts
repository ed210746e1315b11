import jpeg from 'jpeg-js';
import { expect, test } from 'vitest';
import { makeThumbnail } from '../../../src/message/inspect/thumbnail.ts';
import { makeGif, makeJpeg, makePng } from '../../support/pictures.ts';

/** Colours of a thumbnail at its corner, the middle of its left and of its upper edge, and its middle; to the nearest 32. */
const look = (octets: Uint8Array): Readonly<Record<string, string>> => {
  const { width, height, data } = jpeg.decode(makeThumbnail(octets), { useTArray: true });
  const at = (x: number, y: number): string =>
    [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)]
      .map((value) => Math.round(value / 32) * 32)
      .join(' ');
  return { size: `${width}x${height}`, corner: at(0, 0), left: at(0, 60), top: at(90, 0), middle: at(90, 60) };
};

const WHITE = '256 256 256';
const size = '180x120';
const whole = (colour: string): Readonly<Record<string, string>> => ({
  size,
  corner: colour,
  left: colour,
  top: colour,
  middle: colour,
});

test.for([
  { what: 'a large PNG covers it', octets: makePng({ width: 400, height: 300 }), seen: whole('0 0 0') },
  { what: 'a large JPEG covers it', octets: makeJpeg(400, 200, [255, 0, 0]), seen: whole('256 0 0') },
  { what: 'a large GIF covers it', octets: makeGif(200, 200, 0x0000ff), seen: whole('0 0 256') },
  {
    what: 'a small one stands in the middle, on white',
    octets: makePng({ width: 20, height: 20 }),
    seen: { size, corner: WHITE, left: WHITE, top: WHITE, middle: '0 0 0' },
  },
  {
    what: 'a flat one is made as wide',
    octets: makePng({ width: 400, height: 40 }),
    seen: { size, corner: WHITE, left: '0 0 0', top: WHITE, middle: '0 0 0' },
  },
  {
    what: 'one that cannot be seen through is on white',
    octets: makePng({ width: 400, height: 300, colour: 4, rows: new Uint8Array(300 * 801) }),
    seen: whole(WHITE),
  },
  { what: 'text is white', octets: Buffer.from('hello'), seen: whole(WHITE) },
  { what: 'nothing is white', octets: new Uint8Array(), seen: whole(WHITE) },
  { what: 'SVG is white', octets: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), seen: whole(WHITE) },
  {
    what: 'a picture of 900 million pixels is white',
    octets: makePng({ width: 30_000, height: 30_000, rows: new Uint8Array(9) }),
    seen: whole(WHITE),
  },
  { what: 'a broken JPEG is white', octets: makeJpeg(400, 200, [0, 0, 0]).subarray(0, 100), seen: whole(WHITE) },
  { what: 'a broken GIF is white', octets: makeGif(200, 200, 0).subarray(0, 20), seen: whole(WHITE) },
])('the thumbnail is 180 by 120: $what', ({ octets, seen }) => {
  expect(look(octets)).toEqual(seen);
});

test('a JPEG and a GIF that claim 65,535 pixels each way are white, at once', () => {
  const jpegOctets = makeJpeg(16, 16, [0, 0, 0]);
  const frame = jpegOctets.indexOf(Buffer.from([0xff, 0xc0]));
  jpegOctets.fill(0xff, frame + 5, frame + 9);
  const gif = makeGif(16, 16, 0);
  gif.fill(0xff, 6, 10);
  expect(look(jpegOctets)).toEqual(whole(WHITE));
  expect(look(gif)).toEqual(whole(WHITE));
});
