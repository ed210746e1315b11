/** What every reply bears, refusals and errors too; a route that shows something widens what it must. */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
} as const;

/** The page: scripts and styles are its own files; no text of a mail can become markup (trusted types). */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

/** A part or source of a mail, opened by hand: an origin of its own, and nothing runs or is loaded. */
export const CONTENT_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

/**
 * The HTML of a mail, in the page's frame or opened by hand: an origin of its own, no script, nothing loaded.
 * @param remote lets images, styles, fonts and media of other servers in: somebody asked for them
 */
export function htmlPolicy(remote: boolean): string {
  const web = remote ? ' http: https:' : '';
  return [
    'sandbox allow-popups allow-popups-to-escape-sandbox',
    "default-src 'none'",
    `style-src 'unsafe-inline'${web}`,
    `img-src data:${web}`,
    `font-src data:${web}`,
    ...(remote ? ['media-src http: https:'] : []),
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}
