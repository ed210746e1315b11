import type { Octets } from '../octets.ts';
import { foldName } from '../lists/list-items.ts';
import type { Maps, MapsHit } from '../tables/maps.ts';
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
  const { keys = DEFAULT_KEYS, view } = search;
  const at = address.lastIndexOf('@');
  const stripped = keys.includes('without-extension') ? stripExtension(address, view) : undefined;
  const lookUp: LookUp = openLookUp(maps, search);
  return (
    (keys.includes('address') ? lookUp(address, quoteAddress(address), FULL) : undefined) ??
    (stripped && lookUp(stripped.address, quoteAddress(stripped.address), stripped)) ??
    (at < 0 ? undefined : findByParts({ address, at, stripped }, keys, { lookUp, search }))
  );
}

const DEFAULT_KEYS: readonly AddressKey[] = ['address', 'without-extension', 'local-part', '@domain'];

/** Of a key that is all of the address. */
const FULL = { extension: '', isPartial: false };
/** Of a key that is a part of it. */
const PART = { extension: '' };

/**
 * Looks a key up.
 * @param external in external form; the same where there is but one
 */
type LookUp = (
  internal: Octets,
  external: Octets,
  cut: { readonly extension: Octets; readonly isPartial?: boolean },
) => AddressHit | undefined;

function openLookUp(maps: Maps, { stage, steps, warn, form = 'external-first' }: AddressSearch): LookUp {
  const full = { stage, steps, isPartial: false, warn };
  const partial = { stage, steps, isPartial: true, warn };
  return (internal, external, { extension, isPartial = true }) => {
    const question = isPartial ? partial : full;
    let hit = maps.find(external, question);
    if (hit === undefined && form === 'external-first' && external !== internal) hit = maps.find(internal, question);
    if (hit === undefined) return undefined;
    const { key, value, source, table } = hit;
    return { key, value, source, table, extension };
  };
}

interface AddressParts {
  readonly address: Octets;
  /** Where its domain begins, with the at sign. */
  readonly at: number;
  readonly stripped: StrippedAddress | undefined;
}

function findByParts(
  { address, at, stripped }: AddressParts,
  keys: readonly AddressKey[],
  { lookUp, search }: { readonly lookUp: LookUp; readonly search: AddressSearch },
): AddressHit | undefined {
  const domain = address.slice(at + 1);
  const findLocalPart = (): AddressHit | undefined => {
    const find = (text: Octets, cut: typeof PART) => lookUp(text, quoteLocalPart(text), cut);
    return find(address.slice(0, at), PART) ?? (stripped && find(toLocalPart(stripped), stripped));
  };
  const findLocalPartAt = (): AddressHit | undefined => {
    const find = (text: Octets, cut: typeof PART) => lookUp(text, quoteAddress(text), cut);
    return find(address.slice(0, at + 1), PART) ?? (stripped && find(`${toLocalPart(stripped)}@`, stripped));
  };
  const asksLocalPart = keys.includes('local-part');
  const asksLocalPartAt = keys.includes('local-part@');
  if ((asksLocalPart || asksLocalPartAt) && isOwnDomain(domain, search)) {
    const hit = (asksLocalPart ? findLocalPart() : undefined) ?? (asksLocalPartAt ? findLocalPartAt() : undefined);
    if (hit !== undefined) return hit;
  }
  for (const key of domainKeys(domain, keys)) {
    const hit = lookUp(key, key, PART);
    if (hit !== undefined) return hit;
  }
  return keys.includes('any-local-part@') ? findLocalPartAt() : undefined;
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
