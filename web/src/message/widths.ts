/** Widths of the HTML frame to choose from, in CSS pixels: a phone, a mail client's column, a tablet. */
export const WIDTHS = [360, 600, 768] as const;

/** How narrow and how wide it can be dragged. */
export const FRAME_MIN = 200;
export const FRAME_MAX = 2000;

/** The next one; after the last the whole pane (undefined). */
export function toNextWidth(width: number | undefined): number | undefined {
  return width === undefined ? WIDTHS[0] : WIDTHS.find((next) => next > width);
}
