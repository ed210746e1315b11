import { findHostNameFault } from '../config/host-name.ts';
import { isAddressNode, parseAddressList, type AddressListNode } from './address-list.ts';
import { toInternalText, type AddressToken } from './address-tokens.ts';
import type { CommandWord } from './command-line.ts';

/** A Reverse-path or Forward-path (RFC 5321 §4.1.2) that Postfix takes. */
export interface Path {
  /** As sent, without its angle brackets; a source route is kept. Empty for `<>`. */
  readonly text: string;
  /** The mailbox in internal form: no route, no quotes. Empty for `<>`. */
  readonly mailbox: string;
}

/** How a path is judged. */
export interface PathOptions {
  /** SMTPUTF8 was asked for: the domain may have other characters than ASCII. */
  readonly smtputf8: boolean;
  /**
   * Whether the domain must be one, and no dash come first; `false` where trivial-rewrite(8) is asked, which knows addresses
   * whose domain doesn't count, and allow_min_user.
   * @default true
   */
  readonly checksDomain?: boolean;
  /**
   * strict_rfc821_envelopes: nothing but an address in angle brackets is one.
   * @default false
   */
  readonly isStrict?: boolean;
}

/**
 * Parses the path of MAIL or RCPT the way Postfix does: angle brackets may be missing, double, or only at the end, a
 * source route is skipped, the local part may be nearly anything, the domain must be a host name or an address literal.
 * @returns undefined where Postfix says `Bad sender address syntax`; also where there is a NUL, CR or LF in it, which
 *   would end up in headers
 * @see RFC 5321 §4.1.2; Postfix's smtpd(8)
 */
export function parsePath(word: CommandWord, options: PathOptions): Path | undefined {
  const { smtputf8, checksDomain = true, isStrict = false } = options;
  if (word.unclosed || /[\0\r\n]/.test(word.text) || (isStrict && !word.text.startsWith('<'))) return undefined;
  const bracketed = word.text.length >= 2 && word.text.startsWith('<') && word.text.endsWith('>');
  const text = bracketed ? word.text.slice(1, -1) : word.text;
  const isValid = (mailbox: string): boolean => !checksDomain || hasValidDomain(mailbox, smtputf8);
  if (PLAIN_ADDRESS.test(text)) return isValid(text) ? { text, mailbox: text } : undefined;
  const routeLength = text.startsWith('@') ? text.indexOf(':') + 1 : 0;
  const nodes = parseAddressList(text.slice(routeLength));
  const addresses = nodes.filter(isAddressNode);
  if (addresses.length > 1 || (isStrict && nodes.some(isJunk))) return undefined;

  const tokens = addresses[0]?.tokens ?? [];
  const mailbox = toInternalText(tokens, false);
  if (mailbox === '') return { text: '', mailbox };
  if ((checksDomain && mailbox.startsWith('-')) || (isStrict && mailbox.startsWith('@')) || !isValid(mailbox))
    return undefined;
  return { text: routeLength > 0 ? text : sliceOf(text, tokens), mailbox };
}

/** What is neither an address nor a bracket. */
function isJunk({ kind }: AddressListNode): boolean {
  return kind !== 'address' && kind !== '<' && kind !== '>';
}

function sliceOf(text: string, tokens: readonly AddressToken[]): string {
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

/** Most addresses: nothing in them means anything but the at sign. */
const PLAIN_ADDRESS = /^[A-Za-z0-9_+=~][A-Za-z0-9_+=~.-]*@[A-Za-z0-9_.-]+$/;

/** A mailbox without a domain is local. One trailing dot is let pass. */
function hasValidDomain(mailbox: string, smtputf8: boolean): boolean {
  const at = mailbox.lastIndexOf('@');
  if (at < 0) return true;
  const domain = mailbox.slice(at + 1);
  if (domain.startsWith('[')) return ADDRESS_LITERAL.test(domain);
  const name = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  // Each character beyond ASCII stands for a letter; its A-label isn't made here.
  return findHostNameFault(smtputf8 ? name.replaceAll(/[^\0-\x7f]/gu, 'u') : name) === undefined;
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** RFC 5321 §4.1.3; of IPv6 only the alphabet is checked. */
const ADDRESS_LITERAL = new RegExp(
  `^\\[(?:${OCTET}(?:\\.${OCTET}){3}|IPv6:(?=[^\\]]*:[^\\]]*:)[0-9a-f:]+(?:${OCTET}(?:\\.${OCTET}){3})?)\\]$`,
  'i',
);
