import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { GifWriter } from 'omggif';

/** How a PNG is to be. */
export interface PngFields {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  /** 0 grey, 2 colours, 3 by palette, 4 grey with opacity, 6 colours with opacity. */
  readonly colour?: number;
  readonly isInterlaced?: boolean;
  /** What is deflated: rows, each with its filter. */
  readonly rows?: Uint8Array;
  readonly palette?: readonly number[];
  readonly transparency?: readonly number[];
}

/** Writes a PNG; without rows, of one colour by grey samples of 0. */
export function makePng(fields: PngFields): Buffer {
  const { width, height, depth = 8, colour = 0, isInterlaced = false, palette, transparency } = fields;
  const { rows = new Uint8Array(height * (1 + Math.ceil((width * depth) / 8))) } = fields;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, isInterlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Buffer.from(palette))] : []),
    ...(transparency ? [chunk('tRNS', Buffer.from(transparency))] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Writes a JPEG of one colour. */
export function makeJpeg(width: number, height: number, colour: readonly number[]): Buffer {
  const data = Buffer.alloc(width * height * 4, Buffer.from([...colour, 255]));
  return jpeg.encode({ width, height, data }, 95).data;
}

/** Writes a GIF of one colour. */
export function makeGif(width: number, height: number, colour: number): Buffer {
  const octets = Buffer.alloc(1000 + width * height * 2);
  const writer = new GifWriter(octets, width, height, { palette: [colour, 0xffffff] });
  writer.addFrame(
    0,
    0,
    width,
    height,
    Array.from({ length: width * height }, () => 0),
  );
  return octets.subarray(0, writer.end());
}

function chunk(type: string, body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), body, Buffer.alloc(4)]);
}
