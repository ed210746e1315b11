import { escapeMacros, expandMacros, MacroError } from '../config/macros.ts';
import type { Octets } from '../octets.ts';
import type { View } from '../world.ts';
import type { AccessState } from './state.ts';

/** What the text of a reply may name: `$client_address`. */
export interface ReplyFacts extends Pick<AccessState, 'client' | 'helo'> {
  readonly sender: Octets | undefined;
  readonly recipient: Octets | undefined;
  /** Others, by name: `rbl_domain`. */
  readonly others: ReadonlyMap<Octets, Octets>;
}

/**
 * Puts facts into the text of a reply; characters that smtpd_expansion_filter doesn't have become `_`.
 * @returns undefined if it can't be expanded
 * @see postconf(5), smtpd_reject_footer, default_rbl_reply; Postfix's smtpd_expand.c
 */
export function expandReplyText(text: Octets, view: View, facts: ReplyFacts): Octets | undefined {
  const allowed = new Set(view.raw('smtpd_expansion_filter')?.replace(/\\(\d{2,3}|.)/g, unescapeCharacter));
  const find = (name: Octets): Octets => {
    const value = findFact(name, view, facts);
    return escapeMacros(
      allowed.size === 0 ? value : value.replace(/[^]/g, (octet) => (allowed.has(octet) ? octet : '_')),
    );
  };
  try {
    return expandMacros(text, find);
  } catch (error) {
    if (error instanceof MacroError) return undefined;
    throw error;
  }
}

function findFact(name: Octets, view: View, { client, helo, sender, recipient, others }: ReplyFacts): Octets {
  switch (name) {
    case 'server_name':
      return view.get('myhostname');
    case 'client':
      return `${client.name}[${client.address}]`;
    case 'client_name':
      return client.name;
    case 'client_address':
      return client.address;
    case 'client_port':
      return client.port;
    case 'reverse_client_name':
      return client.reverseName;
    case 'helo_name':
      return helo ?? '';
    case 'sender':
      return sender === '' ? '<>' : (sender ?? '');
    case 'sender_name':
      return sender === '' ? '<>' : toName(sender);
    case 'sender_domain':
      return toDomain(sender);
    case 'recipient':
      return recipient ?? '';
    case 'recipient_name':
      return toName(recipient);
    case 'recipient_domain':
      return toDomain(recipient);
    default:
      return others.get(name) ?? '';
  }
}

function toName(address: Octets = ''): Octets {
  return address.replace(/@[^@]*$/, '');
}

function toDomain(address: Octets = ''): Octets {
  return /@([^@]*)$/.exec(address)?.[1] ?? '';
}

function unescapeCharacter(whole: string, escaped: string): string {
  if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8));
  const known: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
  return known[escaped] ?? whole.slice(1);
}
