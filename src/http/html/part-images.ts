import type { MimePart } from '../../message/parsed.ts';

/** What an `<img>` may show, and nothing in it can run. */
export const IMAGE_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]);

/** The largest image that is put into HTML unasked. */
const MAX_IMAGE_BYTES = 2 * 1024 * 1024;
/** And how many characters all of them may become: a mail can name one image a thousand times. */
const MAX_EMBEDDED_LENGTH = 24 * 1024 * 1024;

/** A part that HTML names by its Content-ID. */
export interface NamedImage {
  readonly contentId: string;
  /** Undefined if nothing has that ID, or if it is no image that may be shown. */
  readonly part?: MimePart;
  /** It is only shown if somebody asks for it. */
  readonly isLarge: boolean;
}

/** Finds what the Content-IDs in HTML stand for. @param parts the parts of the message that have one */
export function findImages(contentIds: readonly string[], parts: readonly MimePart[]): readonly NamedImage[] {
  const images = new Map(
    parts.filter(({ contentType }) => IMAGE_TYPES.has(contentType)).map((part) => [part.contentId, part]),
  );
  return contentIds.map((contentId) => {
    const part = images.get(contentId);
    return part ? { contentId, part, isLarge: part.sizeBytes > MAX_IMAGE_BYTES } : { contentId, isLarge: false };
  });
}

/**
 * The images as `data:` URLs, by Content-ID: a frame with an origin of its own may load nothing from here.
 * @param places how often the HTML shows each: once there are too many characters, the rest is left out
 * @param load the decoded octets of a part
 */
export async function embedImages(
  images: readonly NamedImage[],
  places: ReadonlyMap<string, number>,
  load: (part: MimePart) => Promise<Uint8Array>,
): Promise<ReadonlyMap<string, string>> {
  const urls = new Map<string, string>();
  let left = MAX_EMBEDDED_LENGTH;
  for (const { contentId, part } of images) {
    if (part === undefined) continue;
    const length = part.sizeBytes * (4 / 3) * (places.get(contentId) ?? 1);
    if (length > left) continue;
    left -= length;
    const octets = await load(part);
    urls.set(contentId, `data:${part.contentType};base64,${Buffer.from(octets).toString('base64')}`);
  }
  return urls;
}
