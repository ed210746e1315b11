import type { Octets } from '../octets.ts';
import { otherCase, type OctetSet } from './octet-set.ts';
import { PcrePatternError, type PCRE_PROBLEMS } from './pcre-error.ts';

/** How a pattern, or a part of it, is meant. @see pcre2pattern(3) */
export interface PcreFlags {
  readonly isCaseless: boolean;
  readonly isMultiline: boolean;
  readonly isDotAll: boolean;
  readonly isExtended: boolean;
  /** White space doesn't count in classes either. */
  readonly isExtendedMore: boolean;
  readonly isDollarEndOnly: boolean;
  readonly isUngreedy: boolean;
  readonly isNoCapture: boolean;
  readonly allowsDuplicateNames: boolean;
}

/** A pattern while it is read. */
export interface PcreReader {
  readonly pattern: Octets;
  position: number;
}

/** @throws {PcrePatternError} at the reader's position, or that many octets from it */
export function fail(reader: PcreReader, problem: keyof typeof PCRE_PROBLEMS, by = 0): never {
  throw new PcrePatternError(problem, reader.position + by);
}

/** The character there; empty at the end. */
export function peek({ pattern, position }: PcreReader, by = 0): string {
  return pattern.charAt(position + by);
}

/** Whether the pattern goes on with `text`. */
export function startsWith({ pattern, position }: PcreReader, text: string): boolean {
  return pattern.startsWith(text, position);
}

/** Takes `text` if the pattern goes on with it. */
export function take(reader: PcreReader, text: string): boolean {
  if (!startsWith(reader, text)) return false;
  reader.position += text.length;
  return true;
}

/** Takes what `expression`, which is sticky, matches. */
export function takeMatch(reader: PcreReader, expression: RegExp): string | undefined {
  expression.lastIndex = reader.position;
  const found = expression.exec(reader.pattern)?.[0];
  if (found !== undefined) reader.position += found.length;
  return found;
}

/** The octet, and if case doesn't count its other case. */
export function toOctetSet(octet: number, isCaseless: boolean): OctetSet {
  const set = new Uint8Array(256);
  set[octet] = 1;
  if (isCaseless) set[otherCase(octet)] = 1;
  return set;
}
