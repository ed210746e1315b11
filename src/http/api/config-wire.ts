import type { SourceLocation } from '../../rules/config/config-error.ts';
import type { Finding, Severity } from '../../rules/config/finding.ts';
import type { ListenerPlan } from '../../rules/config/listeners.ts';
import { readOverrides, toServiceName, type MasterEntry } from '../../rules/config/master-cf.ts';
import { fromOctets, type Octets } from '../../rules/octets.ts';
import type { LiveSettings } from '../../settings/live-settings.ts';
import type { ReportedParameter, ReportedValue } from '../../settings/parameter-report.ts';
import type { PostfixConfiguration } from '../../settings/postfix-configuration.ts';
import type { ReportedTable } from '../../settings/table-report.ts';
import type { SmtpStatus } from './ports.ts';
import type {
  ConfigFinding,
  ConfigListener,
  ConfigParameter,
  ConfigReference,
  ConfigState,
  ConfigTable,
  Place,
} from './schemas/config.ts';

/** What listens at catch_smtp_port stands for this port of production. */
const SMTP_PORT = 25;

/** A finding, as text. @param parameter the parameter that is written where it is */
export function toConfigFinding(finding: Finding, parameter: Octets | undefined): ConfigFinding {
  const { severity, code, at, problem, why, hint, postfixLine } = finding;
  return {
    severity,
    code,
    place: toPlace(at),
    problem: fromOctets(problem),
    why: fromOctets(why),
    hint: fromOctets(hint),
    ...(postfixLine !== undefined && { postfixLine: fromOctets(postfixLine) }),
    ...(parameter !== undefined && { parameter: fromOctets(parameter) }),
  };
}

/** The parameter that is written at a place; undefined if none is, or if the place has no line. */
export function findParameterAt(
  { file, line }: SourceLocation,
  { entries }: Pick<PostfixConfiguration, 'entries'>,
  services: readonly MasterEntry[],
): Octets | undefined {
  if (line === undefined) return undefined;
  const entry = entries.find(
    ({ at, value, placeOf }) => at.file === file && (at.line ?? 0) <= line && line <= placeOf(value.length).line,
  );
  if (entry) return entry.name;
  const overrides = services.flatMap(readOverrides);
  return overrides.find(({ at }) => at.file === file && at.line === line)?.name;
}

/** How the configuration fares: what was read last, whether or not it is taken. */
export function toConfigState(settings: LiveSettings): ConfigState {
  const rejected = settings.rejected();
  const { findings } = rejected ?? settings.current();
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    ReadAt: new Date(settings.readAtMs()).toISOString(),
    Rejected: rejected !== undefined,
    Errors: count('error'),
    Warnings: count('warning'),
  };
}

/** A parameter. */
export function toConfigParameter({ effective, at, overridden, ...rest }: ReportedParameter): ConfigParameter {
  return {
    ...rest,
    ...(effective !== undefined && { effective }),
    ...(at && { place: toPlace(at) }),
    ...(overridden && { overridden: { written: overridden.written, place: toPlace(overridden.at) } }),
  };
}

/** What a `$name` stands for. */
export function toConfigReference({ name, written, effective }: ReportedValue): ConfigReference {
  return { name, written, ...(effective !== undefined && { effective }) };
}

/**
 * What listens, each with what asked for it, then what was asked for and couldn't be opened.
 * @param services what master.cf says
 */
export function toConfigListeners(
  plans: readonly ListenerPlan[],
  open: SmtpStatus['services'],
  services: readonly MasterEntry[],
): ConfigListener[] {
  const waiting = [...plans];
  const opened = open.map(({ name, port, isImplicitTls }): ConfigListener => {
    // A session goes by the service whose daemon speaks: behind postscreen it isn't the one that listens.
    const found = waiting.findIndex(({ daemon }) => toServiceName(daemon) === name);
    const [plan] = found < 0 ? [] : waiting.splice(found, 1);
    if (plan) return { ...toConfigListener(plan, services), here: port, implicitTls: isImplicitTls };
    return { service: fromOctets(name), production: SMTP_PORT, here: port, implicitTls: isImplicitTls };
  });
  return [...opened, ...waiting.map((plan) => toConfigListener(plan, services))];
}

/** A lookup table. */
export function toConfigTable({ modifiedAtMs, keptFromMs, namedBy, ...table }: ReportedTable): ConfigTable {
  return {
    ...table,
    namedBy: namedBy.map(({ at, ...naming }) => ({ ...naming, place: toPlace(at) })),
    ...(modifiedAtMs !== undefined && { modifiedAt: new Date(modifiedAtMs).toISOString() }),
    ...(keptFromMs !== undefined && { keptFrom: new Date(keptFromMs).toISOString() }),
  };
}

function toConfigListener(
  { service, host, port, isImplicitTls }: ListenerPlan,
  services: readonly MasterEntry[],
): ConfigListener {
  const entry = services.findLast((one) => toServiceName(one) === service);
  return {
    service: fromOctets(service),
    production: port,
    implicitTls: isImplicitTls,
    ...(host !== undefined && { host: fromOctets(host) }),
    ...(entry && { place: toPlace(entry.at) }),
  };
}

function toPlace({ file, ...place }: SourceLocation): Place {
  return { file: fromOctets(file), ...place };
}
