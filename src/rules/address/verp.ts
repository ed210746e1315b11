import type { Octets } from '../octets.ts';

/** The two characters by which a recipient is put into the sender's address: `+=`. */
export type VerpDelimiters = Octets;

/**
 * What XVERP asks for, as a listener takes it.
 * @see VERP_README; postconf(5), default_verp_delimiters, verp_delimiter_filter
 */
export interface VerpOptions {
  /** What XVERP means that names no delimiters. */
  readonly delimiters: VerpDelimiters;
  /** The characters that may be one. */
  readonly filter: Octets;
}

/**
 * Reads the delimiters that XVERP names.
 * @param value what follows `XVERP=`; undefined: nothing was said
 * @returns undefined if they aren't two of those that may be some
 */
export function readVerpDelimiters(
  value: string | undefined,
  { delimiters, filter }: VerpOptions,
): VerpDelimiters | undefined {
  if (value === undefined) return delimiters;
  const isTaken = value.length === 2 && value.split('').every((character) => filter.includes(character));
  return isTaken ? value : undefined;
}

/**
 * The sender with a recipient in it, so that who bounces is known by where the bounce comes to: of `list@a.test` and
 * `bob@b.test` it is `list+bob=b.test@a.test`.
 * @param recipient as it was in the envelope
 * @see Postfix's verp_sender(3)
 */
export function toVerpSender(sender: Octets, recipient: Octets, delimiters: VerpDelimiters): Octets {
  const [prefix, origin] = splitAtLast(sender);
  const [user, domain] = splitAtLast(recipient);
  const encoded = `${prefix}${delimiters.charAt(0)}${user}${domain && `${delimiters.charAt(1)}${domain}`}`;
  return `${encoded}${origin && `@${origin}`}`;
}

function splitAtLast(address: Octets): readonly [Octets, Octets] {
  const at = address.lastIndexOf('@');
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
}
