import type { Octets } from '../octets.ts';
import { listAddresses } from '../address/address-list.ts';
import { toInternalText } from '../address/address-tokens.ts';

/** One of the destinations of an alias. */
export interface AliasTarget {
  /** `name`: somebody of this machine. `address`: with a domain. */
  readonly kind: 'name' | 'address' | 'command' | 'file' | 'include';
  /** Without `|` and `:include:`. */
  readonly text: Octets;
}

/** Takes the right-hand side of an alias apart, or a line of an :include: file. @see aliases(5) */
export function parseAliasValue(value: Octets): readonly AliasTarget[] {
  const texts = listAddresses(value).map((tokens) => toInternalText(tokens, false).trim());
  return texts.filter((text) => text !== '').map(toTarget);
}

function toTarget(text: Octets): AliasTarget {
  if (text.startsWith('|')) return { kind: 'command', text: text.slice(1).trim() };
  if (text.startsWith('/')) return { kind: 'file', text };
  const include = /^:include:(.*)$/is.exec(text)?.[1];
  if (include !== undefined) return { kind: 'include', text: include.trim() };
  const name = text.replace(/^\\/, '');
  return { kind: name.includes('@') ? 'address' : 'name', text: name };
}
