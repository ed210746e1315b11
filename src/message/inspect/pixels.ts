/** A picture, decoded. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly data: Uint8Array;
}

/** Larger pictures aren't decoded: their octets may be few, their pixels take all memory. */
const MAX_PIXELS = 20_000_000;

/** @throws {Error} for a picture that is empty or too large, before anything is allocated for it */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
    throw new Error(`a picture of ${width} by ${height} pixels isn't decoded`);
  }
}
