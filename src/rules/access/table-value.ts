import { splitItems } from '../tables/braces.ts';
import type { Octets } from '../octets.ts';

const OWN_ACTIONS = [
  'DEFER',
  'DEFER_IF_PERMIT',
  'DEFER_IF_REJECT',
  'DUNNO',
  'HANGUP',
  'INFO',
  'OK',
  'REJECT',
  'RELAY',
  'WARN',
] as const;

const DELEGATED_ACTIONS = ['BCC', 'DISCARD', 'FILTER', 'HOLD', 'PREPEND', 'REDIRECT'] as const;

/** What smtpd(8) does itself. */
export type OwnAction = (typeof OWN_ACTIONS)[number];

/** What it leaves to cleanup(8). */
export type DelegatedName = (typeof DELEGATED_ACTIONS)[number];

/** The actions of access tables. @see access(5) */
export const ACCESS_ACTIONS: readonly (OwnAction | DelegatedName)[] = [...OWN_ACTIONS, ...DELEGATED_ACTIONS];

interface Words {
  /** The first word, as written. */
  readonly word: Octets;
  /** What follows it. */
  readonly text: Octets;
}

/** The right-hand side of an access table, taken apart. */
export type TableValue =
  | (Words & { readonly kind: 'own'; readonly action: OwnAction })
  | (Words & { readonly kind: 'delegated'; readonly action: DelegatedName })
  /** Digits alone: it lets in. */
  | (Words & { readonly kind: 'number' })
  /** It refuses with a code and a text. */
  | (Words & { readonly kind: 'code' })
  /** It names a lookup table, which can't be. */
  | (Words & { readonly kind: 'table' })
  | (Words & { readonly kind: 'restrictions'; readonly restrictions: readonly Octets[] });

/** Takes what an access table answers apart. @see access(5), "ACCEPT ACTIONS" and what follows */
export function parseTableValue(value: Octets): TableValue {
  const [, word = '', text = ''] = /^([^ \t]*)\s*(.*)$/s.exec(value) ?? [];
  const words = { word, text };
  const name = word.toUpperCase();
  const own = OWN_ACTIONS.find((action) => action === name);
  if (own !== undefined) return { kind: 'own', action: own, ...words };
  const delegated = DELEGATED_ACTIONS.find((action) => action === name);
  if (delegated !== undefined) return { kind: 'delegated', action: delegated, ...words };
  // QUIRK: a bare code without text is all digits, and lets in.
  if (/^[0-9]+$/.test(value)) return { kind: 'number', ...words };
  if (/^[45][0-9][0-9]$/.test(word) && text !== '') return { kind: 'code', ...words };
  if (value.includes(':')) return { kind: 'table', ...words };
  return { kind: 'restrictions', restrictions: splitItems(value), ...words };
}

/** What smtpd(8) says of a value that names a lookup table. */
export function toTableWithinLine(table: Octets, value: Octets): Octets {
  return `access table ${table} has entry with lookup table: ${value}`;
}
