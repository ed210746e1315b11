import type { End } from '../destinations.ts';
import type { Octets } from '../octets.ts';
import { splitItems } from '../tables/braces.ts';
import type { RuleWorld } from '../world.ts';
import type { LoggedEnd } from './log-gatherer.ts';
import { toInternal } from './logged-mail.ts';

/**
 * How an end that the log tells of and one that rules decide are to each other. `unknown`: what can be compared is the
 * same, and who delivered, or to which host, can't be.
 */
export type Likeness = 'same' | 'unknown' | 'other';

/** Programs whose word tells by which transport mail went. */
const AGENTS: ReadonlySet<Octets> = new Set(['smtp', 'lmtp', 'local', 'virtual', 'pipe', 'error', 'discard']);
/** Those that tell in words where they put it. */
const LOCAL: ReadonlySet<Octets> = new Set(['local', 'virtual']);
/** What an agent of this machine says when rules end the way; all else may be tomorrow's disk. */
const BY_RULE = /^(?:unknown user|user unknown|mail forwarding loop|mail for )/i;
/** The queue manager gave up on a destination for now, or an agent can't run: which one it was isn't said. */
const SUSPENDED = /^(?:delivery temporarily suspended|mail transport unavailable|unknown mail transport error)/;

/** Compares them: final address, transport, next hop, and the status where rules decide it. */
export function compareEnd(logged: LoggedEnd, end: End, world: RuleWorld): Likeness {
  if (toInternal(logged.to).toLowerCase() !== end.recipient.toLowerCase()) return 'other';
  if (logged.status === 'sent' ? end.status !== 'sent' : isOtherwise(logged, end)) return 'other';
  // Who would have got it, had all gone well, isn't in the log.
  if (!AGENTS.has(logged.program) || SUSPENDED.test(logged.text)) return 'unknown';
  const { transport } = end;
  const command = world.findTransport(transport)?.fields.command.split('/').at(-1);
  if (command !== logged.program) return 'other';
  if (isOtherService(logged.syslogName, transport, world)) return 'other';
  if (command !== 'smtp' && command !== 'lmtp') {
    // The agents of this machine log their service's name, and whether it was a mailbox, a file or a command.
    const isElsewhere = logged.status === 'sent' && LOCAL.has(command) && logged.text !== end.text;
    return !isElsewhere && (logged.relay === 'none' || logged.relay === transport) ? 'same' : 'other';
  }
  return compareHost(logged.relay, end.nexthop);
}

/** Of mail that wasn't delivered: whether a rule decided that, and another one now. */
function isOtherwise({ program, status, text }: LoggedEnd, end: End): boolean {
  if (end.status === 'held' || end.status === 'rejected' || end.status === 'discarded') return true;
  const isRuled = (program === 'error' && !SUSPENDED.test(text)) || BY_RULE.test(text);
  if (end.status === 'sent') return isRuled;
  return isRuled && end.status !== status;
}

/** With a syslog_name of its own, a service is told from others of the same program. */
function isOtherService(syslogName: Octets, transport: Octets, world: RuleWorld): boolean {
  const named = syslogName.slice(syslogName.lastIndexOf('/') + 1);
  const isKnown =
    world.view('').get('syslog_name') === syslogName ||
    (world.findTransport(named) !== undefined && world.view(`${named}/unix`).get('syslog_name') === syslogName);
  return isKnown && world.view(`${transport}/unix`).get('syslog_name') !== syslogName;
}

/** Only `[host]`, an address or a socket says who gets it; a domain's mail hosts are the DNS's to tell. */
function compareHost(relay: Octets, nexthop: Octets): Likeness {
  const logged = /^(?<host>[^[\]]*)\[(?<address>[^\]]*)\](?::(?<port>\d+))?$/.exec(relay)?.groups;
  if (logged === undefined) return 'unknown';
  const { host = '', address = '', port } = logged;
  const hops = splitItems(nexthop).map(readHop);
  if (hops.length === 0) return 'unknown';
  const samePort = hops.filter((hop) => hop.port === undefined || port === undefined || hop.port === port);
  if (samePort.length === 0) return 'other';
  const named = [host.toLowerCase(), address.toLowerCase()];
  if (samePort.some((hop) => hop.isHost && named.includes(hop.name.toLowerCase()))) return 'same';
  return samePort.every(({ isHost }) => isHost) ? 'other' : 'unknown';
}

interface Hop {
  readonly name: Octets;
  /** A host, and no domain. */
  readonly isHost: boolean;
  /** Undefined where it has a name, or is the usual one. */
  readonly port: Octets | undefined;
}

/** `[host]:port`, `domain:port`, `unix:path`, `inet:host:port`. */
function readHop(nexthop: Octets): Hop {
  if (nexthop.startsWith('unix:')) return { name: nexthop.slice('unix:'.length), isHost: true, port: undefined };
  const isInet = nexthop.startsWith('inet:');
  const [, bracketed, plain = '', port] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\w+))?$/.exec(isInet ? nexthop.slice('inet:'.length) : nexthop) ?? [];
  const name = (bracketed ?? plain).replace(/^ipv6:/i, '');
  const number = port !== undefined && /^\d+$/.test(port) ? port : undefined;
  return { name, isHost: bracketed !== undefined || isInet, port: number ?? (port === undefined ? '25' : undefined) };
}
