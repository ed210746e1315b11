import { fromOctets, toOctets, type Octets } from '../octets.ts';

/**
 * A key with its case folded, as the types with fixed keys do before they look it up: ASCII letters, and, where keys are
 * UTF-8, all of Unicode (`ß` and `SS` are one key).
 * @param isUtf8 whether `key` is known to be UTF-8 and is to be folded as such
 * @see Postfix's casefold(3); Unicode, "Default Case Folding"
 */
export function foldKey(key: Octets, isUtf8: boolean): Octets {
  switch (findLetters(key)) {
    case 'small':
      return key;
    case 'capital':
      return key.toLowerCase();
    case 'others':
      // Octets above 127 are no letters where they aren't UTF-8.
      return isUtf8 ? toOctets(foldText(fromOctets(key))) : key.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  }
}

/** Whether a key has octets above 127; if not, whether it has capitals. */
export function findLetters(key: Octets): 'small' | 'capital' | 'others' {
  let hasCapital = false;
  // A loop, since a key is short and a table is asked often.
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    if (code > 127) return 'others';
    if (code >= 65 && code <= 90) hasCapital = true;
  }
  return hasCapital ? 'capital' : 'small';
}

/** Whether octets are UTF-8 as Postfix takes it: no surrogates, nothing overlong, nothing above U+10FFFF. */
export function isUtf8(octets: Octets): boolean {
  return isAscii(octets) || toOctets(fromOctets(octets)) === octets;
}

/** Beyond so many octets a regular expression is faster than a loop, which has to warm up. */
const LONG = 100;

/** Whether octets are all below 128. */
export function isAscii(octets: Octets): boolean {
  if (octets.length > LONG) return !/[^\x00-\x7f]/.test(octets);
  for (let index = 0; index < octets.length; index++) if (octets.charCodeAt(index) > 127) return false;
  return true;
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
