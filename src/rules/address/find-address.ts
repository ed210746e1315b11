import type { Octets } from '../octets.ts';
import { foldName } from '../lists/list-items.ts';
import type { Maps, MapsHit } from '../tables/maps.ts';
import { isLocalDomain, type AddressQuestion } from './local-domain.ts';
import { quoteAddress, quoteLocalPart } from './quote.ts';
import { stripExtension } from './split-address.ts';

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
  readonly keys?: readonly AddressKey[];
  /**
   * In which form keys are looked up. `external-first`: in external form, then, if that is another, in internal form.
   * @default external-first
   */
  readonly form?: 'external' | 'external-first';
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
  const { stage, steps, warn } = search;
  const asked = { stage, steps, ...(warn && { warn }) };
  for (const { key, isPartial, extension } of addressKeys(address, search)) {
    const hit = maps.find(key, { ...asked, isPartial });
    if (hit !== undefined) return { ...hit, extension };
  }
  return undefined;
}

const DEFAULT_KEYS: readonly AddressKey[] = ['address', 'without-extension', 'local-part', '@domain'];

interface KeyToAsk {
  readonly key: Octets;
  readonly isPartial: boolean;
  readonly extension: Octets;
}

function* addressKeys(address: Octets, search: AddressSearch): Generator<KeyToAsk> {
  const { keys = DEFAULT_KEYS, view } = search;
  const wanted = new Set(keys);
  const stripped = wanted.has('without-extension') ? stripExtension(address, view) : undefined;
  if (wanted.has('address')) yield* inForms({ key: address, isPartial: false, extension: '' }, search);
  if (stripped) yield* inForms({ key: stripped.address, isPartial: true, extension: stripped.extension }, search);

  const at = address.lastIndexOf('@');
  if (at < 0) return;
  const domain = address.slice(at + 1);
  const localParts = [{ text: address.slice(0, at), extension: '' }];
  if (stripped) {
    localParts.push({
      text: stripped.address.slice(0, stripped.address.lastIndexOf('@')),
      extension: stripped.extension,
    });
  }
  if ((wanted.has('local-part') || wanted.has('local-part@')) && isOwnDomain(domain, search)) {
    if (wanted.has('local-part')) yield* localPartKeys(localParts, '', search);
    if (wanted.has('local-part@')) yield* localPartKeys(localParts, '@', search);
  }
  if (wanted.has('@domain')) yield { key: `@${domain}`, isPartial: true, extension: '' };
  for (const key of domainKeys(domain, wanted)) yield { key, isPartial: true, extension: '' };
  if (wanted.has('any-local-part@')) yield* localPartKeys(localParts, '@', search);
}

function* localPartKeys(
  localParts: readonly { readonly text: Octets; readonly extension: Octets }[],
  end: '' | '@',
  search: AddressSearch,
): Generator<KeyToAsk> {
  for (const { text, extension } of localParts) {
    yield* inForms({ key: `${text}${end}`, isPartial: true, extension }, search, end === '');
  }
}

function* inForms(internal: KeyToAsk, { form = 'external-first' }: AddressSearch, isBare = false): Generator<KeyToAsk> {
  const key = isBare ? quoteLocalPart(internal.key) : quoteAddress(internal.key);
  yield { ...internal, key };
  if (form === 'external-first' && key !== internal.key) yield internal;
}

function* domainKeys(domain: Octets, wanted: ReadonlySet<AddressKey>): Generator<Octets> {
  const hasParents = wanted.has('domain-and-parents');
  const hasDotParents = wanted.has('domain-and-.parents');
  if (domain === '' || !(wanted.has('domain') || hasParents || hasDotParents)) return;
  yield domain;
  if (!hasParents && !hasDotParents) return;
  for (let dot = domain.indexOf('.', 1); dot >= 0; dot = domain.indexOf('.', dot + (hasParents ? 2 : 1))) {
    const key = domain.slice(hasParents ? dot + 1 : dot);
    if (key === '') return;
    yield key;
  }
}

function isOwnDomain(domain: Octets, search: AddressSearch): boolean {
  const { view, stage, steps } = search;
  const smtputf8 = view.isYes('smtputf8_enable');
  const myorigin = view.get('myorigin');
  if (foldName(domain, smtputf8) !== foldName(myorigin, smtputf8)) return isLocalDomain(domain, search);
  steps.push({ stage, parameter: 'myorigin', key: domain, result: myorigin, ...view.placeOf('myorigin') });
  return true;
}
