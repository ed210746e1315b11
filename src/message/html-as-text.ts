import { convert } from 'html-to-text';

/** More isn't for eyes, and a page has to lay it out. */
const MAX_HTML_CHARACTERS = 2 * 1024 * 1024;
/** Deeper than any mail is meant to be, and far from the end of the stack. */
const MAX_DEPTH = 200;
const WIDTH = 78;

/** As far as it is looked at; the package has no type for it. */
interface Element {
  readonly attribs?: Readonly<Record<string, string>>;
}

/** HTML as the text that a client without HTML would show: links behind their words, images by their `alt`. */
export function toReadableText(html: string): string {
  return convert(html, {
    wordwrap: WIDTH,
    limits: { maxInputLength: MAX_HTML_CHARACTERS, maxDepth: MAX_DEPTH, ellipsis: '…' },
    formatters: {
      // A picture's address says nothing to a reader.
      alt: ({ attribs }: Element, _walk, builder) => builder.addInline(attribs?.['alt'] ?? ''),
    },
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
      { selector: 'img', format: 'alt' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  }).trim();
}
