import { escapeMacros, expandMacros, MacroError } from '../config/macros.ts';
import type { Octets } from '../octets.ts';
import type { Way } from './way.ts';

/** What became of a text with the attributes of a delivery in it. */
export interface Expanded {
  readonly text: Octets;
  /** Whether `$extension` stands in it. */
  readonly hasExtension: boolean;
  /** Whether something was put in that isn't known: its place is empty. */
  readonly isPartial: boolean;
}

/**
 * Puts the attributes of a delivery into a text: `$user`, `$home`, `$shell`, `$domain`, `$local`, `$mailbox`,
 * `$recipient`, `$extension`, `$recipient_delimiter`.
 * @param filter the octets that may come of them; the others become `_`. Undefined: all may
 * @returns undefined if the text can't be read
 * @see Postfix's local_expand(3)
 */
export function expandAttributes(text: Octets, way: Way, filter?: Octets): Expanded | undefined {
  let hasExtension = false;
  let isPartial = false;
  const find = (name: Octets, isTested: boolean): Octets | undefined => {
    if (name === 'extension' && !isTested) hasExtension = true;
    const value = findAttribute(name, way);
    return value === undefined ? undefined : escapeMacros(filter === undefined ? value : censor(value, filter));
  };
  try {
    const expanded = expandMacros(text, find, () => {
      isPartial = true;
    });
    return { text: expanded, hasExtension, isPartial };
  } catch (error) {
    if (error instanceof MacroError) return undefined;
    throw error;
  }
}

/** Replaces what isn't allowed by `_`. */
export function censor(value: Octets, allowed: Octets): Octets {
  let text = '';
  for (const octet of value) text += allowed.includes(octet) ? octet : '_';
  return text;
}

function findAttribute(name: Octets, { local, user, extension, domain, recipient, rights }: Way): Octets | undefined {
  switch (name) {
    case 'user':
      return user;
    case 'home':
      return rights.account?.home;
    case 'shell':
      return rights.account?.shell;
    case 'domain':
      return domain;
    case 'local':
    case 'mailbox':
      return local;
    case 'recipient':
      return recipient.address;
    case 'extension':
      return extension;
    case 'recipient_delimiter':
      return local.charAt(user.length) || undefined;
    default:
      return undefined;
  }
}
