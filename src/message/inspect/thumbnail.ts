import jpeg from 'jpeg-js';
import { GifReader } from 'omggif';
import { checkSize, type Pixels } from './pixels.ts';
import { decodePng } from './png.ts';

const WIDTH = 180;
const HEIGHT = 120;
const QUALITY = 80;
/** A pixel of the thumbnail is the mean of at most so many by so many of the picture. */
const MAX_SAMPLES = 8;
const MAX_JPEG_MEGAPIXELS = 20;
const MAX_JPEG_MEMORY_MB = 512;

/**
 * A JPEG of 180 by 120 pixels: a picture that is larger covers it, one that is smaller stands in its middle, on white.
 * What isn't a PNG, JPEG or GIF, is broken, or has more than 20 million pixels is white.
 */
export function makeThumbnail(octets: Uint8Array): Uint8Array {
  const canvas = new Uint8Array(WIDTH * HEIGHT * 4).fill(255);
  const picture = decodePicture(octets);
  if (picture) paint(picture, canvas);
  return jpeg.encode({ width: WIDTH, height: HEIGHT, data: canvas }, QUALITY).data;
}

/** @returns undefined for what can't be decoded, whatever the reason: it is a stranger's */
function decodePicture(octets: Uint8Array): Pixels | undefined {
  try {
    const start = Buffer.from(octets.subarray(0, 4)).toString('latin1');
    if (start === '\x89PNG') return decodePng(octets);
    if (start.startsWith('\xff\xd8')) return decodeJpeg(octets);
    return start === 'GIF8' ? decodeGif(octets) : undefined;
  } catch {
    return undefined;
  }
}

function decodeJpeg(octets: Uint8Array): Pixels {
  return jpeg.decode(octets, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: true,
    maxResolutionInMP: MAX_JPEG_MEGAPIXELS,
    maxMemoryUsageInMB: MAX_JPEG_MEMORY_MB,
  });
}

/** The first picture of an animation. */
function decodeGif(octets: Uint8Array): Pixels {
  const reader = new GifReader(octets);
  const { width, height } = reader;
  const frame = reader.frameInfo(0);
  checkSize(width, height);
  checkSize(frame.width, frame.height);
  if (frame.x + frame.width > width || frame.y + frame.height > height) throw new Error('a frame beyond its picture');
  const data = new Uint8Array(width * height * 4);
  reader.decodeAndBlitFrameRGBA(0, data);
  return { width, height, data };
}

function paint(picture: Pixels, canvas: Uint8Array): void {
  const { width, height } = picture;
  const fits = width < WIDTH || height < HEIGHT;
  const scale = fits ? Math.min(1, WIDTH / width, HEIGHT / height) : Math.max(WIDTH / width, HEIGHT / height);
  const [left, top] = [(WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2];
  const samples = Math.min(MAX_SAMPLES, Math.max(1, Math.ceil(1 / scale)));
  for (let y = Math.max(0, Math.round(top)); y < Math.min(HEIGHT, Math.round(top + height * scale)); y += 1) {
    for (let x = Math.max(0, Math.round(left)); x < Math.min(WIDTH, Math.round(left + width * scale)); x += 1) {
      const colour = meanColour(picture, { x: (x - left) / scale, y: (y - top) / scale, size: 1 / scale, samples });
      canvas.set(colour, (y * WIDTH + x) * 4);
    }
  }
}

/** The mean of a square of a picture, on white. */
function meanColour(
  { width, height, data }: Pixels,
  { x, y, size, samples }: { readonly x: number; readonly y: number; readonly size: number; readonly samples: number },
): readonly number[] {
  const sums = [0, 0, 0];
  for (let row = 0; row < samples; row += 1) {
    const sourceY = Math.min(height - 1, Math.max(0, Math.floor(y + ((row + 0.5) * size) / samples)));
    for (let column = 0; column < samples; column += 1) {
      const sourceX = Math.min(width - 1, Math.max(0, Math.floor(x + ((column + 0.5) * size) / samples)));
      const at = (sourceY * width + sourceX) * 4;
      const opacity = (data[at + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel += 1) {
        sums[channel] = (sums[channel] ?? 0) + (data[at + channel] ?? 0) * opacity + 255 * (1 - opacity);
      }
    }
  }
  return [...sums.map((sum) => Math.round(sum / samples ** 2)), 255];
}
