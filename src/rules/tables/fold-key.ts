import { fromOctets, toOctets, type Octets } from '../octets.ts';

/**
 * A key with its case folded, as the types with fixed keys do before they look it up: ASCII letters, and, where keys are
 * UTF-8, all of Unicode (`ß` and `SS` are one key).
 * @param isUtf8 whether `key` is known to be UTF-8 and is to be folded as such
 * @see Postfix's casefold(3); Unicode, "Default Case Folding"
 */
export function foldKey(key: Octets, isUtf8: boolean): Octets {
  if (isUtf8 && !isAscii(key)) return toOctets(foldText(fromOctets(key)));
  // Not toLowerCase: octets above 127 are no letters here.
  return key.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether octets are UTF-8 as Postfix takes it: no surrogates, nothing overlong, nothing above U+10FFFF. */
export function isUtf8(octets: Octets): boolean {
  return isAscii(octets) || toOctets(fromOctets(octets)) === octets;
}

function isAscii(octets: Octets): boolean {
  return /^[\x00-\x7f]*$/.test(octets);
}

function foldText(text: string): string {
  // One by one, since a sigma's small form depends on its neighbours, and folding doesn't.
  return Array.from(text, foldCharacter).join('');
}

function foldCharacter(character: string): string {
  // Two that the detour over capitals gets wrong: Cherokee folds to capitals, and the dotless i is a letter of its own.
  if (/[\u13a0-\u13fd\uab70-\uabbf]/.test(character)) return character.toUpperCase();
  if (character === 'ı') return character;
  return character.toLowerCase().toUpperCase().toLowerCase();
}
