/**
 * Decodes xtext: `+XX` stands for the character with that hexadecimal code.
 * @returns undefined if it isn't xtext
 * @see RFC 3461 §4
 */
export function decodeXtext(text: string): string | undefined {
  if (/\+(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  return text.replaceAll(/\+(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
