import { parseAddressLiteral } from '../address/address-literal.ts';
import { scanAddress, toInternalText, type AddressToken } from '../address/address-tokens.ts';
import { isLocalDomain, type AddressQuestion } from '../address/local-domain.ts';
import { quoteAddress } from '../address/quote.ts';
import { findHostNameFault } from '../config/host-name.ts';
import { fromOctets, type Octets } from '../octets.ts';
import { isUtf8 } from '../tables/fold-key.ts';
import type { View } from '../world.ts';
import { rewriteTokens } from './rewrite.ts';

/** A recipient without the routing that its address had on this machine. */
export interface RoutedRecipient {
  /** In internal form; it has a domain. */
  readonly address: Octets;
  readonly domain: Octets;
  /** Whether mail for the domain stays on this machine. */
  readonly isLocal: boolean;
  /** Whether the domain is none: mail can't go anywhere. */
  readonly isBad: boolean;
}

/**
 * Takes domains of this machine off an address as long as its local part asks for another way: `user%far@here` and
 * `"user@far"@here` are for `user@far`. An address without a domain is one of this machine.
 * @param address in internal form
 * @returns undefined for an address that has no end
 * @throws {LookupError} if mydestination has no answer
 * @see trivial-rewrite(8)
 */
export function findRecipient(address: Octets, question: AddressQuestion): RoutedRecipient | undefined {
  if (PLAIN_ADDRESS.test(address)) {
    const domain = address.slice(address.indexOf('@') + 1);
    if (findHostNameFault(domain) === undefined) {
      return { address, domain, isLocal: isLocalDomain(domain, question), isBad: false };
    }
  }
  const found = stripLocalDomains(address, question);
  return found && toRecipient(toInternalText(found.tokens), found.isLocal, question);
}

/** Whether a program could take an address for an option: unless allow_min_user says so, mail for it goes nowhere. */
export function isLikeOption(address: Octets, view: View): boolean {
  return address.startsWith('-') && !view.isYes('allow_min_user');
}

/** Most addresses: nothing in them asks for another way. */
const PLAIN_ADDRESS = /^[\w+=~/?{}$#'^*&`-]+(?:\.[\w+=~/?{}$#'^*&`-]+)*@[\w-]+(?:\.[\w-]+)*$/;

interface Stripped {
  readonly tokens: readonly AddressToken[];
  readonly isLocal: boolean;
}

function stripLocalDomains(address: Octets, question: AddressQuestion): Stripped | undefined {
  const { view } = question;
  const stripsNullDomain = view.isYes('resolve_null_domain');
  let tokens = scanAddress(quoteAddress(address));
  /** What was taken off last, with its at sign. */
  let taken: readonly AddressToken[] | undefined;
  const mostRounds = address.length + 100;
  for (let round = 0; round <= mostRounds; round++) {
    tokens = withoutLastDot(tokens);
    if (stripsNullDomain && tokens.at(-1)?.kind === '@') tokens = tokens.slice(0, -1);
    const at = findLast(tokens, '@');
    if (at >= 0) {
      const domain = tokens.slice(at + 1);
      if (domain.length > 0 && !isLocalDomain(toInternalText(domain), question)) return { tokens, isLocal: false };
      taken = tokens.slice(at);
      tokens = tokens.slice(0, at);
    }
    const routed = rewriteRoute(tokens, question);
    if (routed !== undefined) {
      tokens = routed;
    } else if (tokens.length === 0 || (tokens.length === 1 && tokens[0]?.kind === 'quoted' && tokens[0].value === '')) {
      tokens = scanAddress(view.get('empty_address_recipient'));
      if (tokens.length === 0) return undefined;
    } else if (taken === undefined) {
      tokens = [...tokens, AT, ...scanAddress(view.get('myhostname'))];
    } else {
      return { tokens: [...tokens, ...taken], isLocal: true };
    }
  }
  question.warn?.(`warning: resolve_addr: <${address}>: giving up after ${mostRounds + 1} iterations`);
  return undefined;
}

/** A local part that asks for another way, as the address that it asks for; undefined if it doesn't. */
function rewriteRoute(tokens: readonly AddressToken[], { view }: AddressQuestion): readonly AddressToken[] | undefined {
  const swapsBangs = view.isYes('swap_bangpath');
  const promotesPercents = view.isYes('allow_percent_hack');
  const hasRoute =
    findLast(tokens, '@') >= 0 ||
    (swapsBangs && findLast(tokens, '!') >= 0) ||
    (promotesPercents && findLast(tokens, '%') >= 0);
  if (hasRoute) return rewriteTokens(tokens, 'local', view);

  const [quoted] = tokens;
  if (!view.isYes('resolve_dequoted_address') || tokens.length !== 1 || quoted?.kind !== 'quoted') return undefined;
  const text = quoted.value;
  // QUIRK: what stands in quotes counts, too, lest somebody relays through this machine by it.
  if (text.includes('@')) return rewriteTokens(scanAddress(quoteAddress(text)), 'local', view);
  const percent = promotesPercents ? text.lastIndexOf('%') : -1;
  if (percent >= 0) {
    const promoted = `${text.slice(0, percent)}@${text.slice(percent + 1)}`;
    return rewriteTokens(scanAddress(quoteAddress(promoted)), 'local', view);
  }
  return swapsBangs && text.includes('!') ? rewriteTokens(scanAddress(text), 'local', view) : undefined;
}

function toRecipient(address: Octets, isLocal: boolean, question: AddressQuestion): RoutedRecipient {
  const { view } = question;
  const start = address.lastIndexOf('@') + 1;
  const domain = address.slice(start);
  const found = { address, domain, isLocal, isBad: false };
  if (domain.startsWith('[')) return { ...found, isBad: !isAddressLiteral(domain) };
  if (view.isYes('smtputf8_enable') && !isUtf8(address)) return { ...found, isBad: true };
  if (findHostNameFault(toAsciiLike(domain, question)) === undefined) return found;
  if (!view.isYes('resolve_numeric_domain') || !isBareAddress(domain)) return { ...found, isBad: true };
  const literal = `[${domain}]`;
  return {
    ...found,
    address: address.slice(0, start) + literal,
    domain: literal,
    isLocal: isLocal || isLocalDomain(literal, question),
  };
}

/** With smtputf8_enable a character beyond ASCII stands for a letter; its A-label isn't made here. */
function toAsciiLike(domain: Octets, { view }: AddressQuestion): Octets {
  return view.isYes('smtputf8_enable') ? fromOctets(domain).replaceAll(/[^\0-\x7f]/gu, 'u') : domain;
}

function isAddressLiteral(domain: Octets): boolean {
  return domain.indexOf(']') === domain.length - 1 && 'address' in parseAddressLiteral(domain.slice(1, -1));
}

/** An address without brackets, IPv6 without `IPv6:`. */
function isBareAddress(text: Octets): boolean {
  return 'address' in parseAddressLiteral(text.includes(':') ? `IPv6:${text}` : text);
}

const AT: AddressToken = { kind: '@', value: '@', start: -1, end: -1 };

function findLast(tokens: readonly AddressToken[], kind: '@' | '!' | '%'): number {
  return tokens.findLastIndex((token) => token.kind === kind);
}

function withoutLastDot(tokens: readonly AddressToken[]): readonly AddressToken[] {
  const before = tokens.at(-2)?.kind;
  if (tokens.at(-1)?.kind !== '.' || before === '.' || before === '@' || findLast(tokens, '@') < 0) return tokens;
  return tokens.slice(0, -1);
}
