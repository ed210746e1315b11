import type { MimePart } from '../message/parsed.ts';

/** What an `<img>` may show, and nothing in it can run. */
export const IMAGE_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]);

/** The largest image that is put into the HTML itself. */
const MAX_IMAGE_BYTES = 2 * 1024 * 1024;
/** And how many characters all of them may become: a mail can name one image a thousand times. */
const MAX_EMBEDDED_LENGTH = 24 * 1024 * 1024;

/** `cid:` at the start of an attribute's value or in a style's `url()`; elsewhere it is text and stays. */
const CID_URL = /(?<before>=\s*["']?\s*|url\(\s*["']?\s*)cid:(?<id>[^\s"'()<>]+)/gi;

/**
 * Puts the inline images of a message into its HTML as `data:` URLs: its frame has an origin of its own, and may load
 * nothing from here. Only values are replaced, by Base64: no markup can come of it.
 * @param parts the parts with a Content-ID
 * @param load the decoded octets of a part
 */
export async function embedImages(
  html: string,
  parts: readonly MimePart[],
  load: (part: MimePart) => Promise<Uint8Array>,
): Promise<string> {
  const images = new Map(parts.filter(isSmallImage).map((part) => [part.contentId, part]));
  const urls = new Map<string, string>();
  for (const { groups } of html.matchAll(CID_URL)) {
    const contentId = decodeId(groups?.['id'] ?? '');
    const image = images.get(contentId);
    if (image === undefined || urls.has(contentId)) continue;
    const octets = await load(image);
    urls.set(contentId, `data:${image.contentType};base64,${Buffer.from(octets).toString('base64')}`);
  }
  let left = MAX_EMBEDDED_LENGTH;
  return html.replace(CID_URL, (whole, before: string, id: string) => {
    const url = urls.get(decodeId(id));
    if (url === undefined || url.length > left) return whole;
    left -= url.length;
    return before + url;
  });
}

function isSmallImage(part: MimePart): boolean {
  return IMAGE_TYPES.has(part.contentType) && part.sizeBytes <= MAX_IMAGE_BYTES;
}

/** A Content-ID in a URL is percent-encoded (RFC 2392), or isn't. */
function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
