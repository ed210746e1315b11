import { readMailHostAddress } from '../address/address-literal.ts';
import { decodeXtext } from '../address/xtext.ts';
import { findHostNameFault } from '../config/host-name.ts';
import { toPrintable, type Octets } from '../octets.ts';
import type { AccessClient, NameStatus } from './client.ts';
import { toHeloName } from './helo-name.ts';

/** The attributes that XCLIENT takes, in the order in which EHLO names them. */
export const XCLIENT_ATTRIBUTES = 'NAME ADDR PROTO HELO REVERSE_NAME PORT LOGIN DESTADDR DESTPORT';

/** Who a client says that it is in the place of itself. */
export interface PlayedClient {
  readonly client: AccessClient;
  /** Absent: nothing was said, as after a new connection. */
  readonly helo?: Octets;
  readonly protocol: 'SMTP' | 'ESMTP';
  /** Empty without one. */
  readonly login: Octets;
}

/**
 * Reads the attributes of XCLIENT. What isn't given of helo, protocol and login is as after a new connection.
 * @param words what follows the command: `NAME=client.test`, values in xtext
 * @param options.takesIpv6 whether inet_protocols has IPv6; by default it does
 * @returns the client, or Postfix's reply to what can't be read
 * @see XCLIENT_README
 */
export function readXclient(
  words: readonly Octets[],
  client: AccessClient,
  { takesIpv6 = true }: { readonly takesIpv6?: boolean } = {},
): { readonly played: PlayedClient } | { readonly refusal: Octets } {
  const played: Playing = { client: { ...client }, protocol: 'SMTP', login: '' };
  for (const word of words) {
    const equals = word.indexOf('=');
    const raw = word.slice(equals + 1);
    if (equals < 0 || raw === '') return { refusal: '501 5.5.4 Error: attribute=value expected' };
    if (raw.length > LONGEST_VALUE) return { refusal: '501 5.5.4 Error: attribute value too long' };
    const name = word.slice(0, equals);
    const set = ATTRIBUTES.get(name.toUpperCase());
    if (set === undefined) return { refusal: `501 5.5.4 Bad XCLIENT attribute name: ${name}` };
    const value = toPrintable(decodeXtext(raw) ?? raw);
    if (!set(played, value, takesIpv6)) return { refusal: `501 5.5.4 Bad ${name.toUpperCase()} syntax: ${value}` };
  }
  return { played };
}

interface Playing {
  readonly client: { -readonly [K in keyof AccessClient]: AccessClient[K] };
  helo?: Octets;
  protocol: PlayedClient['protocol'];
  login: Octets;
}

const LONGEST_VALUE = 255;
const UNAVAILABLE = '[UNAVAILABLE]';
const TEMPUNAVAIL = '[TEMPUNAVAIL]';

/** Sets an attribute. @returns false if the value can't be one */
type SetAttribute = (played: Playing, value: Octets, takesIpv6: boolean) => boolean;

const ATTRIBUTES: ReadonlyMap<Octets, SetAttribute> = new Map<Octets, SetAttribute>([
  [
    'NAME',
    ({ client }, value) => {
      const name = readName(value);
      if (name === undefined) return false;
      client.name = name.name;
      client.nameStatus = name.status;
      if (name.status !== 'ok') return true;
      client.reverseName = name.name;
      client.reverseNameStatus = name.status;
      return true;
    },
  ],
  [
    'REVERSE_NAME',
    ({ client }, value) => {
      const name = readName(value);
      if (name === undefined) return false;
      client.reverseName = name.name;
      client.reverseNameStatus = name.status;
      return true;
    },
  ],
  ['ADDR', setAddress('address')],
  ['PORT', setPort('port')],
  [
    'HELO',
    (played, value) => {
      if (isUnavailable(value)) return true;
      if (value.length > LONGEST_VALUE) return false;
      played.helo = toHeloName(value);
      return true;
    },
  ],
  [
    'PROTO',
    (played, value) => {
      const protocol = value.toUpperCase();
      if (protocol !== 'SMTP' && protocol !== 'ESMTP') return false;
      played.protocol = protocol;
      return true;
    },
  ],
  [
    'LOGIN',
    (played, value) => {
      played.login = isUnavailable(value) ? '' : value;
      return true;
    },
  ],
  ['DESTADDR', setAddress('serverAddress')],
  ['DESTPORT', setPort('serverPort')],
]);

function setAddress(what: 'address' | 'serverAddress'): SetAttribute {
  return ({ client }, value, takesIpv6) => {
    const address = isUnavailable(value) ? 'unknown' : readAddress(value, takesIpv6);
    if (address === undefined) return false;
    client[what] = address;
    return true;
  };
}

function setPort(what: 'port' | 'serverPort'): SetAttribute {
  return ({ client }, value) => {
    if (!isUnavailable(value) && !isPort(value)) return false;
    client[what] = isUnavailable(value) ? 'unknown' : value;
    return true;
  };
}

function readName(value: Octets): { readonly name: Octets; readonly status: NameStatus } | undefined {
  if (isUnavailable(value)) return { name: 'unknown', status: 'none' };
  if (value.toUpperCase() === TEMPUNAVAIL) return { name: 'unknown', status: 'tempfail' };
  return findHostNameFault(value) === undefined ? { name: value, status: 'ok' } : undefined;
}

function readAddress(value: Octets, takesIpv6: boolean): Octets | undefined {
  const read = readMailHostAddress(value);
  return read?.address.family === 'ipv6' && !takesIpv6 ? undefined : read?.written;
}

function isPort(value: Octets): boolean {
  return /^[0-9]{1,5}$/.test(value);
}

function isUnavailable(value: Octets): boolean {
  return value.toUpperCase() === UNAVAILABLE;
}
