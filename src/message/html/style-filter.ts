import type { ResourceUse } from './link.ts';

/** Where filtered CSS goes. */
export interface StyleSink {
  /** CSS without `<` before a letter, a slash or a mark: within a `style` element it is nothing but text. */
  readonly write: (css: string) => void;
  /** Between double quotes: what is to be loaded of `link`, or something that loads nothing. */
  readonly writeResource: (link: string, use: ResourceUse) => void;
}

/** Functions in which a string is the address of a picture. */
const IMAGE_FUNCTIONS: ReadonlySet<string> = new Set([
  'image-set',
  '-webkit-image-set',
  'image',
  'src',
  'cross-fade',
  '-webkit-cross-fade',
]);
/** Within those, what could bring a string in from elsewhere. */
const SUBSTITUTIONS = /^(?:var|env|attr|if|inherit|first-valid|random-item|toggle|--.*)$/;
/** Properties by which old browsers load code. */
const CODE_PROPERTIES: ReadonlySet<string> = new Set(['behavior', '-moz-binding']);
/** Nothing knows it: what bears it is skipped as a browser skips what it doesn't know. */
const UNKNOWN = 'blocked';

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

const ESCAPE = String.raw`\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\n\r\f])?|[^\n\r\f0-9a-fA-F])`;
const NAME = new RegExp(String.raw`(?:[-\w\u0080-\uffff]|${ESCAPE})+`, 'y');
const NAME_START = new RegExp(String.raw`--|-?(?:[A-Za-z_\u0080-\uffff]|${ESCAPE})`, 'y');
const STRING_END: Readonly<Record<string, RegExp>> = {
  '"': /["\n\r\f]|\\(?:\r\n|[^])|$/g,
  "'": /['\n\r\f]|\\(?:\r\n|[^])|$/g,
};
const URL_END = /\)|\\[^]|$/g;
const SPACE = /[ \t\n\r\f]*/y;
/** Characters that mean nothing to the filter, as many as there are. */
const PLAIN = /[^-\w\u0080-\uffff\\"'@#<&/()[\]{}\0]+|\d+/y;

/**
 * Copies CSS, token by token as browsers read it, and hands over whatever would be loaded: `url()`, `@import`,
 * `image-set()`. What runs code in old browsers (`expression()`, `behavior`, `-moz-binding`) gets a name that nothing
 * knows. Comments go. A style sheet and a `style` attribute are alike to it. Linear.
 * @see https://www.w3.org/TR/css-syntax-3/#tokenization
 */
export function filterStyle(css: string, { write, writeResource }: StyleSink): void {
  /** What closes each open block, and whether strings in it are addresses of pictures. */
  const open: { readonly closer: string; readonly isImage: boolean }[] = [];
  let isImport = false;
  let at = 0;

  while (at < css.length) {
    const char = css[at] ?? '';
    const plain = match(PLAIN, css, at);
    if (plain !== undefined) {
      write(plain);
      at += plain.length;
      isImport &&= plain.trim() === '';
    } else if (css.startsWith('/*', at)) {
      const end = css.indexOf('*/', at + 2);
      at = end < 0 ? css.length : end + 2;
      // Not nothing: names on both sides would become one.
      write('/**/');
    } else if (char === '"' || char === "'") {
      const { value, end } = readString(css, at);
      at = end;
      write('"');
      if (isImport || open.at(-1)?.isImage === true) writeResource(value, isImport ? 'style-sheet' : 'media');
      else write(escapeString(value));
      write('"');
      isImport = false;
    } else if (css.startsWith('<!--', at) || css.startsWith('-->', at)) {
      at += char === '<' ? 4 : 3;
      write(' ');
    } else if (char === '@' && match(NAME_START, css, at + 1) !== undefined) {
      const { name, text } = readName(css, at + 1);
      at += 1 + text.length;
      write(`@${escapeName(name, text)}`);
      isImport = name.toLowerCase() === 'import';
    } else if (char === '#' && match(NAME, css, at + 1) !== undefined) {
      const { name, text } = readName(css, at + 1);
      at += 1 + text.length;
      write(`#${escapeName(name, text)}`);
    } else if (match(NAME_START, css, at) !== undefined) {
      takeName();
      isImport = false;
    } else {
      takeMark(char);
      at += 1;
    }
  }

  function takeName(): void {
    const { name, text } = readName(css, at);
    const word = name.toLowerCase();
    at += text.length;
    if (css[at] !== '(') {
      const isCode = CODE_PROPERTIES.has(word) && css[at + (match(SPACE, css, at) ?? '').length] === ':';
      write(isCode ? UNKNOWN : escapeName(name, text));
      return;
    }
    at += 1;
    if (word === 'url') {
      takeUrl();
      return;
    }
    const isInImage = open.at(-1)?.isImage === true;
    const isRefused = word === 'expression' || (isInImage && SUBSTITUTIONS.test(word));
    write(isRefused ? `${UNKNOWN}(` : `${escapeName(name, text)}(`);
    open.push({ closer: ')', isImage: IMAGE_FUNCTIONS.has(word) || (isInImage && word !== 'type') });
  }

  /** `url(` has been read: it is a function if a quote follows, else its text runs to the next parenthesis. */
  function takeUrl(): void {
    const use = isImport ? 'style-sheet' : 'media';
    at += (match(SPACE, css, at) ?? '').length;
    const isQuoted = css[at] === '"' || css[at] === "'";
    const { value, end } = isQuoted ? readString(css, at) : readUrl(css, at);
    at = end;
    write('url("');
    writeResource(value, use);
    write(isQuoted ? '"' : '")');
    if (isQuoted) open.push({ closer: ')', isImage: true });
  }

  function takeMark(mark: string): void {
    const closer = CLOSERS[mark];
    if (closer !== undefined) open.push({ closer, isImage: open.at(-1)?.isImage === true });
    else if (open.at(-1)?.closer === mark) open.pop();
    isImport = false;
    switch (mark) {
      case '\0':
      case '\\':
        // It may not join what stands on both sides.
        write(' ');
        return;
      case '<':
        write(css[at + 1] === '=' ? '<' : '< ');
        return;
      case '&':
        // A parent selector, but no character reference.
        write(/[#\w]/.test(css[at + 1] ?? '') ? '\\26 ' : '&');
        return;
      default:
        write(mark);
    }
  }
}

/** The text of a URL, for between the double quotes of CSS: no character of it means anything to CSS or HTML. */
export function escapeString(text: string): string {
  return text.replace(/[\0-\x1f"\\<>&\x7f]/g, (char) => (char === '\0' ? '\uFFFD' : toEscape(char)));
}

function toEscape(char: string): string {
  return `\\${(char.codePointAt(0) ?? 0).toString(16)} `;
}

function escapeName(name: string, text: string): string {
  if (!text.includes('\\')) return text;
  return Array.from(name)
    .map((char, index) =>
      /[\w\u0080-\u{10ffff}]/u.test(char) && !(index < 2 && /\d/.test(char)) ? char : toEscape(char),
    )
    .join('');
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readName(css: string, at: number): { readonly name: string; readonly text: string } {
  const text = match(NAME, css, at) ?? '';
  return { name: decodeEscapes(text), text };
}

/** A string ends with its quote, or at the end of its line (then it is broken, but what follows isn't lost). */
function readString(css: string, start: number): { readonly value: string; readonly end: number } {
  const quote = css[start] ?? '"';
  const end = findEnd(css, start + 1, STRING_END[quote] ?? URL_END);
  return { value: decodeEscapes(css.slice(start + 1, end)), end: css[end] === quote ? end + 1 : end };
}

function readUrl(css: string, start: number): { readonly value: string; readonly end: number } {
  const end = findEnd(css, start, URL_END);
  return { value: decodeEscapes(css.slice(start, end)).trim(), end: Math.min(css.length, end + 1) };
}

/** Where the first match is that isn't an escape. */
function findEnd(css: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  for (let found = pattern.exec(css); found; found = pattern.exec(css)) {
    if (!found[0].startsWith('\\')) return found.index;
  }
  return css.length;
}

function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\r\f])?|(\r\n|[\n\r\f])|([^]))/g,
    (_whole, hex?: string, _newline?: string, char?: string) => {
      if (hex === undefined) return char ?? '';
      const code = Number.parseInt(hex, 16);
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)
        ? '\uFFFD'
        : String.fromCodePoint(code);
    },
  );
}
