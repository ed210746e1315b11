import type { Octets } from '../octets.ts';

/** What a rule answers: text and the numbers of groups to be put in. */
export type Replacement = readonly (Octets | number)[];

/** What is wrong with a replacement, in Postfix's words. */
export type ReplacementFault =
  | { readonly kind: 'truncated' | 'empty' }
  /** Not a number, or 0. */
  | { readonly kind: 'name' | 'zero'; readonly name: Octets };

/** A replacement, and what is wrong with it. */
export interface ParsedReplacement {
  readonly parts: Replacement;
  readonly faults: readonly ReplacementFault[];
  /** The greatest number; 0 if there is none. */
  readonly highest: number;
}

/**
 * Reads `text` with `$1`, `${1}`, `$(1)`, and `$$` for a dollar sign.
 * @see regexp_table(5), "TEXT SUBSTITUTION"; Postfix's mac_parse(3)
 */
export function parseReplacement(text: Octets): ParsedReplacement {
  const parts: (Octets | number)[] = [];
  const faults: ReplacementFault[] = [];
  let highest = 0;
  let literal = '';
  for (let position = 0; position < text.length;) {
    const character = text.charAt(position);
    if (character !== '$') {
      literal += character;
      position++;
      continue;
    }
    if (text.charAt(position + 1) === '$') {
      literal += '$';
      position += 2;
      continue;
    }
    const reference = readReference(text, position + 1);
    if (typeof reference === 'string') {
      faults.push({ kind: reference });
      break;
    }
    // QUIRK: after a mistake the next name in braces isn't looked at, nor is what follows.
    if (/[({]/.test(text.charAt(position + 1)) && faults.length > 0) break;
    position = reference.end;
    if (literal !== '') parts.push(literal);
    literal = '';
    const number = /^\d+$/.test(reference.name) ? toNumber(reference.name) : undefined;
    if (number === undefined) faults.push({ kind: 'name', name: reference.name });
    else if (number < 1) faults.push({ kind: 'zero', name: reference.name });
    else {
      highest = Math.max(highest, number);
      parts.push(number);
    }
  }
  if (literal !== '') parts.push(literal);
  return { parts, faults, highest };
}

/** The text, with the groups put in. @param offsets two for the whole, then two for each group */
export function expandReplacement(parts: Replacement, subject: Octets, offsets: readonly number[]): Octets {
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part;
    const start = offsets[2 * part] ?? -1;
    return start < 0 ? '' : subject.slice(start, offsets[2 * part + 1] ?? start);
  });
  return texts.join('');
}

/** The text as it is written, but for how its groups are: `$1`. */
export function writeReplacement(parts: Replacement): Octets {
  return parts.map((part) => (typeof part === 'number' ? `$${part}` : part)).join('');
}

/** @param start after the dollar sign */
function readReference(
  text: Octets,
  start: number,
): { readonly name: Octets; readonly end: number } | 'truncated' | 'empty' {
  const open = text.charAt(start);
  if (open !== '(' && open !== '{') {
    const name = /^\w*/.exec(text.slice(start))?.[0] ?? '';
    return name === '' ? 'empty' : { name, end: start + name.length };
  }
  const close = open === '(' ? ')' : '}';
  let level = 1;
  for (let end = start + 1; end < text.length; end++) {
    if (text.charAt(end) === open) level++;
    if (text.charAt(end) === close) level--;
    if (level > 0) continue;
    return end === start + 1 ? 'empty' : { name: text.slice(start + 1, end), end: end + 1 };
  }
  return 'truncated';
}

/** As atoi(3): what is too large for it is negative. */
function toNumber(digits: Octets): number {
  const number = Number(digits);
  return number > 2 ** 31 - 1 ? -1 : number;
}
