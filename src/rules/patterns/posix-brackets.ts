import { addAll, findClass, invert, toUpper, type OctetSet } from './octet-set.ts';
import { PosixPatternError } from './posix-error.ts';
import type { PosixReader } from './posix-token.ts';

/** How a pattern is meant. */
export interface PosixFlags {
  readonly isExtended: boolean;
  readonly isCaseless: boolean;
  /** `^` and `$` also match at newlines; `.` and `[^…]` don't match one. */
  readonly splitsLines: boolean;
}

type Element =
  | { readonly kind: 'octet'; readonly octet: number }
  | { readonly kind: 'collating' | 'equivalent' | 'class'; readonly name: string };

type BracketToken = 'end' | ']' | '-' | '[.' | '[=' | '[:' | 'octet';

const NEWLINE = 0x0a;
/** The longest name in `[:…:]`. */
const NAME_LENGTH = 32;

/**
 * Reads a bracket expression, of which `[` has been read. With `isCaseless` the set is one of capitals, as glibc's.
 * @throws {PosixPatternError}
 * @see glibc's parse_bracket_exp
 */
export function readBrackets(reader: PosixReader, flags: PosixFlags): OctetSet {
  const set = new Uint8Array(256);
  const isNegative = reader.pattern[reader.position] === '^';
  if (isNegative) reader.position++;
  // QUIRK: of a bracket alone glibc says something else than of one that isn't closed.
  if (reader.position >= reader.pattern.length) throw new PosixPatternError('Invalid regular expression');
  for (let isFirst = true; isFirst || peek(reader) !== ']'; isFirst = false) readItem(reader, { set, flags, isFirst });
  reader.position++;
  if (!isNegative) return set;
  const inverted = invert(set);
  if (flags.splitsLines) inverted[NEWLINE] = 0;
  return inverted;
}

interface Into {
  readonly set: OctetSet;
  readonly flags: PosixFlags;
  readonly isFirst: boolean;
}

/** An element or a range. */
function readItem(reader: PosixReader, { set, flags, isFirst }: Into): void {
  const from = readElement(reader, flags, isFirst);
  if (from.kind === 'octet' || from.kind === 'collating') {
    if (peek(reader) === 'end') throw new PosixPatternError('Unmatched [, [^, [:, [., or [=');
    if (peek(reader) === '-') {
      const hyphen = reader.position;
      skip(reader);
      const after = peek(reader);
      if (after === 'end') throw new PosixPatternError('Unmatched [, [^, [:, [., or [=');
      if (after !== ']') {
        addRange(set, from, readElement(reader, flags, true));
        checkGoesOn(reader);
        return;
      }
      reader.position = hyphen;
    }
  }
  addElement(set, from, flags);
  checkGoesOn(reader);
}

function checkGoesOn(reader: PosixReader): void {
  if (peek(reader) === 'end') throw new PosixPatternError('Unmatched [, [^, [:, [., or [=');
}

function readElement(reader: PosixReader, flags: PosixFlags, acceptsHyphen: boolean): Element {
  const token = peek(reader);
  if (token === '[.' || token === '[=' || token === '[:') return readSymbol(reader, flags, token);
  const octet = octetAt(reader, flags);
  skip(reader);
  // A hyphen within must be a range's, or the last.
  if (token === '-' && !acceptsHyphen && peek(reader) !== ']') throw new PosixPatternError('Invalid range end');
  return { kind: 'octet', octet };
}

/** `[:alpha:]`, `[=a=]`, `[.a.]` */
function readSymbol(reader: PosixReader, flags: PosixFlags, token: '[.' | '[=' | '[:'): Element {
  const { pattern } = reader;
  const start = reader.position + 2;
  const end = pattern.indexOf(`${token.charAt(1)}]`, start);
  if (end < 0 || end - start > NAME_LENGTH - 1) throw new PosixPatternError('Unmatched [, [^, [:, [., or [=');
  reader.position = end + 2;
  const written = pattern.slice(start, end);
  if (token === '[:') return { kind: 'class', name: written };
  const name = flags.isCaseless ? written.replace(/[a-z]/g, (letter) => letter.toUpperCase()) : written;
  return { kind: token === '[.' ? 'collating' : 'equivalent', name };
}

function addElement(set: OctetSet, element: Element, flags: PosixFlags): void {
  switch (element.kind) {
    case 'octet':
      set[element.octet] = 1;
      break;
    case 'collating':
    case 'equivalent':
      // In C's locale a name is one octet.
      if (element.name.length !== 1) throw new PosixPatternError('Invalid collation character');
      set[element.name.charCodeAt(0)] = 1;
      break;
    case 'class': {
      const isCase = element.name === 'upper' || element.name === 'lower';
      const found = findClass(flags.isCaseless && isCase ? 'alpha' : element.name);
      if (found === undefined) throw new PosixPatternError('Invalid character class name');
      addAll(set, found);
      break;
    }
  }
}

function addRange(set: OctetSet, from: Element, to: Element): void {
  const [least, most] = [toEnd(from), toEnd(to)];
  if (least > most) throw new PosixPatternError('Invalid range end');
  for (let octet = least; octet <= most; octet++) set[octet] = 1;
}

function toEnd(element: Element): number {
  if (element.kind === 'octet') return element.octet;
  if (element.kind !== 'collating') throw new PosixPatternError('Invalid range end');
  if (element.name.length !== 1) throw new PosixPatternError('Invalid collation character');
  return element.name.charCodeAt(0);
}

function peek({ pattern, position }: PosixReader): BracketToken {
  const character = pattern[position];
  if (character === undefined) return 'end';
  if (character === ']') return ']';
  const following = pattern[position + 1];
  if (character === '[' && (following === '.' || following === '=' || following === ':')) return `[${following}`;
  if (character === '-' && !isTripleHyphen(pattern, position)) return '-';
  return 'octet';
}

function skip(reader: PosixReader): void {
  reader.position += isTripleHyphen(reader.pattern, reader.position) ? 3 : 1;
}

/** QUIRK: three hyphens are one that is no range's, unless the pattern ends with them. */
function isTripleHyphen(pattern: string, position: number): boolean {
  return pattern.startsWith('---', position);
}

function octetAt({ pattern, position }: PosixReader, { isCaseless }: PosixFlags): number {
  const octet = pattern.charCodeAt(position);
  return isCaseless ? toUpper(octet) : octet;
}
