import type { Octets } from '../octets.ts';

/** What a POSIX pattern is made of. */
export type PosixToken =
  /** Itself. `isEscaped`: it had a backslash. */
  | { readonly kind: 'octet'; readonly octet: number; readonly isEscaped?: boolean }
  | { readonly kind: 'anchor'; readonly name: '^' | '$' | '<' | '>' | 'b' | 'B' | '`' | "'" }
  | { readonly kind: 'class'; readonly name: 'w' | 'W' | 's' | 'S' }
  | { readonly kind: 'reference'; readonly group: number }
  | { readonly kind: '.' | '[' | '(' | ')' | '|' | '*' | '+' | '?' | '{' | '}' | 'lone-backslash' | 'end' };

/** A pattern while it is read. */
export interface PosixReader {
  readonly pattern: Octets;
  readonly isExtended: boolean;
  position: number;
}

/**
 * Reads the next token.
 * @param anchorsHere in a basic pattern: whether `^` is an anchor here
 * @see glibc's peek_token
 */
export function readToken(reader: PosixReader, anchorsHere: boolean): PosixToken {
  const token = peekToken(reader, anchorsHere);
  reader.position += lengthOf(reader, token);
  return token;
}

function lengthOf({ pattern, position }: PosixReader, token: PosixToken): number {
  if (token.kind === 'end') return 0;
  return pattern[position] === '\\' && token.kind !== 'lone-backslash' ? 2 : 1;
}

function peekToken(reader: PosixReader, anchorsHere: boolean): PosixToken {
  const { pattern, position, isExtended } = reader;
  const character = pattern[position];
  if (character === undefined) return { kind: 'end' };
  switch (character) {
    case '\\':
      return peekEscape(reader);
    case '.':
    case '[':
    case '*':
      return { kind: character };
    case '^':
      if (!isExtended && !anchorsHere && position !== 0) break;
      return { kind: 'anchor', name: '^' };
    case '$':
      if (!isExtended && !isBasicEnd(reader)) break;
      return { kind: 'anchor', name: '$' };
    case '(':
    case ')':
    case '|':
    case '+':
    case '?':
    case '{':
    case '}':
      if (isExtended) return { kind: character };
      break;
  }
  return { kind: 'octet', octet: character.charCodeAt(0) };
}

/** @see regex(7); `\<`, `\w` and the like are GNU's */
function peekEscape({ pattern, position, isExtended }: PosixReader): PosixToken {
  const character = pattern[position + 1];
  switch (character) {
    case undefined:
      return { kind: 'lone-backslash' };
    case '<':
    case '>':
    case 'b':
    case 'B':
    case '`':
    case "'":
      return { kind: 'anchor', name: character };
    case 'w':
    case 'W':
    case 's':
    case 'S':
      return { kind: 'class', name: character };
    case '(':
    case ')':
    case '|':
    case '+':
    case '?':
    case '{':
    case '}':
      if (!isExtended) return { kind: character };
      break;
  }
  if (/[1-9]/.test(character)) return { kind: 'reference', group: Number(character) };
  return { kind: 'octet', octet: character.charCodeAt(0), isEscaped: true };
}

/** In a basic pattern `$` is an anchor only before what ends an alternative. */
function isBasicEnd({ pattern, position }: PosixReader): boolean {
  return position + 1 === pattern.length || /^\\[|)]/.test(pattern.slice(position + 1, position + 3));
}
