/** The URLs of the page's views: all are the one built page, and none changes anything. */
const PAGE = /^\/(?:(?:search|connect|explain|view\/[^/.]+(?:\/[^/.]+)?|(?:config|queue)(?:\/[^/.]+)?)\/?)?$/;

/** Tells whether `path` is a view of the page: `/`, `/view/{ID}`, `/view/{ID}/headers` …, not `/view/{ID}.html`. */
export function isPage(path: string): boolean {
  return PAGE.test(path);
}
