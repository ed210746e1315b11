import type { Octets } from '../octets.ts';
import { parseEndpoint } from './endpoint.ts';
import type { Finding, ReportFinding } from './finding.ts';
import { readOverrides, toServiceName, type MasterEntry, type MasterOverride } from './master-cf.ts';
import { findPort, mapPort } from './tcp-ports.ts';

/** A listener that master.cf asks for. */
export interface ListenerPlan {
  /** The service that listens: `587/inet`. */
  readonly service: Octets;
  /** The service whose daemon speaks: the same, or behind postscreen `smtpd/pass`. Its view is the session's. */
  readonly daemon: MasterEntry;
  /** Its `-o`, in order: of equal names the last one counts. */
  readonly overrides: readonly MasterOverride[];
  /** A host name or an address; absent for all that inet_interfaces has. */
  readonly host?: Octets;
  /** As Postfix would listen. */
  readonly port: number;
  /** As it is listened here. */
  readonly mappedPort: number;
  /** Whether TLS begins with the connection (`smtpd_tls_wrappermode = yes`), as on port 465. */
  readonly isImplicitTls: boolean;
}

/** What plans depend on. */
export interface ListenerFacts {
  /** The expanded value of a parameter as an entry's daemon sees it. */
  readonly valueOf: (entry: MasterEntry, name: Octets) => Octets;
  /** Of `catch_port_map`. */
  readonly portMap: ReadonlyMap<number, number>;
  readonly report: ReportFinding;
}

/**
 * The listeners that master.cf asks for, in its order: each inet service whose command is smtpd, or postscreen in front
 * of one. Everything else that listens in Postfix is known, and idle here. Of several for one address the last counts.
 */
export function planListeners(entries: readonly MasterEntry[], facts: ListenerFacts): readonly ListenerPlan[] {
  const plans = new Map<string, ListenerPlan>();
  for (const entry of entries) {
    if (entry.fields.type !== 'inet') continue;
    const endpoint = parseEndpoint(entry.fields.service);
    const port = 'fault' in endpoint ? undefined : findPort(endpoint.port);
    const daemon = findSpeaker(entry, entries, facts);
    if ('fault' in endpoint || port === undefined || daemon === undefined) continue;
    const { host } = endpoint;
    const key = `${host ?? ''} ${port}`;
    plans.delete(key);
    plans.set(key, {
      service: toServiceName(entry),
      daemon,
      overrides: readOverrides(daemon),
      ...(host !== undefined && { host }),
      port,
      mappedPort: mapPort(port, facts.portMap),
      isImplicitTls: facts.valueOf(daemon, 'smtpd_tls_wrappermode').toLowerCase() === 'yes',
    });
  }
  return withoutCollisions([...plans.values()], facts.report);
}

/** The service that speaks to clients of an inet service; undefined if nothing here does. */
function findSpeaker(
  entry: MasterEntry,
  entries: readonly MasterEntry[],
  facts: ListenerFacts,
): MasterEntry | undefined {
  switch (entry.fields.command) {
    case 'smtpd':
      return entry;
    case 'postscreen': {
      const name = facts.valueOf(entry, 'smtpd_service_name');
      const speaker = entries.findLast(({ fields }) => fields.service === name && fields.type === 'pass');
      if (speaker === undefined) facts.report(toMissingSpeakerFinding(entry, name));
      return speaker;
    }
    default:
      facts.report(toIdleFinding(entry));
      return undefined;
  }
}

/** The map may put two ports on one; port 0 is another one each time. */
function withoutCollisions(plans: readonly ListenerPlan[], report: ReportFinding): readonly ListenerPlan[] {
  const taken = new Map<string, ListenerPlan>();
  return plans.filter((plan) => {
    const key = `${plan.host ?? ''} ${plan.mappedPort}`;
    const other = plan.mappedPort === 0 ? undefined : taken.get(key);
    if (other === undefined) taken.set(key, plan);
    else report(toCollisionFinding(plan, other));
    return other === undefined;
  });
}

function toCollisionFinding(plan: ListenerPlan, other: ListenerPlan): Finding {
  return {
    severity: 'error',
    code: 'port-map-collision',
    at: plan.daemon.at,
    problem: `${plan.service} and ${other.service} would both listen on port ${plan.mappedPort}`,
    why: `Only ${other.service} listens.`,
    hint: `give port ${plan.port} another place, as in catch_port_map = ${plan.port}=${plan.mappedPort + 1}`,
  };
}

function toMissingSpeakerFinding(entry: MasterEntry, name: Octets): Finding {
  return {
    severity: 'error',
    code: 'postscreen-without-smtpd',
    at: entry.at,
    problem: `${toServiceName(entry)} is postscreen, but there is no service "${name} pass" behind it`,
    why: 'Postfix would greet clients and then have nobody to hand them to; here nothing listens.',
    hint: `add the line: ${name} pass - - n - - smtpd`,
  };
}

function toIdleFinding(entry: MasterEntry): Finding {
  return {
    severity: 'note',
    code: 'idle-service',
    at: entry.at,
    problem: `${toServiceName(entry)} is ${entry.fields.command}, and idle here`,
    why: 'Only smtpd and postscreen take mail from the network here.',
    hint: 'leave it as it is: it changes nothing here',
  };
}
