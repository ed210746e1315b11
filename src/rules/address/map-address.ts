import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { Maps } from '../tables/maps.ts';
import { rewriteTokens } from '../trivial-rewrite/rewrite.ts';
import { listAddresses } from './address-list.ts';
import { scanAddress, toInternalText } from './address-tokens.ts';
import { findAddress, type AddressHit, type AddressSearch } from './find-address.ts';
import { quoteAddress, unquoteAddress } from './quote.ts';
import { localPartOf } from './split-address.ts';

/** How an address is mapped. */
export interface AddressMapping extends AddressSearch {
  /** Whether an extension that had to be cut off goes to each result: propagate_unmatched_extensions. */
  readonly propagatesExtension: boolean;
}

/** What an address is mapped to. */
export interface MappedAddress {
  /** In internal form, rewritten to standard form; one at least. */
  readonly addresses: readonly Octets[];
  readonly hit: AddressHit;
}

/**
 * Maps an address by tables whose right-hand sides are addresses, as canonical(5) and virtual(5) do; `@domain` there is
 * the same user in another domain.
 * @param address in internal form
 * @returns undefined if no table has it
 * @throws {LookupError} if a table, or mydestination, has no answer; also if the right-hand side has no address in it
 * @see Postfix's mail_addr_map(3)
 */
export function mapAddress(address: Octets, maps: Maps, mapping: AddressMapping): MappedAddress | undefined {
  const hit = findAddress(address, maps, { form: 'external', ...mapping });
  if (hit === undefined) return undefined;
  const value = hit.value.startsWith('@') ? quoteAddress(withUser(address, hit)) : hit.value;
  const addresses = toAddresses(value, hit.extension, mapping);
  if (addresses.length > 0) return { addresses, hit };
  const problem = `${maps.parameter} lookup of ${address} returns non-address result "${value}"`;
  mapping.warn?.(`warning: ${problem}`);
  throw new LookupError(hit.table.messageName ?? hit.table.name, problem);
}

/** The user of `address`, without the extension that had to be cut off, in the domain that was found. */
function withUser(address: Octets, { value, extension }: AddressHit): Octets {
  const user = localPartOf(address);
  return user.slice(0, user.length - extension.length) + value;
}

/**
 * The addresses of a right-hand side, rewritten, the extension put behind each local part.
 * @see Postfix's mail_addr_crunch(3)
 */
function toAddresses(value: Octets, extension: Octets, mapping: AddressMapping): readonly Octets[] {
  const view = mapping.world.view('rewrite/unix');
  const lists = value === '' || value === '<>' ? [scanAddress('""')] : listAddresses(value);
  return lists.map((tokens) => {
    const rewritten = quoteAddress(toInternalText(rewriteTokens(tokens, 'local', view), false));
    const address = unquoteAddress(rewritten);
    if (!mapping.propagatesExtension) return address;
    const at = address.lastIndexOf('@');
    return at < 0 ? address + extension : address.slice(0, at) + extension + address.slice(at);
  });
}
