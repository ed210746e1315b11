import type { Finding } from '../config/finding.ts';
import type { MasterEntry } from '../config/master-cf.ts';
import { findNearestName } from '../config/nearest-name.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { openLimit } from './table-entries.ts';
import { listTransportValues, type TransportValue } from './transport-value.ts';
import { listServices, openViews } from './view.ts';

/** Transports that master.cf has no service for. */
export function* checkTransports(world: CheckWorld): Generator<Finding> {
  // Without a master.cf nobody knows which there are.
  if (world.services.length === 0) return;
  const services = listServices(world).filter(({ fields }) => fields.type === 'unix');
  const known = new Map(services.map((entry) => [entry.fields.service, entry]));
  const views = openViews(world, ['smtpd', 'cleanup', 'pickup', 'qmqpd', 'local', 'trivial-rewrite', 'qmgr']);
  const hints = new Map<Octets, string>();
  const saysMore = openLimit();
  for (const value of listTransportValues(world, views)) {
    const { transport } = value;
    const entry = known.get(transport);
    if (transport === '' || (entry && isPrivate(entry))) continue;
    if (!saysMore(`${value.table ?? ''} ${transport}`)) continue;
    const hint = hints.get(transport) ?? toHint(transport, entry, known.keys());
    hints.set(transport, hint);
    yield toUnknown(value, hint);
  }
}

function isPrivate({ fields }: MasterEntry): boolean {
  return fields.private !== 'n';
}

function toHint(transport: Octets, entry: MasterEntry | undefined, known: Iterable<Octets>): string {
  if (entry) return `write - in the third column of ${transport} in master.cf: a transport is private`;
  if (/^\[|^[^:]*\./.test(transport)) return `write smtp:${transport}: a transport comes first`;
  const nearest = findNearestName(transport, known);
  const add = `add a service ${transport} to master.cf`;
  return nearest === undefined ? add : `write ${nearest}, or ${add}`;
}

function toUnknown({ transport, parameter, table, at }: TransportValue, hint: string): Finding {
  const where = table === undefined ? parameter : `${parameter} (${table})`;
  return {
    severity: 'error',
    code: 'unknown-transport',
    at,
    problem: `${where} names the transport ${transport}, and master.cf has no such service`,
    why:
      parameter === 'defer_transports'
        ? 'Nothing is deferred by it.'
        : 'The queue manager finds nobody to deliver to: mail for it stays in the queue until it is returned.',
    hint,
    ...(parameter !== 'defer_transports' && {
      postfixLine: `warning: connect to transport private/${transport}: No such file or directory`,
    }),
  };
}
