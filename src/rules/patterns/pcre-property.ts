import { invert, makeSet, type OctetSet } from './octet-set.ts';
import { fail, peek, take, takeMatch, type PcreReader } from './pcre-reader.ts';

const SPECIAL: ReadonlyMap<string, RegExp> = new Map([
  ['any', /[^]/u],
  ['l&', /[\p{Lu}\p{Ll}\p{Lt}]/u],
  ['xan', /[\p{L}\p{N}]/u],
  ['xsp', /\s/u],
  ['xps', /\s/u],
  ['xwd', /[\p{L}\p{N}_]/u],
]);

/**
 * Reads a Unicode property, of which `\p` has been read; an octet is the character of its number.
 * @throws {PcrePatternError}
 * @see pcre2pattern(3), "Unicode character properties"
 */
export function readProperty(reader: PcreReader, isNegated: boolean): OctetSet {
  let negated = isNegated;
  let name = peek(reader);
  if (take(reader, '{')) {
    if (take(reader, '^')) negated = !negated;
    name = takeMatch(reader, /[\w &=:-]*/y) ?? '';
    if (!take(reader, '}')) return fail(reader, 'MALFORMED_UNICODE_PROPERTY', peek(reader) === '' ? 0 : 1);
  } else if (/[A-Za-z]/.test(name)) reader.position++;
  else return fail(reader, 'MALFORMED_UNICODE_PROPERTY', name === '' ? 0 : 1);
  const property = SPECIAL.get(name.toLowerCase()) ?? findProperty(name);
  if (property === undefined) return fail(reader, 'UNKNOWN_UNICODE_PROPERTY');
  const set = makeSet((octet) => property.test(String.fromCharCode(octet)));
  return negated ? invert(set) : set;
}

/** A general category, a script (with its extensions) or a yes/no property. */
function findProperty(name: string): RegExp | undefined {
  for (const form of [name, `Script_Extensions=${name}`]) {
    try {
      return new RegExp(`\\p{${form}}`, 'u');
    } catch {
      // Not that form.
    }
  }
  return undefined;
}
