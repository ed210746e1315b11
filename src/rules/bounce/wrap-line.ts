import type { Octets } from '../octets.ts';

/**
 * Breaks a text at blanks into lines of at most `length` octets; those after the first are indented. A word that is longer
 * stays whole. Blanks within a line stay; those where it is broken go.
 * @see Postfix's line_wrap(3)
 */
export function wrapLine(text: Octets, length: number, indent: number): readonly Octets[] {
  const lines: Octets[] = [];
  let start = 0;
  let room = length;
  for (const { index, 0: word } of text.matchAll(/[^ \t]+/g)) {
    if (index > start && index + word.length - start > room) {
      lines.push(trimEnd(text.slice(start, index)));
      start = index;
      room = length - indent;
    }
  }
  lines.push(trimEnd(text.slice(start)));
  return lines.map((line, index) => (index === 0 ? line : ' '.repeat(indent) + line));
}

function trimEnd(line: Octets): Octets {
  return line.replace(/[ \t\r\n]+$/, '');
}
