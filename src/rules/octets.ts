/**
 * Text in which each character U+0000…U+00FF is one octet. Postfix knows octets only: configuration and tables are read
 * so, since then nothing is lost, patterns match what Postfix matches, and what is printed is what was written.
 */
export type Octets = string;

/** Text as its UTF-8 octets. */
export function toOctets(text: string): Octets {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/**
 * Octets as text for people: UTF-8, with U+FFFD for what isn't. Characters above U+00FF, which are no octets, stay: a
 * sentence of ours may quote a value.
 */
export function fromOctets(octets: Octets): string {
  if (isAscii(octets)) return octets;
  return octets.replace(/[\x80-\xff]+/g, (run) => Buffer.from(run, 'latin1').toString('utf8'));
}

/**
 * Octets as Postfix logs them: `?` for each octet that isn't printable ASCII.
 * @param keepsUtf8 whether what looks like UTF-8 is left, as Postfix does once smtputf8_enable has been read
 * @param instead what stands for an octet that can't be printed: a blank, in a reply
 * @see Postfix's printable(3)
 */
export function toPrintable(octets: Octets, keepsUtf8 = false, instead: '?' | ' ' = '?'): Octets {
  if (!keepsUtf8) return octets.replace(/[^\x20-\x7e]/g, instead);
  // QUIRK: any first octet with any number of continuations will do.
  return octets.replace(/[\xc2-\xfe][\x80-\xbf]+|[^\x20-\x7e]/g, (found) => (found.length > 1 ? found : instead));
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}
