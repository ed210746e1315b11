import { addAll, findClass, invert, makeSet, otherCase, setOf, type OctetSet } from './octet-set.ts';
import { readEscape } from './pcre-escape.ts';
import { fail, peek, startsWith, take, takeMatch, type PcreFlags, type PcreReader } from './pcre-reader.ts';

/** `[:alpha:]`, or what would be one in POSIX. */
const POSIX = /\[(?:[:.=])(?:\\.|(?![:.=]\]|\[[:.=]|\])[^])*[:.=]\]/y;

type Item =
  | { readonly kind: 'octet'; readonly octet: number }
  | { readonly kind: 'set'; readonly set: OctetSet; readonly isPosix: boolean };

/**
 * Reads a character class, of which `[` has been read.
 * @throws {PcrePatternError}
 * @see pcre2pattern(3), "SQUARE BRACKETS AND CHARACTER CLASSES"
 */
export function readClass(reader: PcreReader, flags: PcreFlags): OctetSet {
  checkPosixOutside(reader);
  const set = new Uint8Array(256);
  const isNegated = take(reader, '^');
  let isQuoted = false;
  for (let isFirst = true; ;) {
    if (peek(reader) === '') return fail(reader, 'MISSING_SQUARE_BRACKET');
    if (!isQuoted && flags.isExtendedMore && /[ \t]/.test(peek(reader))) reader.position++;
    else if (!isQuoted && take(reader, '\\Q')) isQuoted = true;
    else if (take(reader, '\\E')) isQuoted = false;
    else if (!isQuoted && !isFirst && take(reader, ']')) break;
    else {
      isFirst = false;
      addItems(reader, { set, flags, isQuoted });
    }
  }
  return isNegated ? invert(set) : set;
}

/** `[:alpha:]` that isn't in a class is a mistake. */
function checkPosixOutside(reader: PcreReader): void {
  reader.position--;
  const found = takePosix(reader);
  if (found === undefined) {
    reader.position++;
    return;
  }
  fail(reader, found[1] === ':' ? 'POSIX_CLASS_NOT_IN_CLASS' : 'POSIX_NO_SUPPORT_COLLATING', -found.length);
}

function takePosix(reader: PcreReader): string | undefined {
  const start = reader.position;
  const found = takeMatch(reader, POSIX);
  if (found === undefined || found[1] === found.at(-2)) return found;
  reader.position = start;
  return undefined;
}

interface Into {
  readonly set: OctetSet;
  readonly flags: PcreFlags;
  readonly isQuoted: boolean;
}

/** An item or a range. */
function addItems(reader: PcreReader, into: Into): void {
  const item = readItem(reader, into.isQuoted);
  const hyphen = reader.position;
  if (into.isQuoted || !startsWith(reader, '-')) {
    addItem(into, item);
    return;
  }
  reader.position++;
  if (peek(reader) === ']' || peek(reader) === '') {
    reader.position = hyphen;
    addItem(into, item);
    return;
  }
  if (item.kind === 'set') {
    // QUIRK: after [:alpha:] the mistake is told at the end of what follows the hyphen, else at the hyphen.
    fail(reader, 'CLASS_INVALID_RANGE', item.isPosix ? 0 : -1);
  }
  const start = reader.position;
  const end = readItem(reader, false);
  if (end.kind === 'set') {
    if (end.isPosix) reader.position = start + 1;
    fail(reader, 'CLASS_INVALID_RANGE');
  }
  if (end.octet < item.octet) fail(reader, 'CLASS_RANGE_ORDER', -1);
  for (let octet = item.octet; octet <= end.octet; octet++) addItem(into, { kind: 'octet', octet });
}

function readItem(reader: PcreReader, isQuoted: boolean): Item {
  if (!isQuoted) {
    const posix = takePosix(reader);
    if (posix !== undefined) return { kind: 'set', set: findPosix(reader, posix), isPosix: true };
    if (take(reader, '\\')) return readEscaped(reader);
  }
  const octet = reader.pattern.charCodeAt(reader.position++);
  return { kind: 'octet', octet };
}

function findPosix(reader: PcreReader, written: string): OctetSet {
  if (written[1] !== ':') fail(reader, 'POSIX_NO_SUPPORT_COLLATING', -written.length);
  const isNegated = written[2] === '^';
  const name = written.slice(isNegated ? 3 : 2, -2);
  const set = name === 'word' ? setOfWord() : name === 'ascii' ? makeSet((octet) => octet < 128) : findClass(name);
  if (set === undefined) return fail(reader, 'UNKNOWN_POSIX_CLASS', 2 + (isNegated ? 1 : 0) - written.length);
  return isNegated ? invert(set) : set;
}

function setOfWord(): OctetSet {
  return makeSet((octet) => octet < 128 && /\w/.test(String.fromCharCode(octet)));
}

function readEscaped(reader: PcreReader): Item {
  const escape = readEscape(reader, { groups: 0, inClass: true });
  switch (escape.kind) {
    case 'octet':
      return escape;
    case 'set':
      return { ...escape, isPosix: false };
    case 'letter':
      if (escape.letter === 'b') return { kind: 'octet', octet: 0x08 };
      if (escape.letter === 'g') return { kind: 'octet', octet: 0x67 };
      if (escape.letter === 'N') return fail(reader, 'BACKSLASH_N_IN_CLASS');
      return fail(reader, 'ESCAPE_INVALID_IN_CLASS', -1);
    case 'reference':
      return { kind: 'octet', octet: escape.group };
  }
}

function addItem({ set, flags }: Into, item: Item): void {
  if (item.kind === 'octet') {
    set[item.octet] = 1;
    if (flags.isCaseless) set[otherCase(item.octet)] = 1;
  } else if (flags.isCaseless && item.isPosix && isCaseSet(item.set)) {
    addAll(
      set,
      makeSet((octet) => item.set[octet] === 1 || item.set[otherCase(octet)] === 1),
    );
  } else addAll(set, item.set);
}

/** QUIRK: without case [:upper:] and [:lower:] are [:alpha:]. */
function isCaseSet(set: OctetSet): boolean {
  const letters = setOf('AZaz');
  return set.some((bit, octet) => letters[octet] === 1 && bit !== set[otherCase(octet)]);
}
