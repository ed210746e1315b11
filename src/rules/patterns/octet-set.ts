/** A set of octets: 1 at the index of each octet that is in it. */
export type OctetSet = Uint8Array;

/** The set of the octets that `has` says yes to. */
export function makeSet(has: (octet: number) => boolean): OctetSet {
  return Uint8Array.from({ length: 256 }, (_, octet) => (has(octet) ? 1 : 0));
}

/** The set of the octets of `text`. */
export function setOf(text: string): OctetSet {
  return makeSet((octet) => text.includes(String.fromCharCode(octet)));
}

/** The octets that aren't in `set`. */
export function invert(set: OctetSet): OctetSet {
  return set.map((bit) => 1 - bit);
}

/** Puts the octets of `from` into `into`. */
export function addAll(into: OctetSet, from: OctetSet): void {
  from.forEach((bit, octet) => {
    if (bit === 1) into[octet] = 1;
  });
}

/** ASCII's other case of an octet that is a letter; else the octet. */
export function otherCase(octet: number): number {
  return isBetween(octet, 0x41, 0x5a) || isBetween(octet, 0x61, 0x7a) ? octet ^ 0x20 : octet;
}

/** ASCII's capital of an octet. */
export function toUpper(octet: number): number {
  return isBetween(octet, 0x61, 0x7a) ? octet - 0x20 : octet;
}

/** Whether the octet is a letter, a digit or `_`. */
export function isWordOctet(octet: number): boolean {
  return WORD.test(String.fromCharCode(octet));
}

const WORD = /^\w$/;

/** What C's locale has in a class; undefined if there is no such class. @see isalpha(3), regex(7) */
export function findClass(name: string): OctetSet | undefined {
  const pattern = CLASSES.get(name);
  return pattern && makeSet((octet) => octet < 128 && pattern.test(String.fromCharCode(octet)));
}

const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /[A-Za-z0-9]/],
  ['alpha', /[A-Za-z]/],
  ['blank', /[ \t]/],
  ['cntrl', /[\x00-\x1f\x7f]/],
  ['digit', /[0-9]/],
  ['graph', /[!-~]/],
  ['lower', /[a-z]/],
  ['print', /[ -~]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[ \t\n\v\f\r]/],
  ['upper', /[A-Z]/],
  ['xdigit', /[0-9A-Fa-f]/],
]);

function isBetween(octet: number, least: number, most: number): boolean {
  return octet >= least && octet <= most;
}
