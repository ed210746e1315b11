import { decodeEntities } from './html-entities.ts';

/** What a reader sees of HTML, and where it leads. */
export interface HtmlText {
  /** Blocks on lines of their own; whitespace otherwise as in the source. */
  readonly text: string;
  /** The targets of links, entities decoded, in order. */
  readonly links: readonly string[];
  /** Images that have no `alt`, not even an empty one: what their `src` says, or an empty string. */
  readonly imagesWithoutAlt: readonly string[];
}

const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const EQUALS = 0x3d;
const GREATER = 0x3e;

/** Elements whose content is no text for eyes. */
const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'title', 'template', 'noembed', 'noframes', 'iframe']);
/** Elements that don't break a line: all others do. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const TAG_NAME = /<\/?([a-zA-Z][a-zA-Z0-9:-]{0,30})/y;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const HREF = /(?:^|[\s"'/])href\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/**
 * Reads the visible text of hostile HTML in one pass: no tree is built, so depth doesn't matter and time is linear.
 * Tags, comments and unseen elements end where a browser ends them. Styles aren't looked at: hidden text is text.
 */
export function readHtmlText(html: string): HtmlText {
  const pieces: string[] = [];
  const links: string[] = [];
  const imagesWithoutAlt: string[] = [];
  let from = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', from)) {
    TAG_NAME.lastIndex = at;
    const name = TAG_NAME.exec(html)?.[1]?.toLowerCase();
    const isMarkup = name !== undefined || '!?/'.includes(html[at + 1] ?? ' ');
    pieces.push(html.slice(from, isMarkup ? at : at + 1));
    from = at + 1;
    if (!isMarkup) continue;
    if (name === undefined) {
      from = commentEnd(html, at);
      continue;
    }
    const end = tagEnd(html, at);
    from = end;
    if (!INLINE.has(name)) pieces.push('\n');
    if (html[at + 1] === '/') continue;
    if (name === 'a' || name === 'area') {
      const [, double, single, bare] = HREF.exec(html.slice(at + name.length + 1, Math.min(end, at + 10_000))) ?? [];
      const target = (double ?? single ?? bare ?? '').trim();
      if (target !== '') links.push(decodeEntities(target));
    }
    if (name === 'img') {
      const attributes = readAttributes(html.slice(at + name.length + 1, Math.min(end, at + 10_000)));
      if (!attributes.has('alt')) imagesWithoutAlt.push(attributes.get('src') ?? '');
    }
    if (UNSEEN.has(name)) from = closingTag(html, end, name);
  }
  pieces.push(html.slice(from));
  return { text: decodeEntities(pieces.join('')), links, imagesWithoutAlt };
}

/** The attributes of a tag, by name in lower case; of two with the same name the first counts, as in a browser. */
function readAttributes(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of tag.matchAll(ATTRIBUTE)) {
    const folded = name.toLowerCase();
    if (!attributes.has(folded)) attributes.set(folded, decodeEntities(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

/** The offset after the comment, declaration or bogus tag that starts at `start`. */
function commentEnd(html: string, start: number): number {
  const close = html.startsWith('<!--', start) ? '-->' : '>';
  const at = html.indexOf(close, start + 2);
  return at < 0 ? html.length : at + close.length;
}

/** The offset after the tag that starts at `start`: a `>` within a quoted attribute doesn't end it. */
function tagEnd(html: string, start: number): number {
  const close = html.indexOf('>', start);
  if (close < 0) return html.length;
  if (!/["']/.test(html.slice(start, close))) return close + 1;
  let quote = 0;
  // Quotes count only after `=`, as in a browser: `<p don't>` is a whole tag.
  let isValueNext = false;
  for (let at = start + 1; at < html.length; at += 1) {
    const code = html.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
      continue;
    }
    if (code === GREATER) return at + 1;
    if (isValueNext && (code === DOUBLE_QUOTE || code === SINGLE_QUOTE)) quote = code;
    isValueNext = code === EQUALS || (isValueNext && code <= SPACE);
  }
  return html.length;
}

/** Where the closing tag of an unseen element is, or the end of all. */
function closingTag(html: string, start: number, name: string): number {
  const closing = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  closing.lastIndex = start;
  return closing.exec(html)?.index ?? html.length;
}
