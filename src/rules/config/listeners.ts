import type { Octets } from '../octets.ts';
import type { SourceLocation } from './config-error.ts';
import type { ReportFinding } from './finding.ts';
import { toServiceName, type MasterEntry } from './master-cf.ts';
import { viewOf, type FindParameter } from './services.ts';

/** A listener that master.cf asks for. */
export interface ListenerRequest {
  /** The entry whose `-o` its sessions have: `587/inet`; for a postscreen that of `smtpd pass`. */
  readonly service: Octets;
  /** As master.cf names it; undefined: every address of inet_interfaces. */
  readonly host: string | undefined;
  /** As in production. */
  readonly port: number;
  /** Here: below 1024 only root may listen. */
  readonly mappedPort: number;
  /** TLS begins with the first octet. */
  readonly isImplicitTls: boolean;
  readonly at: SourceLocation;
}

/** What listeners depend on beside master.cf. */
export interface ListenerSources {
  /** A parameter of main.cf, `$name` expanded. */
  readonly find: FindParameter;
  /** Expands `$name` in a value of a service's own. */
  readonly expand: (text: Octets, find: FindParameter) => Octets;
  /** Production's ports, and what stands for them here; others below 1024 get 1000 more. */
  readonly portMap: ReadonlyMap<number, number>;
  readonly report: ReportFinding;
}

/** The ports of services(5) that mail knows. */
const SERVICE_PORTS: ReadonlyMap<Octets, number> = new Map([
  ['smtp', 25],
  ['mail', 25],
  ['lmtp', 24],
  ['smtps', 465],
  ['submissions', 465],
  ['ssmtp', 465],
  ['submission', 587],
  ['qmqp', 628],
]);

const PRIVILEGED_BELOW = 1024;
const PRIVILEGED_SHIFT = 1000;

/**
 * The listeners of a master.cf: each `inet` service that smtpd(8) or postscreen(8) answers. Other programs that listen
 * are known, and idle: what doesn't take mail in isn't needed here.
 * @see master(5)
 */
export function planListeners(entries: readonly MasterEntry[], sources: ListenerSources): readonly ListenerRequest[] {
  const planned = new Map<string, ListenerRequest>();
  // Of entries that share their name Postfix runs the last.
  const last = new Map(entries.map((entry) => [toServiceName(entry), entry]));
  for (const entry of last.values()) {
    if (entry.fields.type !== 'inet') continue;
    const answering = findAnswering(entry, entries);
    const place = parseEndpoint(entry.fields.service);
    if (answering === undefined) {
      sources.report(toIdleFinding(entry));
    } else if (place === undefined) {
      sources.report(toPortFinding(entry));
    } else {
      const mappedPort = mapPort(place.port, sources.portMap);
      const key = `${place.host ?? ''} ${mappedPort}`;
      if (planned.has(key)) continue;
      planned.set(key, {
        service: toServiceName(answering),
        ...place,
        mappedPort,
        isImplicitTls: isYes(answering, 'smtpd_tls_wrappermode', sources),
        at: entry.at,
      });
    }
  }
  return [...planned.values()];
}

/** The entry whose smtpd(8) answers the clients of `entry`. */
function findAnswering(entry: MasterEntry, entries: readonly MasterEntry[]): MasterEntry | undefined {
  const command = toProgram(entry);
  if (command === 'smtpd') return entry;
  if (command !== 'postscreen') return undefined;
  return entries.findLast(({ fields }) => fields.service === 'smtpd' && fields.type === 'pass');
}

/** @returns undefined if the port is no number, and no name that mail knows */
function parseEndpoint(service: Octets): { readonly host: string | undefined; readonly port: number } | undefined {
  const [, bracketed, plain, name = service] = /^(?:\[([^\]]*)\]|([^[\]]*)):([^:]*)$/.exec(service) ?? [];
  const port = /^[0-9]{1,5}$/.test(name) ? Number(name) : SERVICE_PORTS.get(name);
  if (port === undefined || port > 65_535) return undefined;
  const host = bracketed ?? plain ?? '';
  return { host: host === '' ? undefined : host, port };
}

function mapPort(port: number, portMap: ReadonlyMap<number, number>): number {
  return portMap.get(port) ?? (port < PRIVILEGED_BELOW ? port + PRIVILEGED_SHIFT : port);
}

function isYes(entry: MasterEntry, name: Octets, { find, expand }: ListenerSources): boolean {
  const view = viewOf(entry, find);
  return expand(view(name) ?? '', view).toLowerCase() === 'yes';
}

function toProgram({ fields }: MasterEntry): Octets {
  return fields.command.slice(fields.command.lastIndexOf('/') + 1);
}

function toIdleFinding(entry: MasterEntry): Parameters<ReportFinding>[0] {
  const program = toProgram(entry);
  return {
    severity: 'note',
    code: 'service-idle',
    at: entry.at,
    problem: `${entry.fields.service}/inet is not opened here`,
    why: program === 'postscreen' ? 'No "smtpd pass" entry answers for it.' : `${program}(8) takes no mail in by SMTP.`,
    hint: program === 'postscreen' ? 'add the line "smtpd pass - - n - - smtpd"' : 'leave it as it is',
  };
}

function toPortFinding(entry: MasterEntry): Parameters<ReportFinding>[0] {
  const { service } = entry.fields;
  return {
    severity: 'error',
    code: 'unknown-service-port',
    at: entry.at,
    problem: `${service} is no port`,
    why: 'Nothing listens for this entry; in production it must be in /etc/services.',
    hint: `write a number, or one of ${[...SERVICE_PORTS.keys()].join(', ')}`,
  };
}
