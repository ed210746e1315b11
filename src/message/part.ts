import { isUtf8 } from 'node:buffer';
import type { MimePart } from './parsed.ts';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const EQUALS = 0x3d;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Labels that mail uses and that the Encoding Standard doesn't list. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['cp932', 'shift_jis'],
  ['ms932', 'shift_jis'],
  ['sjis', 'shift_jis'],
  ['cp936', 'gbk'],
  ['gb18030-2022', 'gb18030'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['cp51932', 'euc-jp'],
  ['utf8mb4', 'utf-8'],
  ['utf-16', 'utf-16le'],
]);
/** What windows-1252 has at 0x80–0x9F. */
const WINDOWS_1252_C1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'utf8mb4']);
/** What a mailer says that didn't think about it: the octets know better. */
const UNSAID: ReadonlySet<string> = new Set(['', 'us-ascii', 'ascii', 'unknown-8bit', 'x-unknown', 'binary', '8bit']);

/** The part of a tree that has this ID, or undefined. */
export function findPart(root: MimePart, partId: string): MimePart | undefined {
  const open = [root];
  for (let part = open.pop(); part; part = open.pop()) {
    if (part.partId === partId) return part;
    open.push(...part.children);
  }
  return undefined;
}

/**
 * A part's octets as they were before the transfer encoding. Tolerates what isn't in the alphabet, missing padding and
 * a cut end. An encoding that nobody knows is none.
 * @param encoded the part's body: the raw message from `bodyStart` to `bodyEnd`
 * @returns may be a view of `encoded`
 * @see RFC 2045 §6
 */
export function decodePart(encoded: Uint8Array, part: Pick<MimePart, 'encoding'>): Uint8Array {
  switch (part.encoding) {
    case 'base64':
      return decodeBase64(encoded);
    case 'quoted-printable':
      return decodeQuotedPrintable(encoded);
    default:
      return encoded;
  }
}

/** The value of a hexadecimal digit's octet, or -1. */
export function hexDigit(octet: number | undefined): number {
  if (octet === undefined) return -1;
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/**
 * Decodes text by the name of its character set, as browsers understand it (so `iso-8859-1` is windows-1252). Without
 * a name, or with one that nobody knows, it is UTF-8 if the octets are valid UTF-8, else windows-1252. A byte order
 * mark is dropped; what can't be decoded becomes U+FFFD. Never throws.
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export function decodeText(octets: Uint8Array, charset: string | undefined): string {
  const label = toLabel(charset);
  if (UTF_8.has(label)) return decodeUtf8(octets);
  if (UNSAID.has(label)) return decodeOctets(octets);
  const decoder = findDecoder(ALIASES.get(label) ?? label);
  if (decoder?.encoding === 'windows-1252') return decodeWindows1252(octets);
  return decoder ? decoder.decode(octets) : decodeOctets(octets);
}

/**
 * The name of the character set that a library is to decode octets by, so that it reads them as {@link decodeText} does:
 * `iso-8859-1` is windows-1252, and what nobody named is UTF-8 or windows-1252. A name that isn't known stays.
 * @returns in lower case; hostile
 */
export function toDecodableCharset(octets: Uint8Array, charset: string | undefined): string {
  const label = toLabel(charset);
  if (UTF_8.has(label)) return 'utf-8';
  if (UNSAID.has(label)) return isUtf8(octets) ? 'utf-8' : 'windows-1252';
  const encoding = findDecoder(label)?.encoding;
  return encoding?.startsWith('windows-') ? encoding : label;
}

/** Octets whose character set nobody named: UTF-8 if they are valid UTF-8, else windows-1252. */
export function decodeOctets(octets: Uint8Array): string {
  return isUtf8(octets) ? decodeUtf8(octets) : decodeWindows1252(octets);
}

function toLabel(charset: string | undefined): string {
  return (charset ?? '').trim().toLowerCase();
}

function decodeUtf8(octets: Uint8Array): string {
  const text = asBuffer(octets).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** QUIRK: Node's own windows-1252 decoder reads 0x80–0x9F as control characters, as ISO 8859-1 would (seen in 20.20). */
function decodeWindows1252(octets: Uint8Array): string {
  const latin1 = asBuffer(octets).toString('latin1');
  return latin1.replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252_C1.charAt(character.charCodeAt(0) - 0x80));
}

function findDecoder(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

function decodeBase64(encoded: Uint8Array): Uint8Array {
  const padding = encoded.indexOf(EQUALS);
  const isAtEnd = padding < 0 || encoded.subarray(padding).every((octet) => octet === EQUALS || octet <= SPACE);
  // Node stops at the first padding; mailers that encode in pieces have padding in the middle.
  return isAtEnd ? Buffer.from(asBuffer(encoded).toString('latin1'), 'base64') : decodeBase64Pieces(encoded);
}

function decodeBase64Pieces(encoded: Uint8Array): Uint8Array {
  const decoded = Buffer.allocUnsafe(Math.ceil(encoded.length * 0.75));
  let length = 0;
  let bits = 0;
  let bitCount = 0;
  for (const octet of encoded) {
    const value = octet === EQUALS ? -1 : BASE64.indexOf(String.fromCharCode(octet));
    // Padding ends a piece: what is left of its last octet was never one.
    if (octet === EQUALS) bitCount = 0;
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    decoded[length] = bits >> bitCount;
    length += 1;
  }
  return decoded.subarray(0, length);
}

function decodeQuotedPrintable(encoded: Uint8Array): Uint8Array {
  const decoded = Buffer.allocUnsafe(encoded.length);
  let length = 0;
  // The length up to the last octet that isn't a blank of its line: blanks before a line end were added on the way.
  let solid = 0;
  for (let at = 0; at < encoded.length; at += 1) {
    const octet = encoded[at] ?? 0;
    if (octet === EQUALS) {
      const softBreak = softBreakLength(encoded, at);
      if (softBreak > 0) {
        at += softBreak - 1;
        solid = length;
        continue;
      }
      const high = hexDigit(encoded[at + 1]);
      const low = hexDigit(encoded[at + 2]);
      const isEscape = high >= 0 && low >= 0;
      decoded[length] = isEscape ? high * 16 + low : octet;
      if (isEscape) at += 2;
      length += 1;
      solid = length;
      continue;
    }
    const isLineEnd = octet === LF || (octet === CR && encoded[at + 1] === LF);
    if (isLineEnd) length = solid;
    decoded[length] = octet;
    length += 1;
    if (octet !== SPACE && octet !== TAB) solid = length;
  }
  return decoded.subarray(0, length);
}

/** How long the soft line break at `start` is (`=`, blanks, a line end or the end of all), or 0 if there is none. */
function softBreakLength(encoded: Uint8Array, start: number): number {
  let at = start + 1;
  while (encoded[at] === SPACE || encoded[at] === TAB) at += 1;
  if (at >= encoded.length) return at - start;
  if (encoded[at] === CR && encoded[at + 1] === LF) return at + 2 - start;
  return encoded[at] === LF ? at + 1 - start : 0;
}

function asBuffer(octets: Uint8Array): Buffer {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
}
