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
 * @param hosts lets images, styles, fonts and media of these in, with or without a port: somebody asked for them
 */
export function htmlPolicy(hosts: readonly string[]): string {
  // A source with `http:` stands for https, too. @see https://www.w3.org/TR/CSP3/#match-schemes
  const remote = hosts.map((host) => ` http://${host}`).join('');
  return [
    'sandbox allow-popups allow-popups-to-escape-sandbox',
    "default-src 'none'",
    `style-src 'unsafe-inline'${remote}`,
    `img-src data:${remote}`,
    `font-src data:${remote}`,
    ...(remote === '' ? [] : [`media-src${remote}`]),
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}
