import type { Finding, ReportFinding } from '../../rules/config/finding.ts';
import { MASTER_FIELDS, toServiceName, type MasterEntry, type MasterOverride } from '../../rules/config/master-cf.ts';
import type { MasterCfPart } from '../../rules/config/master-cf-edit.ts';
import { formatEntry, formatField, type FieldStyle } from '../../rules/config/master-cf-text.ts';
import { findFields, isAny, matchesService, parseServicePattern } from '../../rules/config/service-pattern.ts';
import { collectOverrides, readOnlyParameters } from '../../rules/config/services.ts';
import { toOctets, type Octets } from '../../rules/octets.ts';
import { toUsageError } from '../postfix-tool.ts';
import { formatLine } from './postconf-format.ts';
import type { PostconfRequest } from './postconf-request.ts';
import type { PostconfSession } from './postconf-session.ts';

/** How services are shown. */
interface Style extends FieldStyle {
  readonly part: MasterCfPart;
  /** With `-x`: expands `$name` as the service's daemon does. */
  readonly expandFor?: (entry: MasterEntry, text: Octets) => Octets;
}

/** A pattern, with what it shows of a service that it holds. */
interface Request {
  readonly pattern: Octets;
  readonly holds: (entry: MasterEntry) => boolean;
  readonly show: (entry: MasterEntry) => Octets | undefined;
}

/** Whether the command line is about master.cf. */
export function isAboutMaster({ flags }: PostconfRequest): boolean {
  return flags.has('M') || flags.has('F') || flags.has('P');
}

/** What of master.cf the command line is about. */
export function getMasterPart({ flags }: PostconfRequest): MasterCfPart {
  if (flags.has('M')) return 'entry';
  return flags.has('F') ? 'field' : 'parameter';
}

/**
 * What `postconf -M`, `-F` or `-P` prints, service by service. What nothing matched is reported when all is there.
 * @throws {FatalError} what Postfix says of a pattern without sense
 * @see Postfix's postconf_master.c
 */
export function* formatServices(
  request: PostconfRequest,
  { entries, expand }: Pick<PostconfSession, 'entries' | 'expand'>,
  report: ReportFinding,
): Generator<Octets> {
  const services = collectOverrides(entries);
  const { flags } = request;
  const style: Style = {
    part: getMasterPart(request),
    isFolded: flags.has('f'),
    isNameHidden: flags.has('h'),
    isValueHidden: flags.has('H'),
    ...(flags.has('x') && {
      expandFor: (entry, text) => expand(text, toScope(entry, services.get(entry))),
    }),
  };
  const show = { entry: showEntry, field: showFields, parameter: showParameters(services) }[style.part];
  const requests = request.operands.map((operand) => parseRequest(toOctets(operand), style, show));
  const unmatched = new Set(requests);
  for (const entry of entries) {
    if (requests.length === 0) yield show(style, entry, undefined) ?? '';
    for (const wanted of requests) {
      const shown = wanted.holds(entry) ? wanted.show(entry) : undefined;
      if (shown === undefined) continue;
      unmatched.delete(wanted);
      yield shown;
    }
  }
  for (const { pattern } of unmatched) report(toUnmatchedFinding(pattern));
}

/** @param name what the third part of a pattern names; undefined for everything @returns undefined if there is none */
type Show = (style: Style, entry: MasterEntry, name: Octets | undefined) => Octets | undefined;

function showEntry(style: Style, entry: MasterEntry): Octets {
  return formatEntry(entry, forEntry(style, entry));
}

function showFields(style: Style, entry: MasterEntry, name: Octets | undefined): Octets {
  const fields = (name === undefined ? undefined : findFields(name)) ?? MASTER_FIELDS;
  return fields.map((field) => formatField(entry, field, forEntry(style, entry))).join('');
}

function forEntry({ expandFor, ...style }: Style, entry: MasterEntry): FieldStyle {
  return expandFor ? { ...style, expand: (text) => expandFor(entry, text) } : style;
}

function showParameters(services: ReturnType<typeof collectOverrides>): Show {
  return (style, entry, name) => {
    const service = toServiceName(entry);
    const overrides = services.get(entry);
    if (overrides === undefined) return undefined;
    const names = name === undefined ? [...overrides.keys()].sort() : [name];
    const lines = names.flatMap((parameter) => {
      const override = overrides.get(parameter);
      if (override === undefined || readOnlyParameters(entry).has(parameter)) return [];
      return [formatParameter(`${service}/${parameter}`, override.value, { style, entry })];
    });
    return lines.length === 0 ? undefined : lines.join('');
  };
}

function formatParameter(
  name: Octets,
  text: Octets,
  { style, entry }: { readonly style: Style; readonly entry: MasterEntry },
): Octets {
  if (style.isValueHidden) return formatLine(name, style);
  const value = style.expandFor ? style.expandFor(entry, text) : text;
  return formatLine(style.isNameHidden ? value : `${name} = ${value}`, style);
}

/** The parameters that a service has for itself. */
function toScope(
  entry: MasterEntry,
  overrides: ReadonlyMap<Octets, MasterOverride> | undefined,
): ReadonlyMap<Octets, Octets> {
  const own = [...(overrides ?? [])].map(([name, { value }]) => [name, value] as const);
  return new Map([...own, ...readOnlyParameters(entry)]);
}

function parseRequest(text: Octets, style: Style, show: Show): Request {
  const pattern = parseServicePattern(text, 1, style.part === 'entry' ? 2 : 3);
  if (pattern === undefined) throw toUsageError(WANTED[style.part]);
  const [, , name] = pattern;
  if (style.part === 'field' && findFields(name) === undefined) {
    throw toUsageError(`invalid service attribute name: "${name ?? ''}"`);
  }
  return {
    pattern: text,
    holds: ({ fields }) => matchesService(pattern, fields.service, fields.type),
    show: (entry) => show(style, entry, isAny(name) ? undefined : name),
  };
}

const WANTED: Readonly<Record<MasterCfPart, string>> = {
  entry: '-M option requires service_name[/type]',
  field: '-F option requires service_name[/type[/field]]',
  parameter: '-P option requires service_name[/type[/parameter]]',
};

function toUnmatchedFinding(pattern: Octets): Finding {
  const problem = `unmatched request: "${pattern}"`;
  return {
    severity: 'warning',
    code: 'unmatched-request',
    at: { file: '<command line>' },
    problem,
    why: 'There is nothing to show for it.',
    hint: 'name a service as postconf -M lists them',
    postfixLine: `warning: ${problem}`,
  };
}
