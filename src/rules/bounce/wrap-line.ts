import type { Octets } from '../octets.ts';

/**
 * Breaks a text at white space into lines of at most `length` octets; those after the first are indented. A word that is
 * longer stays whole.
 * @see Postfix's line_wrap(3)
 */
export function wrapLine(text: Octets, length: number, indent: number): readonly Octets[] {
  const lines: Octets[] = [];
  let line = '';
  for (const word of text.split(/[ \t\r\n]+/)) {
    if (word === '') continue;
    const wider = line === '' ? word : `${line} ${word}`;
    const room = lines.length === 0 ? length : length - indent;
    if (line === '' || wider.length <= room) {
      line = wider;
      continue;
    }
    lines.push(line);
    line = word;
  }
  lines.push(line);
  return lines.map((one, index) => (index === 0 ? one : ' '.repeat(indent) + one));
}
