import type { Octets } from '../octets.ts';

/** A part of a text: what stands for itself, what is between `${` and `}`, or where it can't be read. */
export type MacroPiece =
  | { readonly kind: 'text' | 'macro'; readonly text: Octets; readonly isQuiet: boolean }
  | { readonly kind: 'fault'; readonly fault: string; readonly isQuiet: boolean };

// `isQuiet`: once something was wrong, Postfix says nothing more at this piece, and stops.

const NAME = /[A-Za-z0-9_]*/y;
const CLOSING = { '{': '}', '(': ')' } as const;

/**
 * Splits text at `$name`, `${…}` and `$(…)`; `$$` is a dollar sign. It ends at the first fault.
 * @see Postfix's mac_parse(3)
 */
export function* splitMacros(text: Octets): Generator<MacroPiece> {
  let literal = '';
  let index = 0;
  while (index < text.length) {
    const dollar = text.indexOf('$', index);
    if (dollar < 0) break;
    literal += text.slice(index, dollar);
    if (text[dollar + 1] === '$') {
      literal += '$';
      index = dollar + 2;
      continue;
    }
    if (literal !== '') yield { kind: 'text', text: literal, isQuiet: false };
    literal = '';
    const reference = takeReference(text, dollar + 1);
    if (reference === undefined) {
      yield { kind: 'fault', fault: 'truncated macro reference', isQuiet: false };
      return;
    }
    if (reference.inside === '') {
      yield { kind: 'fault', fault: 'empty macro name', isQuiet: reference.isBraced };
      return;
    }
    yield { kind: 'macro', text: reference.inside, isQuiet: reference.isBraced };
    index = reference.end;
  }
  literal += text.slice(index);
  if (literal !== '') yield { kind: 'text', text: literal, isQuiet: true };
}

interface Reference {
  readonly inside: Octets;
  readonly end: number;
  readonly isBraced: boolean;
}

/** @param start after the dollar sign @returns undefined if it has no end */
function takeReference(text: Octets, start: number): Reference | undefined {
  const opening = text[start];
  if (opening !== '{' && opening !== '(') {
    NAME.lastIndex = start;
    const inside = NAME.exec(text)?.[0] ?? '';
    return { inside, end: start + inside.length, isBraced: false };
  }
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    if (text[index] === opening) depth++;
    if (text[index] === CLOSING[opening]) depth--;
    if (depth === 0) return { inside: text.slice(start + 1, index), end: index + 1, isBraced: true };
  }
  return undefined;
}
