import { Parser } from 'htmlparser2';

/** More isn't for eyes. */
const MAX_HTML_CHARACTERS = 2 * 1024 * 1024;
/** HTML that is nested deeper is read so far only: each element costs the parser as much as there are around it. */
const MAX_DEPTH = 2_000;
/** The depth is looked at so often. */
const STRIDE = 16 * 1024;
/** Headings and bold text are each written apart, so that they can be framed: within so many of them no more. */
const MAX_FRAMED_DEPTH = 10;
/** Text that is quoted more often has no more marks. */
const MAX_QUOTE_MARKS = 20;
/** Quoted text is broken into lines of so many characters. */
const QUOTE_WIDTH = 74;
const HEADINGS: Readonly<Record<string, string>> = { h1: '*', h2: '-', h3: '-' };
const UNSEEN: ReadonlySet<string> = new Set(['head', 'style', 'script', 'title']);
const PARAGRAPHS: ReadonlySet<string> = new Set(['p', 'ul', 'table']);

/** An element that is open. */
interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What is in it is written apart. */
  readonly isFramed: boolean;
  /** What is in it: the number of children, and the only one's text or `alt`. */
  children: number;
  only: { readonly text: string } | { readonly alt: string } | undefined;
}

/**
 * Makes the text that stands in for a missing text part, as Mailpit's API has it: links as `words ( address )`, bold
 * text between stars, headings between lines, quotes behind `>`. Where it is cut, it ends in an ellipsis.
 */
export function toStandInText(html: string): string {
  const pages: Page[] = [new Page()];
  const open: Open[] = [];
  let unseen = 0;
  let text = '';
  const page = (): Page => pages.at(-1) ?? new Page();

  const countChild = (only: Open['only']): void => {
    const parent = open.at(-1);
    if (!parent) return;
    parent.children += 1;
    parent.only = parent.children === 1 ? only : undefined;
  };
  const endText = (): void => {
    if (text === '') return;
    countChild({ text });
    if (unseen === 0) page().write(page().isPreformatted ? text : text.replace(/[ \r\n\t]+/g, ' ').trim());
    text = '';
  };
  const mayBeFramed = (name: string): boolean =>
    pages.length <= MAX_FRAMED_DEPTH && (name in HEADINGS || name === 'b' || name === 'strong');

  const parser = new Parser({
    ontext: (piece) => (text += piece),
    oncomment: endText,
    onend: endText,
    onopentag(name, attributes) {
      endText();
      countChild(name === 'img' ? { alt: attributes['alt'] ?? '' } : undefined);
      if (UNSEEN.has(name)) unseen += 1;
      const isFramed = unseen === 0 && mayBeFramed(name);
      open.push({ name, attributes, isFramed, children: 0, only: undefined });
      if (unseen > 0) return;
      page().start(name);
      if (isFramed) pages.push(new Page(name === 'b' || name === 'strong'));
    },
    onclosetag() {
      endText();
      const element = open.pop();
      if (!element) return;
      if (UNSEEN.has(element.name)) unseen -= 1;
      else if (unseen === 0) end(element);
    },
  });

  function end(element: Open): void {
    const { name } = element;
    if (name === 'a') page().write(toAddress(element));
    if (element.isFramed) {
      const inner = pages.pop()?.toString() ?? '';
      page().write(frame(name, inner));
    } else page().end(name);
  }

  const source = html.slice(0, MAX_HTML_CHARACTERS).replaceAll('\r\n', '\n');
  let at = 0;
  for (; at < source.length && open.length < MAX_DEPTH; at += STRIDE) parser.write(source.slice(at, at + STRIDE));
  parser.end();
  if (at < source.length || html.length > MAX_HTML_CHARACTERS) page().write('…');
  return pages
    .map(String)
    .join('')
    .replaceAll('\n ', '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Where a link leads, behind its words, unless they say so already. A picture speaks by its `alt`. */
function toAddress({ attributes, only }: Open): string {
  const address = (attributes['href'] ?? '').trim().replace(/^mailto:/, '');
  const words = only && 'alt' in only ? only.alt : '';
  const isSaid = address === '' || (only && 'text' in only && only.text === address);
  return [words, isSaid ? '' : `( ${address} )`].filter((piece) => piece !== '').join(' ');
}

function frame(name: string, inner: string): string {
  const mark = HEADINGS[name];
  if (mark === undefined) return `*${inner}*`;
  const width = inner.split('\n').reduce((most, line) => Math.max(most, Array.from(line).length - 1), 0);
  const line = mark.repeat(width);
  return name === 'h3' ? `\n\n${inner}\n${line}\n\n` : `\n\n${line}\n${inner}\n${line}\n\n`;
}

/** Text as it is written, with what decides about the blank or line end before the next piece. */
class Page {
  isPreformatted = false;
  readonly #pieces: string[] = [];
  #endsInSpace: boolean;
  #hasJustEndedDiv = false;
  #lineLength = 0;
  #quotes = 0;
  #prefix = '';

  constructor(endsInSpace = false) {
    this.#endsInSpace = endsInSpace;
  }

  /** What an element begins with. */
  start(name: string): void {
    this.#hasJustEndedDiv = false;
    if (name === 'br') this.write('\n');
    else if (name === 'div' && this.#lineLength > 0) this.write('\n');
    else if (name === 'li') this.write('* ');
    else if (name === 'pre') this.isPreformatted = true;
    else if (PARAGRAPHS.has(name)) this.write('\n\n');
    else if (name === 'blockquote') {
      this.#quotes += 1;
      this.#prefix = this.#quotePrefix();
      this.write('\n');
      if (this.#quotes === 1) this.write('\n');
    }
  }

  /** What an element ends with. */
  end(name: string): void {
    if (name === 'div') {
      if (!this.#hasJustEndedDiv) this.write('\n');
      this.#hasJustEndedDiv = true;
    } else if (name === 'li') this.write('\n');
    else if (name === 'pre') this.isPreformatted = false;
    else if (PARAGRAPHS.has(name)) this.write('\n\n');
    else if (name === 'blockquote') {
      this.#quotes -= 1;
      this.#prefix = this.#quotePrefix();
      this.write('\n\n');
    }
  }

  write(text: string): void {
    for (const line of this.#quotes === 0 ? [text] : breakLines(text, this.#lineLength)) {
      if (line === '') continue;
      const joint = /^\s/.test(line) || this.#endsInSpace || text.startsWith('.') ? '' : ' ';
      this.#endsInSpace = /\s$/.test(line);
      const lastEnd = line.lastIndexOf('\n');
      this.#lineLength = lastEnd < 0 ? this.#lineLength + joint.length + line.length : line.length - lastEnd - 1;
      this.#pieces.push(joint, this.#prefix === '' ? line : line.replaceAll('\n', `\n${this.#prefix}`));
    }
  }

  #quotePrefix(): string {
    return this.#quotes === 0 ? '' : `${'>'.repeat(Math.min(this.#quotes, MAX_QUOTE_MARKS))} `;
  }

  toString(): string {
    return this.#pieces.join('');
  }
}

/** Breaks quoted text at blanks. @param used how much of the line is taken already */
function breakLines(text: string, used: number): readonly string[] {
  const lines: string[] = used >= QUOTE_WIDTH ? ['\n'] : [];
  let room = used >= QUOTE_WIDTH ? QUOTE_WIDTH : QUOTE_WIDTH - used;
  let rest = text;
  while (rest.length > room) {
    const before = rest.slice(0, room + 1).search(/\s\S*$/);
    const after = rest.slice(room).search(/\s/);
    const at = before >= 0 ? before : after < 0 ? rest.length : room + after;
    lines.push(`${rest.slice(0, at)}\n`);
    rest = rest.slice(at).trimStart();
    room = QUOTE_WIDTH;
  }
  return rest === '' ? lines : [...lines, rest];
}
