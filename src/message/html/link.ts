/** What `src`, `url()` and their like lead to, as far as it may be shown. */
export type Resource =
  | {
      readonly kind: 'remote';
      /** As the URL standard writes it: what is checked is what is loaded. */
      readonly url: string;
      /** With the port, unless it is the scheme's own: `cdn.acme.test`, `localhost:3000`. */
      readonly host: string;
    }
  /** A part of the message, by its Content-ID. @see RFC 2392 */
  | { readonly kind: 'part'; readonly contentId: string }
  | { readonly kind: 'data'; readonly url: string };

/** What an `href` leads to: a link that may stay one, or an address that is only shown. */
export type Link = { readonly href: string } | { readonly address: string };

/** What is loaded: a style sheet could load further things, so that none comes out of the mail itself. */
export type ResourceUse = 'media' | 'style-sheet';

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
/** Pictures and fonts. SVG is among them: as a picture it runs and loads nothing. */
const DATA =
  /^data:(?:image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)|(?:application|font)\/(?:x-)?(?:font-)?(?:woff2?|ttf|otf|truetype|opentype|sfnt))[;,]/i;

/** Reads the link of a resource. @returns undefined if it may not be loaded: no scheme, or one that isn't a picture's */
export function findResource(text: string, use: ResourceUse): Resource | undefined {
  const link = withoutControls(text);
  const scheme = SCHEME.exec(link)?.[1]?.toLowerCase();
  if (scheme === 'cid') return { kind: 'part', contentId: decodeId(link.slice('cid:'.length)) };
  if (scheme === 'data') return use === 'media' && DATA.test(link) ? { kind: 'data', url: link } : undefined;
  const url = findWebUrl(link, scheme);
  return url && { kind: 'remote', url: url.href, host: url.host };
}

/** Reads an `href`. @returns undefined if it is empty */
export function findLink(text: string): Link | undefined {
  const link = withoutControls(text);
  if (link === '') return undefined;
  if (link.startsWith('#')) return { href: link };
  const scheme = SCHEME.exec(link)?.[1]?.toLowerCase();
  if (scheme === 'mailto' || scheme === 'tel') return { href: link };
  const url = findWebUrl(link, scheme);
  return url ? { href: url.href } : { address: link };
}

/** What a browser takes away before it reads a URL. @see https://url.spec.whatwg.org/#url-parsing */
function withoutControls(text: string): string {
  return text.replace(/^[\0-\x20]+|[\0-\x20]+$|[\t\n\r]+/g, '');
}

function findWebUrl(link: string, scheme: string | undefined): URL | undefined {
  // Browsers read a backslash as a slash, and a link without a scheme in the page's own, which a mail doesn't have.
  const absolute = scheme === undefined && /^[/\\]{2}/.test(link) ? `https:${link}` : link;
  const isWeb = scheme === undefined ? absolute !== link : scheme === 'http' || scheme === 'https';
  if (!isWeb || !URL.canParse(absolute)) return undefined;
  const url = new URL(absolute);
  return url.host === '' ? undefined : url;
}

/** A Content-ID in a URL is percent-encoded, or isn't. */
function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
