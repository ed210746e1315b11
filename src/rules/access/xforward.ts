import type { Octets } from '../octets.ts';
import { decodeXtext } from '../address/xtext.ts';

/** The attributes that XFORWARD takes, in the order in which EHLO names them. */
export const XFORWARD_ATTRIBUTES = 'NAME ADDR PROTO HELO SOURCE PORT IDENT';

const LONGEST_VALUE = 255;
const LONGEST_PROTOCOL = 64;

/**
 * Judges the attributes of XFORWARD: a client that forwards mail says where it has it from, for the log alone.
 * @param words what follows the command
 * @returns Postfix's reply to what can't be read; undefined if all is well
 * @see XFORWARD_README
 */
export function findXforwardFault(words: readonly Octets[]): Octets | undefined {
  for (const word of words) {
    const equals = word.indexOf('=');
    const raw = word.slice(equals + 1);
    if (equals < 0 || raw === '') return '501 5.5.4 Error: attribute=value expected';
    if (raw.length > LONGEST_VALUE) return '501 5.5.4 Error: attribute value too long';
    const name = word.slice(0, equals);
    if (!XFORWARD_ATTRIBUTES.split(' ').includes(name.toUpperCase())) {
      return `501 5.5.4 Bad XFORWARD attribute name: ${name}`;
    }
    const value = decodeXtext(raw) ?? raw;
    if (value.toUpperCase() !== '[UNAVAILABLE]' && !isValid(name.toUpperCase(), value)) {
      return `501 5.5.4 Bad ${name.toUpperCase()} syntax: ${value}`;
    }
  }
  return undefined;
}

function isValid(name: Octets, value: Octets): boolean {
  if (name === 'PORT') return /^[0-9]{1,5}$/.test(value);
  if (name === 'PROTO') return value.length <= LONGEST_PROTOCOL;
  return name !== 'SOURCE' || /^(?:LOCAL|REMOTE)$/i.test(value);
}
