/**
 * Text in which each character U+0000…U+00FF is one octet. Postfix knows octets only: configuration and tables are read
 * so, since then nothing is lost, patterns match what Postfix matches, and what is printed is what was written.
 */
export type Octets = string;

/** Text as its UTF-8 octets. */
export function toOctets(text: string): Octets {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** Octets as text for people: UTF-8, with U+FFFD for what isn't. */
export function fromOctets(octets: Octets): string {
  return isAscii(octets) ? octets : Buffer.from(octets, 'latin1').toString('utf8');
}

/** Octets as Postfix logs them: `?` for each octet that isn't printable ASCII. @see Postfix's printable(3) */
export function toPrintable(octets: Octets): string {
  return octets.replace(/[^\x20-\x7e]/g, '?');
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}
