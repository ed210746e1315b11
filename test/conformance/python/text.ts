// What the oracle does with text in Python, done here: octets that aren't UTF-8, lines, and the order of strings.
import { isUtf8 } from 'node:buffer';

/** UTF-8 as Python's `surrogateescape` reads it: an octet that isn't part of a character becomes U+DC80…U+DCFF. */
export function decodeText(octets: Uint8Array): string {
  const whole = Buffer.from(octets);
  if (isUtf8(whole)) return whole.toString('utf8');
  let text = '';
  for (let at = 0; at < whole.length;) {
    const length = [1, 2, 3, 4].find((n) => at + n <= whole.length && isUtf8(whole.subarray(at, at + n)));
    if (length === undefined) text += String.fromCharCode(0xdc00 + whole.readUInt8(at));
    else text += whole.toString('utf8', at, at + length);
    at += length ?? 1;
  }
  return text;
}

/** The inverse of {@link decodeText}. */
export function encodeText(text: string): Uint8Array {
  const parts = text.split(/([\udc80-\udcff])/u);
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 0 ? Buffer.from(part, 'utf8') : Buffer.of(part.charCodeAt(0) - 0xdc00))),
  );
}

/** `text` in its lines, which keep their newline; only that ends a line. */
export function toLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

/** `str.splitlines(keepends=True)`: a carriage return and others end a line too. */
export function splitLines(text: string): readonly string[] {
  return (
    text
      .match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g)
      ?.filter((line) => line !== '') ?? []
  );
}

/** Orders as Python orders strings: by code point. */
export function compareCodePoints(a: string, b: string): number {
  const toPoints = (text: string): readonly number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const right = toPoints(b);
  for (const [i, point] of toPoints(a).entries()) {
    const difference = point - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** `json.dumps(value)` as far as a search in it can tell: ASCII, everything else escaped. */
export function toAsciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
