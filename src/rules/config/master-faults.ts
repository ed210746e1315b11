import type { Octets } from '../octets.ts';
import { parseEndpoint } from './endpoint.ts';
import type { ReportFinding } from './finding.ts';
import { toServiceName, type MasterEntry } from './master-cf.ts';
import { findPort } from './tcp-ports.ts';

/**
 * Reports what master(8) says of entries that postconf(1) lets pass: it reads them when Postfix starts or reloads.
 * @see Postfix's master_ent.c, master_conf.c
 */
export function reportMasterFaults(entries: readonly MasterEntry[], report: ReportFinding): void {
  const known = new Map<Octets, MasterEntry>();
  for (const entry of entries) {
    const { command } = entry.fields;
    if (command === '-') report(toFatal(entry, 'field "command" has no default value', 'write the command'));
    const address = entry.fields.type === 'inet' ? readInetAddress(entry, report) : toSocketPath(entry);
    if (address === undefined) continue;
    const key = `${entry.fields.type} ${address}`;
    const other = known.get(key);
    if (other !== undefined) report(toDuplicateFinding(other, address));
    known.set(key, entry);
  }
}

/** What an inet service is called once its port is a number; undefined if it can't listen. */
function readInetAddress(entry: MasterEntry, report: ReportFinding): Octets | undefined {
  const { service, private: isPrivate } = entry.fields;
  const endpoint = parseEndpoint(service);
  if ('fault' in endpoint) {
    report(toFatal(entry, `${endpoint.fault} in "${service}"`, 'write port or host:port'));
    return undefined;
  }
  if (isPrivate !== 'n') report(toFatal(entry, 'inet service cannot be private', 'write n in the column "private"'));
  const port = findPort(endpoint.port);
  if (port === undefined) {
    report(toPortFinding(entry, endpoint.host, endpoint.port));
    return undefined;
  }
  return endpoint.host === undefined ? String(port) : `[${endpoint.host}]:${port}`;
}

function toSocketPath({ fields }: MasterEntry): Octets {
  return `${fields.private === 'n' ? 'public' : 'private'}/${fields.service}`;
}

function toFatal({ at }: MasterEntry, problem: string, hint: string): Parameters<ReportFinding>[0] {
  return {
    severity: 'error',
    code: 'master-cf-service',
    at,
    problem,
    why: 'Postfix does not start, and a running one ends when it reloads.',
    hint,
    postfixLine: `fatal: ${at.file}: line ${at.line ?? 1}: ${problem}`,
  };
}

function toPortFinding(entry: MasterEntry, host: Octets | undefined, port: Octets): Parameters<ReportFinding>[0] {
  const finding = {
    severity: 'error',
    code: 'unknown-port',
    at: entry.at,
    hint: 'write a number up to 65535, or a name that services(5) has',
  } as const;
  if (/^[0-9]/.test(port)) {
    const why = 'Postfix takes what is left of it modulo 65536, and listens where nobody looks.';
    return { ...finding, problem: `there is no port ${port}`, why };
  }
  return {
    ...finding,
    problem: `there is no port called "${port}"`,
    why: 'Unless the machine has it in services(5), Postfix does not start, and a running one ends when it reloads.',
    postfixLine: `fatal: ${host ?? '0.0.0.0'}:${port}: Servname not supported for ai_socktype`,
  };
}

function toDuplicateFinding(entry: MasterEntry, address: Octets): Parameters<ReportFinding>[0] {
  const { service } = entry.fields;
  return {
    severity: 'warning',
    code: 'duplicate-service',
    at: entry.at,
    problem: `${toServiceName(entry)} is there again below`,
    why: 'Of services that listen in one place Postfix runs the last.',
    hint: 'take the earlier entry away',
    postfixLine: `warning: duplicate master.cf entry for service "${service}" (${address}) -- using the last entry`,
  };
}
