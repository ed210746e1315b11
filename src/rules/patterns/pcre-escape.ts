import { findClass, invert, isWordOctet, makeSet, setOf, type OctetSet } from './octet-set.ts';
import { fail, peek, take, takeMatch, type PcreReader } from './pcre-reader.ts';
import { readProperty } from './pcre-property.ts';

/** What an escape stands for, in and outside of classes. */
export type Escape =
  | { readonly kind: 'octet'; readonly octet: number }
  | { readonly kind: 'set'; readonly set: OctetSet }
  /** A letter with a meaning of its own: `\b`, `\K` … */
  | { readonly kind: 'letter'; readonly letter: string }
  /** Digits that may be a back reference. */
  | { readonly kind: 'reference'; readonly group: number };

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['e', 0x1b],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
]);

/**
 * Reads an escape, of which `\` has been read.
 * @param groups how many groups have been opened before: `\12` is octal if there aren't as many
 * @throws {PcrePatternError}
 * @see pcre2pattern(3), "BACKSLASH"; PCRE2's check_escape
 */
export function readEscape(reader: PcreReader, { groups, inClass }: { groups: number; inClass: boolean }): Escape {
  const letter = peek(reader);
  if (letter === '') return fail(reader, 'END_BACKSLASH');
  if (/[1-9]/.test(letter)) return readDigits(reader, { groups, inClass });
  reader.position++;
  const control = CONTROLS.get(letter);
  if (control !== undefined) return { kind: 'octet', octet: control };
  const set = findSet(letter);
  if (set !== undefined) return { kind: 'set', set };
  switch (letter) {
    case '0':
      return { kind: 'octet', octet: parseInt(`0${takeMatch(reader, /[0-7]{0,2}/y) ?? ''}`, 8) };
    case 'x':
      return { kind: 'octet', octet: readHexadecimal(reader) };
    case 'o':
      return { kind: 'octet', octet: readOctal(reader) };
    case 'c':
      return { kind: 'octet', octet: readControl(reader) };
    case 'p':
    case 'P':
      return { kind: 'set', set: readProperty(reader, letter === 'P') };
    case 'F':
    case 'l':
    case 'L':
    case 'u':
    case 'U':
      return fail(reader, 'UNSUPPORTED_ESCAPE_SEQUENCE');
    case 'i':
    case 'j':
    case 'J':
    case 'm':
    case 'M':
    case 'O':
    case 'q':
    case 'T':
    case 'y':
    case 'Y':
    case 'I':
      return fail(reader, 'UNKNOWN_ESCAPE', -1);
  }
  if (/[A-Za-z]/.test(letter)) return { kind: 'letter', letter };
  return { kind: 'octet', octet: letter.charCodeAt(0) };
}

/** `\d`, `\W` …: a class with a letter of its own. */
function findSet(letter: string): OctetSet | undefined {
  const lower = letter.toLowerCase();
  const found = lower === 'v' || lower === 'h' ? setOf(BLANKS[lower]) : findPerlClass(lower);
  return letter === lower || found === undefined ? found : invert(found);
}

const BLANKS = { h: '\t \xa0', v: '\n\v\f\r\x85' } as const;

function findPerlClass(letter: string): OctetSet | undefined {
  switch (letter) {
    case 'd':
      return findClass('digit');
    case 's':
      return findClass('space');
    case 'w':
      return makeSet(isWordOctet);
    default:
      return undefined;
  }
}

function readDigits(reader: PcreReader, { groups, inClass }: { groups: number; inClass: boolean }): Escape {
  const start = reader.position;
  const digits = takeMatch(reader, /[0-9]+/y) ?? '';
  const number = Number(digits);
  if (!inClass) {
    if (number > 2 ** 31 - 1) return fail(reader, 'SUBPATTERN_NUMBER_TOO_BIG');
    if (number < 10 || number <= groups) return { kind: 'reference', group: number };
  }
  reader.position = start;
  const octal = takeMatch(reader, /[0-7]{1,3}/y);
  // \8 and \9 are these digits.
  if (octal === undefined) {
    reader.position++;
    return { kind: 'octet', octet: digits.charCodeAt(0) };
  }
  const octet = parseInt(octal, 8);
  return octet > 0xff ? fail(reader, 'OCTAL_BYTE_TOO_BIG') : { kind: 'octet', octet };
}

function readHexadecimal(reader: PcreReader): number {
  if (!take(reader, '{')) return parseInt(`0${takeMatch(reader, /[0-9A-Fa-f]{0,2}/y) ?? ''}`, 16);
  if (peek(reader) === '' || peek(reader) === '}') return fail(reader, 'MISSING_DIGITS');
  return readBraced(reader, { radix: 16, digit: /[0-9A-Fa-f]/, problem: 'INVALID_HEXADECIMAL' });
}

function readOctal(reader: PcreReader): number {
  if (!take(reader, '{')) return fail(reader, 'BACKSLASH_O_MISSING_BRACE');
  if (peek(reader) === '' || peek(reader) === '}') return fail(reader, 'MISSING_DIGITS');
  return readBraced(reader, { radix: 8, digit: /[0-7]/, problem: 'INVALID_OCTAL' });
}

interface Digits {
  readonly radix: number;
  readonly digit: RegExp;
  readonly problem: 'INVALID_HEXADECIMAL' | 'INVALID_OCTAL';
}

function readBraced(reader: PcreReader, { radix, digit, problem }: Digits): number {
  let octet = 0;
  for (; digit.test(peek(reader)); reader.position++) {
    octet = octet * radix + parseInt(peek(reader), radix);
    if (octet > 0xff) return fail(reader, 'CODE_POINT_TOO_BIG', 1);
  }
  return take(reader, '}') ? octet : fail(reader, problem);
}

function readControl(reader: PcreReader): number {
  const octet = reader.pattern.charCodeAt(reader.position);
  if (Number.isNaN(octet)) return fail(reader, 'END_BACKSLASH_C');
  reader.position++;
  if (octet < 0x20 || octet > 0x7e) return fail(reader, 'BACKSLASH_C_SYNTAX');
  return String.fromCharCode(octet).toUpperCase().charCodeAt(0) ^ 0x40;
}
