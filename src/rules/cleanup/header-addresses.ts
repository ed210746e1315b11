import { formatAddressList, isAddressNode, parseAddressList, toAddressText } from '../address/address-list.ts';
import { scanAddress } from '../address/address-tokens.ts';
import type { Octets } from '../octets.ts';

/** Longer lines of addresses are folded. */
const FOLD_AT = 70;

/** How a header's addresses are rewritten. */
export interface HeaderRewriting {
  /** header_address_token_limit */
  readonly tokenLimit: number;
  /** In external form, as is what comes out. */
  readonly map: (address: Octets) => Octets;
}

/**
 * Rewrites the addresses of a header, and folds it anew behind its commas.
 * @param text `To: a, b`, folded lines with LF between them
 * @returns likewise, but without white space before the folded lines; undefined if no address changes: the header stays as it is
 * @see cleanup(8); Postfix's tok822(3)
 */
export function rewriteHeaderAddresses(text: Octets, { tokenLimit, map }: HeaderRewriting): Octets | undefined {
  const colon = text.indexOf(':');
  const nodes = parseAddressList(text.slice(colon + 1), tokenLimit);
  const mapped = nodes.map((node) => {
    if (!isAddressNode(node)) return node;
    const before = toAddressText(node.tokens);
    const after = map(before);
    return after === before ? node : { ...node, tokens: scanAddress(after) };
  });
  if (mapped.every((node, index) => node === nodes[index])) return undefined;
  return fold(`${text.slice(0, colon)}: ${formatAddressList(mapped, '\n')}`);
}

/** One address a line: as many as there is room for are put together. */
function fold(text: Octets): Octets {
  const lines: Octets[] = [];
  for (const part of text.split('\n')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + part.length < FOLD_AT) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines.join('\n');
}
