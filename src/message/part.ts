import { isUtf8 } from 'node:buffer';

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

/**
 * Decodes text by the name of its character set, as browsers understand it (so `iso-8859-1` is windows-1252). Without
 * a name, or with one that nobody knows, it is UTF-8 if the octets are valid UTF-8, else windows-1252. A byte order
 * mark is dropped; what can't be decoded becomes U+FFFD. Never throws.
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export function decodeText(octets: Uint8Array, charset: string | undefined): string {
  const label = (charset ?? '').trim().toLowerCase();
  if (UTF_8.has(label)) return decodeUtf8(octets);
  if (UNSAID.has(label)) return decodeOctets(octets);
  const decoder = findDecoder(ALIASES.get(label) ?? label);
  if (decoder?.encoding === 'windows-1252') return decodeWindows1252(octets);
  return decoder ? decoder.decode(octets) : decodeOctets(octets);
}

/** Octets whose character set nobody named: UTF-8 if they are valid UTF-8, else windows-1252. */
export function decodeOctets(octets: Uint8Array): string {
  return isUtf8(octets) ? decodeUtf8(octets) : decodeWindows1252(octets);
}

function decodeUtf8(octets: Uint8Array): string {
  const text = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** QUIRK: Node's own windows-1252 decoder reads 0x80–0x9F as control characters, as ISO 8859-1 would (seen in 20.20). */
function decodeWindows1252(octets: Uint8Array): string {
  const latin1 = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1');
  return latin1.replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252_C1.charAt(character.charCodeAt(0) - 0x80));
}

function findDecoder(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
