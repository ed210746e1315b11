/** What the frame would fetch from elsewhere if it were let. */
export interface RemoteContent {
  readonly count: number;
  /** Each once, in order. */
  readonly hosts: readonly string[];
}

const SOURCES =
  /(?:\b(?:src|background|poster)\s*=\s*["']?\s*|url\(\s*["']?\s*|<link\b[^>]*?\bhref\s*=\s*["']?\s*)((?:https?:)?\/\/[^\s"'<>)]+)/gi;

/** Text beyond this is not looked at. */
const LOOKED_AT_MAX = 2 * 1024 * 1024;

/**
 * Counts remote images, style sheets and the like. For the line above the frame only: what is really blocked is up to
 * the server's filter and the frame's policy, so this need not be right in every case.
 */
export function findRemoteContent(html: string): RemoteContent {
  const links = new Set<string>();
  const hosts = new Set<string>();
  for (const [, link = ''] of html.slice(0, LOOKED_AT_MAX).matchAll(SOURCES)) {
    const url = link.startsWith('//') ? `https:${link}` : link;
    if (!URL.canParse(url)) continue;
    links.add(url);
    hosts.add(new URL(url).host);
  }
  return { count: links.size, hosts: [...hosts] };
}
