import type { Octets } from '../octets.ts';
import type { ReportFinding } from './finding.ts';
import type { SourceLocation } from './config-error.ts';

/** The names that stand for a port in master.cf. @see postconf(5), known_tcp_ports; services(5) */
const NAMED_PORTS: ReadonlyMap<Octets, number> = new Map([
  ['lmtp', 24],
  ['smtp', 25],
  ['mail', 25],
  ['smtps', 465],
  ['submissions', 465],
  ['ssmtp', 465],
  ['urd', 465],
  ['submission', 587],
  ['qmqp', 628],
]);

/** Ports below this one belong to root. */
const FIRST_UNPRIVILEGED = 1024;

/** How far a privileged port that the map doesn't name is moved. */
const DISTANCE = 1000;

/** A port by its number or name; undefined if there is none of that name, or no such number. */
export function findPort(text: Octets): number | undefined {
  if (!/^[0-9]+$/.test(text)) return NAMED_PORTS.get(text);
  const port = Number(text);
  return port <= 65_535 ? port : undefined;
}

/**
 * Reads `catch_port_map`: `FROM=TO`, both numbers or names.
 * @param items the list's items; one without sense is reported and left out
 */
export function parsePortMap(
  items: readonly Octets[],
  at: SourceLocation,
  report: ReportFinding,
): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  for (const item of items) {
    const [from, to, ...rest] = item.split('=').map(findPort);
    if (from !== undefined && to !== undefined && rest.length === 0) map.set(from, to);
    else {
      report({
        severity: 'error',
        code: 'bad-port-map',
        at,
        problem: `catch_port_map has no sense in "${item}"`,
        why: 'The port stays where the other entries of the map, or the rule for ports below 1024, put it.',
        hint: 'write FROM=TO, as in 25=1025',
      });
    }
  }
  return map;
}

/**
 * Where a port that master.cf asks for is listened to: where the map says; else a thousand above if it belongs to root,
 * so that 26 becomes 1026; else where it is.
 */
export function mapPort(port: number, map: ReadonlyMap<number, number>): number {
  return map.get(port) ?? (port > 0 && port < FIRST_UNPRIVILEGED ? port + DISTANCE : port);
}
