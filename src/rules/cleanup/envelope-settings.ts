import type { Octets } from '../octets.ts';
import type { Maps } from '../tables/maps.ts';
import type { View } from '../world.ts';
import { readMasqueradeDomains, type MasqueradeDomain } from './masquerade.ts';

/** Where an address stands: canonical(5) and masquerading have a class for each. */
export type AddressRole = 'envelope_sender' | 'envelope_recipient' | 'header_sender' | 'header_recipient';

/** What cleanup(8)'s parameters say of addresses. */
export interface EnvelopeSettings {
  /** The maps of canonical addresses that count, in their order. */
  readonly canonical: Readonly<Record<AddressRole, readonly Maps[]>>;
  readonly masqueradeDomains: readonly MasqueradeDomain[];
  readonly masqueraded: ReadonlySet<AddressRole>;
  readonly hasMasqueradeExceptions: boolean;
  /** Whose extensions that no key matched go to the results. */
  readonly propagates: { readonly canonical: boolean; readonly virtual: boolean };
  readonly virtualAliases: Maps;
  /** virtual_alias_expansion_limit */
  readonly expansionLimit: number;
  /** virtual_alias_recursion_limit */
  readonly recursionLimit: number;
  /** virtual_alias_address_length_limit, in octets */
  readonly lengthLimit: number;
  readonly senderBcc: Maps;
  readonly recipientBcc: Maps;
  /** Empty for none. */
  readonly alwaysBcc: Octets;
  /** empty_address_recipient */
  readonly emptyRecipient: Octets;
  /** enable_original_recipient: whether recipients that were others at first are told apart. */
  readonly keepsOriginal: boolean;
  /** duplicate_filter_limit; 0 for none */
  readonly duplicateLimit: number;
  /** Whether addresses are UTF-8, in the log, too. */
  readonly smtputf8: boolean;
}

/** Reads the parameters, but once for each view. @param view cleanup(8)'s */
export function readEnvelopeSettings(view: View): EnvelopeSettings {
  return view.once('envelope-settings', () => makeSettings(view));
}

function makeSettings(view: View): EnvelopeSettings {
  const propagated = view.words('propagate_unmatched_extensions');
  return {
    canonical: {
      envelope_sender: findCanonicalMaps(view, 'envelope_sender', 'sender'),
      envelope_recipient: findCanonicalMaps(view, 'envelope_recipient', 'recipient'),
      header_sender: findCanonicalMaps(view, 'header_sender', 'sender'),
      header_recipient: findCanonicalMaps(view, 'header_recipient', 'recipient'),
    },
    masqueradeDomains: readMasqueradeDomains(view),
    masqueraded: new Set(view.words('masquerade_classes').filter(isRole)),
    hasMasqueradeExceptions: view.get('masquerade_exceptions') !== '',
    propagates: { canonical: propagated.includes('canonical'), virtual: propagated.includes('virtual') },
    virtualAliases: view.maps('virtual_alias_maps'),
    expansionLimit: view.integer('virtual_alias_expansion_limit'),
    recursionLimit: view.integer('virtual_alias_recursion_limit'),
    lengthLimit: view.integer('virtual_alias_address_length_limit'),
    senderBcc: view.maps('sender_bcc_maps'),
    recipientBcc: view.maps('recipient_bcc_maps'),
    alwaysBcc: view.get('always_bcc'),
    emptyRecipient: view.get('empty_address_recipient'),
    keepsOriginal: view.isYes('enable_original_recipient'),
    duplicateLimit: view.integer('duplicate_filter_limit'),
    smtputf8: view.isYes('smtputf8_enable'),
  };
}

/** The maps of senders, or of recipients, come before those of all. */
function findCanonicalMaps(view: View, role: AddressRole, side: 'sender' | 'recipient'): readonly Maps[] {
  const prefixes = [`${side}_canonical`, 'canonical'];
  return prefixes
    .filter((prefix) => view.words(`${prefix}_classes`).includes(role))
    .map((prefix) => view.maps(`${prefix}_maps`))
    .filter(({ tables }) => tables.length > 0);
}

function isRole(word: Octets): word is AddressRole {
  return (
    word === 'envelope_sender' ||
    word === 'envelope_recipient' ||
    word === 'header_sender' ||
    word === 'header_recipient'
  );
}
