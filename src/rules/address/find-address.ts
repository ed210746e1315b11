import type { Octets } from '../octets.ts';
import { foldName } from '../lists/list-items.ts';
import type { Maps, MapsHit, MapsQuestion } from '../tables/maps.ts';
import { isLocalDomain, type AddressQuestion } from './local-domain.ts';
import { quoteAddress, quoteLocalPart } from './quote.ts';
import { stripExtension, type StrippedAddress } from './split-address.ts';

/** A key that an address is looked up by. They are tried in the order of this list. */
export type AddressKey =
  /** The address as it is; the only one that tables of patterns are asked for. */
  | 'address'
  /** The address without its extension. Later keys are then tried without it, too. */
  | 'without-extension'
  /** The local part, if the domain is myorigin, in mydestination, or a literal of this machine's. */
  | 'local-part'
  /** `local-part@`, likewise. */
  | 'local-part@'
  /** `@domain`. */
  | '@domain'
  /** The domain. */
  | 'domain'
  /** The domain, then `.parent` of each parent domain. */
  | 'domain-and-.parents'
  /** The domain, then each parent domain. */
  | 'domain-and-parents'
  /** `local-part@`, whatever the domain. */
  | 'any-local-part@';

/** How an address is looked up. */
export interface AddressSearch extends AddressQuestion {
  /** @default address, without-extension, local-part, \@domain */
  readonly keys?: readonly AddressKey[] | undefined;
  /**
   * In which form keys are looked up. `external-first`: in external form, then, if that is another, in internal form.
   * @default external-first
   */
  readonly form?: 'external' | 'external-first' | undefined;
}

/** A hit, and what the key left of the address. */
export interface AddressHit extends MapsHit {
  /** What had to be cut off so that a key matched, its delimiter first: `+ext`. Empty if nothing was. */
  readonly extension: Octets;
}

/**
 * Looks an address up, and then its parts.
 * @param address in internal form
 * @throws {LookupError} if a table, or mydestination, has no answer
 * @see Postfix's mail_addr_find(3)
 */
export function findAddress(address: Octets, maps: Maps, search: AddressSearch): AddressHit | undefined {
  if (maps.tables.length === 0) return undefined;
  const { keys = DEFAULT_KEYS, view, stage, steps, warn, form = 'external-first' } = search;
  const at = address.lastIndexOf('@');
  const stripped = keys.includes('without-extension') ? stripExtension(address, view) : undefined;
  const asking: Asking = {
    maps,
    asksInternal: form === 'external-first',
    full: { stage, steps, isPartial: false, warn },
    partial: { stage, steps, isPartial: true, warn },
  };
  return (
    (keys.includes('address') ? lookUp(asking, address, quoteAddress(address), FULL) : undefined) ??
    (stripped && lookUp(asking, stripped.address, quoteAddress(stripped.address), stripped)) ??
    (at < 0 ? undefined : findByParts({ address, at, stripped }, keys, { asking, search }))
  );
}

const DEFAULT_KEYS: readonly AddressKey[] = ['address', 'without-extension', 'local-part', '@domain'];

/** Of a key that is all of the address. */
const FULL = { extension: '', isPartial: false };
/** Of a key that is a part of it. */
const PART = { extension: '' };

/** What the keys of an address are looked up in. An address is looked up so often that no closures are made for it. */
interface Asking {
  readonly maps: Maps;
  /** Whether a key is tried in internal form, too, where that is another. */
  readonly asksInternal: boolean;
  /** Of keys that are all of the address, and of those that are a part of it. */
  readonly full: MapsQuestion;
  readonly partial: MapsQuestion;
}

/**
 * Looks a key up.
 * @param external in external form; the same where there is but one
 */
function lookUp(
  { maps, asksInternal, full, partial }: Asking,
  internal: Octets,
  external: Octets,
  { extension, isPartial = true }: { readonly extension: Octets; readonly isPartial?: boolean },
): AddressHit | undefined {
  const question = isPartial ? partial : full;
  let hit = maps.find(external, question);
  if (hit === undefined && asksInternal && external !== internal) hit = maps.find(internal, question);
  if (hit === undefined) return undefined;
  const { key, value, source, table } = hit;
  return { key, value, source, table, extension };
}

interface AddressParts {
  readonly address: Octets;
  /** Where its domain begins, with the at sign. */
  readonly at: number;
  readonly stripped: StrippedAddress | undefined;
}

function findByParts(
  parts: AddressParts,
  keys: readonly AddressKey[],
  { asking, search }: { readonly asking: Asking; readonly search: AddressSearch },
): AddressHit | undefined {
  const domain = parts.address.slice(parts.at + 1);
  const asksLocalPart = keys.includes('local-part');
  const asksLocalPartAt = keys.includes('local-part@');
  if ((asksLocalPart || asksLocalPartAt) && isOwnDomain(domain, search)) {
    const hit =
      (asksLocalPart ? findLocalPart(parts, asking) : undefined) ??
      (asksLocalPartAt ? findLocalPartAt(parts, asking) : undefined);
    if (hit !== undefined) return hit;
  }
  for (const key of domainKeys(domain, keys)) {
    const hit = lookUp(asking, key, key, PART);
    if (hit !== undefined) return hit;
  }
  return keys.includes('any-local-part@') ? findLocalPartAt(parts, asking) : undefined;
}

function findLocalPart({ address, at, stripped }: AddressParts, asking: Asking): AddressHit | undefined {
  const find = (text: Octets, cut: typeof PART) => lookUp(asking, text, quoteLocalPart(text), cut);
  return find(address.slice(0, at), PART) ?? (stripped && find(toLocalPart(stripped), stripped));
}

function findLocalPartAt({ address, at, stripped }: AddressParts, asking: Asking): AddressHit | undefined {
  const find = (text: Octets, cut: typeof PART) => lookUp(asking, text, quoteAddress(text), cut);
  return find(address.slice(0, at + 1), PART) ?? (stripped && find(`${toLocalPart(stripped)}@`, stripped));
}

function toLocalPart({ address }: StrippedAddress): Octets {
  return address.slice(0, address.lastIndexOf('@'));
}

function domainKeys(domain: Octets, wanted: readonly AddressKey[]): readonly Octets[] {
  const keys = wanted.includes('@domain') ? [`@${domain}`] : [];
  const hasParents = wanted.includes('domain-and-parents');
  const hasDotParents = wanted.includes('domain-and-.parents');
  if (domain === '' || !(wanted.includes('domain') || hasParents || hasDotParents)) return keys;
  keys.push(domain);
  if (!hasParents && !hasDotParents) return keys;
  for (let dot = domain.indexOf('.', 1); dot >= 0; dot = domain.indexOf('.', dot + (hasParents ? 2 : 1))) {
    const key = domain.slice(hasParents ? dot + 1 : dot);
    if (key !== '') keys.push(key);
  }
  return keys;
}

function isOwnDomain(domain: Octets, search: AddressSearch): boolean {
  const { view, stage, steps } = search;
  const smtputf8 = view.isYes('smtputf8_enable');
  const myorigin = view.get('myorigin');
  if (foldName(domain, smtputf8) !== foldName(myorigin, smtputf8)) return isLocalDomain(domain, search);
  const { file, line } = view.placeOf('myorigin');
  steps.push({ stage, parameter: 'myorigin', key: domain, result: myorigin, file, line });
  return true;
}
