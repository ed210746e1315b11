import type { Octets } from '../../rules/octets.ts';

const INDENT = '    ';
const WIDTH = 80;

/**
 * A line as postconf(1) prints it: white space between words is one blank.
 * @param options.isFolded whether it is broken where it would have more than 80 columns
 */
export function formatLine(text: Octets, { isFolded }: { readonly isFolded: boolean }): Octets {
  const words = text.split(/[ \t\r\n]+/).filter((word) => word !== '');
  if (!isFolded) return `${words.join(' ')}\n`;
  let line = '';
  let length = 0;
  for (const word of words) {
    if (length > 0 && length + word.length >= WIDTH) {
      line += `\n${INDENT}`;
      length = INDENT.length;
    } else if (length > 0) {
      line += ' ';
      length++;
    }
    line += word;
    length += word.length;
  }
  return `${line}\n`;
}
