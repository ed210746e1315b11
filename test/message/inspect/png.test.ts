import { expect, test } from 'vitest';
import { decodePng } from '../../../src/message/inspect/png.ts';
import { makePng } from '../../support/pictures.ts';

test.for([
  { what: 'grey', png: { rows: [0, 0, 255] }, pixels: [0, 0, 0, 255, 255, 255, 255, 255] },
  { what: 'grey of one bit', png: { depth: 1, rows: [0, 0b01000000] }, pixels: [0, 0, 0, 255, 255, 255, 255, 255] },
  {
    what: 'grey of 16 bits',
    png: { depth: 16, rows: [0, 18, 52, 255, 255] },
    pixels: [18, 18, 18, 255, 255, 255, 255, 255],
  },
  { what: 'colours', png: { colour: 2, rows: [0, 1, 2, 3, 4, 5, 6] }, pixels: [1, 2, 3, 255, 4, 5, 6, 255] },
  {
    what: 'a palette with opacity',
    png: { colour: 3, depth: 4, rows: [0, 0x10], palette: [9, 8, 7, 6, 5, 4], transparency: [128] },
    pixels: [6, 5, 4, 255, 9, 8, 7, 128],
  },
  { what: 'grey with opacity', png: { colour: 4, rows: [0, 9, 8, 7, 6] }, pixels: [9, 9, 9, 8, 7, 7, 7, 6] },
  {
    what: 'colours with opacity',
    png: { colour: 6, rows: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
    pixels: [1, 2, 3, 4, 5, 6, 7, 8],
  },
  { what: 'the filter Sub', png: { colour: 2, rows: [1, 1, 2, 3, 1, 1, 1] }, pixels: [1, 2, 3, 255, 2, 3, 4, 255] },
])('a PNG of two pixels in $what is decoded', ({ png: { rows, ...png }, pixels }) => {
  const { data } = decodePng(makePng({ width: 2, height: 1, ...png, rows: Uint8Array.from(rows) }));
  expect([...data]).toEqual(pixels);
});

test.for([
  { filter: 2, second: [3, 3], grey: [13, 23] },
  { filter: 3, second: [3, 3], grey: [8, 17] },
  { filter: 4, second: [3, 3], grey: [13, 23] },
])('filter $filter looks at the row above', ({ filter, second, grey }) => {
  const rows = Uint8Array.from([0, 10, 20, filter, ...second]);
  const { data } = decodePng(makePng({ width: 2, height: 2, rows }));
  expect([data[8], data[12]]).toEqual(grey);
});

test('an interlaced PNG is put together from its passes', () => {
  // 3 × 2: passes 1, 4, 6 and 7 have pixels.
  const rows = Uint8Array.from([0, 1, 0, 3, 0, 2, 0, 4, 5, 6]);
  const { data } = decodePng(makePng({ width: 3, height: 2, isInterlaced: true, rows }));
  expect([0, 1, 2, 3, 4, 5].map((pixel) => data[pixel * 4])).toEqual([1, 2, 3, 4, 5, 6]);
});

test.for([
  { what: 'of 900 million pixels', png: makePng({ width: 30_000, height: 30_000, rows: new Uint8Array(10) }) },
  { what: 'of no pixels', png: makePng({ width: 0, height: 9, rows: new Uint8Array(10) }) },
  {
    what: 'that inflates to a hundred times what its size says',
    png: makePng({ width: 9, height: 9, rows: new Uint8Array(1e7) }),
  },
  { what: 'of a depth that does not exist', png: makePng({ width: 1, height: 1, depth: 3 }) },
  { what: 'without anything', png: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
  { what: 'with a chunk longer than itself', png: Buffer.from('\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR', 'latin1') },
])('a PNG $what is refused', ({ png }) => {
  expect(() => decodePng(png)).toThrow();
});

test('what is missing at the end of a PNG stays white', () => {
  const { data } = decodePng(makePng({ width: 1, height: 2, rows: Uint8Array.from([0, 7]) }));
  expect([...data]).toEqual([7, 7, 7, 255, 255, 255, 255, 255]);
});
