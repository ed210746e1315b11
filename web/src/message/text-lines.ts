/** A stretch of plain text, or a link in it. */
export type TextSpan = { readonly text: string } | { readonly text: string; readonly href: string };

/** Lines that are quoted to the same depth. */
export interface TextBlock {
  /** 0: not quoted. */
  readonly depth: number;
  readonly spans: readonly TextSpan[];
}

const LINK = /\b(?:https?:\/\/|mailto:)[^\s<>"'`\u0000-\u001F\u200B-\u200F\u202A-\u202E\u2066-\u2069]+/giu;
const TRAILING = /[.,;:!?…]+$/u;

/** Splits the text of a mail into blocks of equal quoting, with its links found. */
export function parseTextBlocks(text: string): readonly TextBlock[] {
  const blocks: { depth: number; lines: string[] }[] = [];
  for (const line of text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')) {
    const depth = (/^(?:> ?)*/.exec(line)?.[0] ?? '').replaceAll(' ', '').length;
    const last = blocks.at(-1);
    if (last?.depth === depth) last.lines.push(line);
    else blocks.push({ depth, lines: [line] });
  }
  return blocks.map(({ depth, lines }) => ({ depth, spans: parseSpans(`${lines.join('\n')}\n`) }));
}

function parseSpans(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const link = trimLink(found);
    if (!URL.canParse(link)) continue;
    if (index > from) spans.push({ text: text.slice(from, index) });
    spans.push({ text: link, href: link });
    from = index + link.length;
  }
  if (from < text.length) spans.push({ text: text.slice(from) });
  return spans;
}

/** Punctuation after a link is the sentence's; so is a bracket that the link itself didn't open. */
function trimLink(found: string): string {
  let link = found.replace(TRAILING, '');
  for (const [open, close] of ['()', '[]'].map((pair) => [pair[0] ?? '', pair[1] ?? ''] as const)) {
    while (link.endsWith(close) && link.split(close).length > link.split(open).length) {
      link = link.slice(0, -1).replace(TRAILING, '');
    }
  }
  return link;
}
