import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';

/** A local part, cut at its first delimiter. */
export interface SplitLocalPart {
  readonly user: Octets;
  /** The one of recipient_delimiter that stood between them. */
  readonly delimiter: Octets;
  /** May be empty. */
  readonly extension: Octets;
}

/** An address without its extension. */
export interface StrippedAddress {
  readonly address: Octets;
  /** What was cut away, its delimiter first: `+ext`. */
  readonly extension: Octets;
}

/** What is before the last `@`; all of an address without one. @param address in internal form */
export function localPartOf(address: Octets): Octets {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, at);
}

/**
 * Cuts a local part at the first character of recipient_delimiter.
 * @param localPart in internal form
 * @returns undefined if there is nothing to cut: no delimiter, nothing before it, or a name that is never cut
 *   (postmaster, mailer-daemon, double_bounce_sender; with owner_request_special also `owner-…` and `…-request`)
 * @see Postfix's split_addr(3)
 */
export function splitLocalPart(localPart: Octets, view: View): SplitLocalPart | undefined {
  const rules = view.once('split-address', () => readSplitRules(view));
  const at = findDelimiter(localPart, rules.delimiters);
  if (at <= 0 || isWhole(localPart, rules)) return undefined;
  return { user: localPart.slice(0, at), delimiter: localPart.charAt(at), extension: localPart.slice(at + 1) };
}

/**
 * Takes the extension off an address, or off a local part.
 * @param address in internal form
 * @returns undefined if it has none
 * @see Postfix's strip_addr(3)
 */
export function stripExtension(address: Octets, view: View): StrippedAddress | undefined {
  const local = localPartOf(address);
  const split = splitLocalPart(local, view);
  if (split === undefined) return undefined;
  const { user, delimiter, extension } = split;
  return { address: user + address.slice(local.length), extension: delimiter + extension };
}

interface SplitRules {
  readonly delimiters: Octets;
  /** In lower case. */
  readonly wholeNames: ReadonlySet<Octets>;
  readonly keepsLists: boolean;
}

function readSplitRules(view: View): SplitRules {
  const delimiters = view.get('recipient_delimiter');
  return {
    delimiters,
    wholeNames: new Set(['postmaster', 'mailer-daemon', view.get('double_bounce_sender').toLowerCase()]),
    keepsLists: delimiters.includes('-') && view.isYes('owner_request_special'),
  };
}

/** -1 if there is none. */
function findDelimiter(localPart: Octets, delimiters: Octets): number {
  if (delimiters.length === 1) return localPart.indexOf(delimiters);
  for (let at = 0; at < localPart.length; at++) if (delimiters.includes(localPart.charAt(at))) return at;
  return -1;
}

function isWhole(localPart: Octets, { wholeNames, keepsLists }: SplitRules): boolean {
  const name = localPart.toLowerCase();
  if (wholeNames.has(name)) return true;
  return keepsLists && (name.startsWith('owner-') || (name.length > 8 && name.endsWith('-request')));
}
