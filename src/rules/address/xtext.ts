/**
 * Decodes xtext: `+XX` stands for the character with that hexadecimal code.
 * @returns undefined if it isn't xtext
 * @see RFC 3461 §4
 */
export function decodeXtext(text: string): string | undefined {
  if (/\+(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  return text.replaceAll(/\+(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Text as xtext: what can't stand there is written as `+XX`. @param text one character an octet @see RFC 3461 §4 */
export function encodeXtext(text: string): string {
  return text.replaceAll(
    /[^!-~]|[+=]/g,
    (char) => `+${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
