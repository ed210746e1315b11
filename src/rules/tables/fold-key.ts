import { fromOctets, toOctets, type Octets } from '../octets.ts';

/**
 * A key with its case folded, as the types with fixed keys do before they look it up: ASCII letters, and, where keys are
 * UTF-8, all of Unicode (`ß` and `SS` are one key).
 * @param isUtf8 whether `key` is known to be UTF-8 and is to be folded as such
 * @see Postfix's casefold(3); Unicode, "Default Case Folding"
 */
export function foldKey(key: Octets, isUtf8: boolean): Octets {
  let hasCapital = false;
  let hasOthers = false;
  // A loop, since a key is short and a table is asked often.
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    if (code >= 65 && code <= 90) hasCapital = true;
    else if (code > 127) hasOthers = true;
  }
  if (hasOthers && isUtf8) return toOctets(foldText(fromOctets(key)));
  if (!hasCapital) return key;
  // Octets above 127 are no letters where they aren't UTF-8.
  return hasOthers ? key.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : key.toLowerCase();
}

/** Whether octets are UTF-8 as Postfix takes it: no surrogates, nothing overlong, nothing above U+10FFFF. */
export function isUtf8(octets: Octets): boolean {
  return isAscii(octets) || toOctets(fromOctets(octets)) === octets;
}

function isAscii(octets: Octets): boolean {
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
