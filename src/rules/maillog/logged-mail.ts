import type { AccessClient } from '../access/client.ts';
import { identifyClient } from '../access/client-name.ts';
import { isLoopback, parseIpAddress } from '../address/ip-address.ts';
import { toInternalAddress, type Mail } from '../mail.ts';
import { fromOctets, type Octets } from '../octets.ts';
import type { RuleWorld } from '../world.ts';
import type { LoggedAction } from './log-event.ts';
import type { LogRecord } from './log-record.ts';
import type { LoggedMessage } from './log-gatherer.ts';

/** A configuration, and the services of master.cf by which mail comes in: `smtp/inet`, `127.0.0.1:10025/inet`. */
export interface LogWorld {
  readonly world: RuleWorld;
  readonly listeners: readonly Octets[];
}

const THIS_MACHINE = '127.0.0.1';
/** Nothing depends on when it was. */
const NOW_MS = 0;

/** What a mail of the log is made of. */
interface LoggedEnvelope {
  readonly queueId: Octets;
  readonly sender: Octets;
  readonly recipients: readonly Octets[];
  readonly client: { readonly name: Octets; readonly address: Octets } | undefined;
  readonly login?: Octets | undefined;
  readonly helo?: Octets | undefined;
  readonly service: Octets;
}

/** A mail of which only its envelope is known. Addresses in external form, as the log has them. */
function toEnvelopeMail(
  { queueId, sender, recipients, client, login = '', helo, service }: LoggedEnvelope,
  world: RuleWorld,
): Mail {
  const known = toClient(client, world);
  return {
    queueId,
    nowMs: NOW_MS,
    sender: toInternal(sender),
    recipients: recipients.map((address) => ({ address: toInternal(address), orcpt: '', notify: [] })),
    raw: Buffer.from('\r\n'),
    client: known,
    helo: helo ?? (known.name === 'unknown' ? `[${known.address}]` : known.name),
    protocol: 'ESMTP',
    login,
    service,
    body: undefined,
    smtputf8: /[^\x00-\x7f]/.test([sender, ...recipients].join('')),
    ret: undefined,
    envid: undefined,
  };
}

/** The mail whose recipient a rule of smtpd(8) refused. @returns undefined if it doesn't say whose */
export function toRefusedMail(
  { syslogName }: Pick<LogRecord, 'syslogName'>,
  action: LoggedAction,
  log: LogWorld,
): Mail | undefined {
  const { from, to, helo, clientName: name, clientAddress: address } = action;
  if (to === undefined) return undefined;
  const [service = 'smtp/inet'] = findListeners(syslogName, address, log);
  const client = { name, address };
  return toEnvelopeMail({ queueId: 'NOQUEUE', sender: from ?? '', recipients: [to], client, helo, service }, log.world);
}

/**
 * The mail that the log tells of, once for each service of master.cf that may have taken it: which it was isn't in the
 * log unless the service has a syslog_name of its own. Its recipients are those that were given: what the log calls
 * orig_to, where it says so.
 */
export function toLoggedMails(message: LoggedMessage, log: LogWorld): readonly Mail[] {
  const { queueId, smtpd, sender = '', client, login, deliveries } = message;
  const recipients = [...new Set(deliveries.map(toGiven))];
  const services = smtpd === undefined ? ['smtp/inet'] : findListeners(smtpd, client?.address ?? '', log);
  return services.map((service) => toEnvelopeMail({ queueId, sender, recipients, client, login, service }, log.world));
}

/** The address that a delivery was asked for. */
export function toGiven({ to, origTo }: LoggedMessage['deliveries'][number]): Octets {
  return origTo ?? to;
}

/** An address of the log, in internal form. */
export function toInternal(address: Octets): Octets {
  const text = fromOctets(address);
  return toInternalAddress(text, { smtputf8: /[^\x00-\x7f]/.test(text), checksDomain: false }) ?? address;
}

/** Those whose daemon has this syslog_name; all that a client may have reached, if none has. */
function findListeners(syslogName: Octets, address: Octets, { world, listeners }: LogWorld): readonly Octets[] {
  const parsed = parseIpAddress(address);
  const isHere = parsed !== undefined && isLoopback(parsed);
  const reached = listeners.filter((service) => isHere || !/^(?:127\.|localhost:|\[?::1)/.test(service));
  const named = reached.filter((service) => world.view(service).get('syslog_name') === syslogName);
  const found = named.length > 0 ? named : reached;
  return found.length > 0 ? found : ['smtp/inet'];
}

/** Its name is what the log says, since Postfix asked for it. */
function toClient(client: LoggedEnvelope['client'], world: RuleWorld): AccessClient {
  const { name, address } = client ?? { name: 'localhost', address: THIS_MACHINE };
  const known = identifyClient({ address, port: 0, isEncrypted: false }, world);
  if (name === 'unknown') return { ...known, name, nameStatus: 'none' };
  return { ...known, name, reverseName: name, nameStatus: 'ok', reverseNameStatus: 'ok' };
}
