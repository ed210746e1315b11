import { constants, inflateSync } from 'node:zlib';
import { checkSize, type Pixels } from './pixels.ts';

/** Samples a pixel, by colour type. */
const CHANNELS: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);
/** Adam7: where each pass begins, and its steps. */
const PASSES = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
] as const;
const WHOLE = [{ x: 0, y: 0, dx: 1, dy: 1 }] as const;
const SIGNATURE_BYTES = 8;
/** What encoders leave behind the last row. */
const SLACK_BYTES = 64 * 1024;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly channels: number;
  readonly isInterlaced: boolean;
}

interface Chunks {
  readonly header: Header;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array;
  readonly data: readonly Uint8Array[];
}

/**
 * Decodes a PNG; 16-bit samples to 8 bits. Sums aren't checked; what is missing at the end stays white.
 *
 * Our own: pngjs 7 inflates interlaced pictures without a bound, fast-png 8 any. A mail's 32 MB would become as many GB.
 * @throws {Error} when it can't be decoded; nothing is inflated beyond what its size says
 * @see https://www.w3.org/TR/png-3/
 */
export function decodePng(octets: Uint8Array): Pixels {
  const { header, palette, transparency, data } = readChunks(octets);
  const { width, height } = header;
  const passes = header.isInterlaced ? PASSES : WHOLE;
  const sizes = passes.map(({ x, y, dx, dy }) => ({
    columns: Math.ceil(Math.max(0, width - x) / dx),
    rows: Math.ceil(Math.max(0, height - y) / dy),
  }));
  const length = sizes.reduce(
    (sum, { columns, rows }) => sum + (columns === 0 ? 0 : rows * (1 + rowBytes(header, columns))),
    0,
  );
  const inflated = inflateSync(Buffer.concat(data), {
    maxOutputLength: length + SLACK_BYTES,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  const rgba = new Uint8Array(width * height * 4).fill(255);
  const step = Math.max(1, (header.channels * header.depth) >> 3);
  const write = openPixelWriter(header, { palette, transparency, rgba });
  let at = 0;
  for (const [number, { x, y, dx, dy }] of passes.entries()) {
    const { columns, rows } = sizes[number] ?? { columns: 0, rows: 0 };
    if (columns === 0) continue;
    const bytes = rowBytes(header, columns);
    let above = new Uint8Array(bytes);
    for (let row = 0; row < rows && at + 1 + bytes <= inflated.length; row += 1) {
      const line = inflated.subarray(at + 1, at + 1 + bytes);
      unfilter(inflated[at] ?? 0, line, above, step);
      for (let column = 0; column < columns; column += 1)
        write(line, column, ((y + row * dy) * width + x + column * dx) * 4);
      above = line;
      at += 1 + bytes;
    }
  }
  return { width, height, data: rgba };
}

function rowBytes({ channels, depth }: Header, columns: number): number {
  return Math.ceil((columns * channels * depth) / 8);
}

function readChunks(octets: Uint8Array): Chunks {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  let header: Header | undefined;
  let palette: Uint8Array = new Uint8Array();
  let transparency: Uint8Array = new Uint8Array();
  const data: Uint8Array[] = [];
  for (let at = SIGNATURE_BYTES; at + 8 <= octets.length;) {
    const end = at + 8 + view.getUint32(at);
    const type = String.fromCharCode(...octets.subarray(at + 4, at + 8));
    const body = octets.subarray(at + 8, end);
    if (type === 'IHDR') header = readHeader(body);
    if (type === 'PLTE') palette = body;
    if (type === 'tRNS') transparency = body;
    if (type === 'IDAT') data.push(body);
    if (type === 'IEND') break;
    at = end + 4;
  }
  if (header === undefined) throw new Error('a PNG without a header');
  return { header, palette, transparency, data };
}

function readHeader(body: Uint8Array): Header {
  if (body.length < 13) throw new Error('a PNG with half a header');
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [width, height, depth = 0, colour = 0] = [view.getUint32(0), view.getUint32(4), body[8], body[9]];
  const channels = CHANNELS.get(colour);
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(depth) || (depth < 8 && channels > 1)) {
    throw new Error('a PNG of a kind that does not exist');
  }
  checkSize(width, height);
  return { width, height, depth, colour, channels, isInterlaced: body[12] === 1 };
}

/** Undoes a row's filter, in place. @param step from an octet to the one of the pixel to its left */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, step: number): void {
  if (filter === 0) return;
  for (let index = 0; index < line.length; index += 1) {
    // Before the row there are zeros. Not asked of the array: an index below 0 would make all of it slow.
    const left = index < step ? 0 : (line[index - step] ?? 0);
    const corner = index < step ? 0 : (above[index - step] ?? 0);
    line[index] = (line[index] ?? 0) + predict(filter, left, above[index] ?? 0, corner);
  }
}

/** For each octet of a picture: nothing is allocated. */
function predict(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default: {
      const fromLeft = Math.abs(up - corner);
      const fromUp = Math.abs(left - corner);
      const fromCorner = Math.abs(left + up - 2 * corner);
      if (fromLeft <= fromUp && fromLeft <= fromCorner) return left;
      return fromUp <= fromCorner ? up : corner;
    }
  }
}

/** Writes a column of a row to a place in `rgba`. */
type PixelWriter = (line: Uint8Array, column: number, place: number) => void;

function openPixelWriter(
  { depth, colour, channels }: Header,
  {
    palette,
    transparency,
    rgba,
  }: { readonly palette: Uint8Array; readonly transparency: Uint8Array; readonly rgba: Uint8Array },
): PixelWriter {
  const bytes = depth === 16 ? 2 : 1;
  const scale = colour === 3 || depth >= 8 ? 1 : 255 / (2 ** depth - 1);
  const sample = (line: Uint8Array, index: number): number => {
    if (depth >= 8) return line[index * bytes] ?? 0;
    const bit = index * depth;
    return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  };
  return (line, column, place) => {
    const first = sample(line, column * channels);
    if (colour === 3) {
      for (let channel = 0; channel < 3; channel += 1) rgba[place + channel] = palette[first * 3 + channel] ?? 0;
      rgba[place + 3] = transparency[first] ?? 255;
      return;
    }
    const isGrey = channels < 3;
    rgba[place] = first * scale;
    rgba[place + 1] = isGrey ? first * scale : sample(line, column * channels + 1);
    rgba[place + 2] = isGrey ? first * scale : sample(line, column * channels + 2);
    if (channels % 2 === 0) rgba[place + 3] = sample(line, column * channels + channels - 1);
  };
}
