import { identifyClient } from './access/client-name.ts';
import type { AccessClient } from './access/client.ts';
import { parseIpAddress } from './address/ip-address.ts';
import { findServicePort } from './config/service-port.ts';
import { toInternalAddress, toOrcpt, type Mail } from './mail.ts';
import { toOctets, type Octets } from './octets.ts';
import type { RuleWorld } from './world.ts';

/** Mail that nobody sent: what would become of it is asked. Its texts are a person's, not octets yet. */
export interface AskedMail {
  /** Empty for the null sender. */
  readonly from: string;
  readonly to: readonly string[];
  /**
   * The client's IP address, or `name[address]` as logs have it: then that is its verified name, and `unknown` says that
   * it has none. Of an address alone, the name is what hosts(5) says.
   * @default that of this machine
   */
  readonly client?: string;
  /** What it says in EHLO. @default its name, or its address in brackets */
  readonly helo?: string;
  /** SASL login. */
  readonly login?: string;
  readonly isEncrypted?: boolean;
  /** By which service of master.cf it comes: `587`, `submission`, `smtps`. @default the one at port 25 */
  readonly service?: string;
  /** The content, in octets; a few lines by default. */
  readonly message?: Uint8Array;
}

/** Something can't be asked so: its message says why. */
export class AskError extends Error {
  override readonly name = 'AskError';
  readonly code = 'BAD_QUESTION';
}

/** The names that a port of master.cf goes by. */
const SERVICE_NAMES: readonly (readonly string[])[] = [
  ['smtp', '25'],
  ['submission', '587'],
  ['submissions', 'smtps', '465'],
];

const THIS_MACHINE = '127.0.0.1';
const SMTP_PORT = 25;

/**
 * The mail that is asked about, as rules take it.
 * @param options.nowMs ms since 1970
 * @throws {AskError} if it can't be asked so
 */
export function toAskedMail(
  asked: AskedMail,
  world: RuleWorld,
  { queueId, nowMs }: { readonly queueId: Octets; readonly nowMs: number },
): Mail {
  const { from, to, client = THIS_MACHINE, login = '', isEncrypted = false, service = 'smtp', message } = asked;
  if (to.length === 0) throw new AskError('no recipient is named');
  const smtputf8 = [from, ...to].some((address) => /[^\x00-\x7f]/.test(address));
  const listener = findService(service, world);
  const identified = identifyAsked(client, { isEncrypted, listener }, world);
  return {
    queueId,
    nowMs,
    sender: toInternal(from, smtputf8),
    recipients: to.map((address) => ({
      address: toInternal(address, smtputf8),
      orcpt: toOrcpt(address),
      notify: [],
    })),
    raw:
      message ?? Buffer.from(toOctets(`From: ${from}\r\nTo: ${to[0] ?? ''}\r\nSubject: a question\r\n\r\n`), 'latin1'),
    client: identified,
    helo: asked.helo === undefined ? toHelo(identified) : toOctets(asked.helo),
    protocol: 'ESMTP',
    login: toOctets(login),
    loginMethod: login === '' ? '' : 'PLAIN',
    service: listener,
    body: undefined,
    smtputf8,
    ret: undefined,
    envid: undefined,
  };
}

function toHelo({ name, address }: AccessClient): Octets {
  return name === 'unknown' ? `[${address}]` : name;
}

/** @throws {AskError} if there is no IP address */
function identifyAsked(
  client: string,
  { isEncrypted, listener }: { readonly isEncrypted: boolean; readonly listener: Octets },
  world: RuleWorld,
): AccessClient {
  const { name, inner = client } = /^(?<name>[^[\]\s]+)\[(?<inner>[^[\]]+)\]$/.exec(client)?.groups ?? {};
  const address = inner.replace(/^ipv6:/i, '');
  if (parseIpAddress(address) === undefined) throw new AskError(`not an IP address: ${client}`);
  const server = { address: THIS_MACHINE, port: findServicePort(listener) ?? SMTP_PORT };
  const identified = identifyClient({ address, port: 0, isEncrypted, server }, world);
  if (name === undefined) return identified;
  const status = name === 'unknown' ? 'none' : 'ok';
  const octets = toOctets(name);
  return { ...identified, name: octets, reverseName: octets, nameStatus: status, reverseNameStatus: status };
}

/** @throws {AskError} if it is none that Postfix takes */
function toInternal(address: string, smtputf8: boolean): Octets {
  const internal = toInternalAddress(address, { smtputf8 });
  if (internal === undefined) throw new AskError(`not an address: ${address}`);
  return internal;
}

/** The listener by one of its names: 25 is smtp, too. */
function findService(named: string, world: RuleWorld): Octets {
  const names = [named, ...(SERVICE_NAMES.find((group) => group.includes(named)) ?? [])];
  const found = names.map((name) => `${name}/inet`).find((name) => world.view(name).service !== '');
  if (found === undefined && !names.includes('smtp')) throw new AskError(`master.cf has no service ${named}`);
  return found ?? 'smtp/inet';
}
