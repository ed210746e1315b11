import { quoteAddress } from '../address/quote.ts';
import { splitLocalPart } from '../address/split-address.ts';
import { escapeMacros, expandMacros, MacroError, scanMacros } from '../config/macros.ts';
import type { Octets } from '../octets.ts';
import type { DeliveryRequest } from '../qmgr/agent.ts';
import type { View } from '../world.ts';
import type { PipeOptions } from './pipe-options.ts';

/** The names that stand for a recipient: an argument with one of them is made once for each. */
const OF_RECIPIENT: readonly Octets[] = ['recipient', 'original_recipient', 'user', 'extension', 'mailbox', 'domain'];

/**
 * The command with its arguments.
 * @returns undefined if one of them can't be expanded: the mail waits
 * @see pipe(8), "argv"
 */
export function expandCommand(
  { argv, ...options }: PipeOptions,
  request: DeliveryRequest,
  view: View,
): readonly Octets[] | undefined {
  const shared = toShared(options, request);
  const expanded: Octets[] = [];
  for (const argument of argv) {
    const names = new Set<Octets>();
    const faults = scanMacros(argument, (name) => void names.add(name));
    const isKnown = [...names].every((name) => shared.has(name) || OF_RECIPIENT.includes(name));
    if (faults.length > 0 || !isKnown) return undefined;
    const expand = (values: ReadonlyMap<Octets, Octets>): Octets => expandMacros(argument, toFind(shared, values));
    try {
      if (!OF_RECIPIENT.some((name) => names.has(name))) {
        expanded.push(expand(new Map()));
        continue;
      }
      for (const recipient of request.recipients) {
        const values = toValues(recipient, options, view);
        // QUIRK: an argument with $user is left out where the user's name is empty, as of +folder@example.com.
        if (names.has('user') && values.get('user') === '') continue;
        expanded.push(expand(values));
      }
    } catch (error) {
      if (!(error instanceof MacroError)) throw error;
      return undefined;
    }
  }
  return expanded;
}

/** What stands for a name isn't expanded again: an address may have a `$` in it. */
function toFind(...values: readonly ReadonlyMap<Octets, Octets>[]): (name: Octets) => Octets | undefined {
  return (name) => {
    const found = values.find((map) => map.has(name))?.get(name);
    return found === undefined ? undefined : escapeMacros(found);
  };
}

function toShared(
  { flags, nullSender }: Pick<PipeOptions, 'flags' | 'nullSender'>,
  { message, nexthop }: DeliveryRequest,
): ReadonlyMap<Octets, Octets> {
  const { client, login } = message;
  const sender = message.sender === '' ? nullSender : message.sender;
  return new Map([
    ['nexthop', flags.has('h') ? nexthop.toLowerCase() : nexthop],
    ['sender', flags.has('q') && sender !== '' ? quoteAddress(sender) : sender],
    ['size', String(message.sizeBytes)],
    ['queue_id', message.queueId],
    ['client_address', client.address],
    ['client_helo', client.helo],
    ['client_hostname', client.name],
    ['client_port', client.port],
    ['client_protocol', client.protocol],
    ['sasl_method', login === '' ? '' : 'PLAIN'],
    ['sasl_username', login],
    ['sasl_sender', ''],
    ['envid', message.envid ?? ''],
  ]);
}

function toValues(
  { address, original }: DeliveryRequest['recipients'][number],
  { flags }: Pick<PipeOptions, 'flags'>,
  view: View,
): ReadonlyMap<Octets, Octets> {
  const folded = fold(address, flags);
  const at = folded.lastIndexOf('@');
  const mailbox = at < 0 ? folded : folded.slice(0, at);
  const split = splitLocalPart(mailbox, view);
  return new Map([
    ['recipient', toWritten(address, flags)],
    ['original_recipient', toWritten(original, flags)],
    ['user', split?.user ?? mailbox],
    ['extension', split?.extension ?? ''],
    ['mailbox', mailbox],
    ['domain', at < 0 ? '' : folded.slice(at + 1)],
  ]);
}

function toWritten(address: Octets, flags: ReadonlySet<string>): Octets {
  return fold(flags.has('q') ? quoteAddress(address) : address, flags);
}

function fold(address: Octets, flags: ReadonlySet<string>): Octets {
  const at = address.lastIndexOf('@');
  const [local, domain] = at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at)];
  return (flags.has('u') ? local.toLowerCase() : local) + (flags.has('h') ? domain.toLowerCase() : domain);
}
