import type { Octets } from '../octets.ts';
import { toMacroFinding } from './expand-or-end.ts';
import type { Finding, ReportFinding } from './finding.ts';
import { scanMacros } from './macros.ts';
import type { PostfixParameters } from './postfix-parameters.ts';
import { listTableParameters } from './table-client-parameters.ts';
import { listTransportParameters } from './transport-parameters.ts';

/**
 * How a parameter comes to be known. `builtin`: Postfix has it; `service`: it belongs to a service of master.cf; `user`:
 * someone's own that something names; `legacy`: an old name that Postfix still reads.
 */
export type ParameterClass = 'builtin' | 'service' | 'user' | 'legacy';

/** A service of master.cf, as far as parameters are concerned. */
export interface ServiceUse {
  /** As postconf calls it: `smtp/inet`. */
  readonly name: Octets;
  /** The first field. */
  readonly service: Octets;
  /** The command's first word. */
  readonly program: Octets;
  /** Its `-o`, by name, and those of all services that share its name and type. */
  readonly overrides: ReadonlyMap<Octets, Octets>;
}

/** What is asked about the use of parameters. */
export interface UseOptions {
  readonly directory: Octets;
  readonly parameters: PostfixParameters;
  /** What main.cf sets. */
  readonly values: ReadonlyMap<Octets, Octets>;
  readonly services: readonly ServiceUse[];
  /** Whether a parameter that Postfix doesn't have is one of ours. */
  isOurs(name: Octets): boolean;
  /** The text of a parameter that isn't set: its default. */
  findDefault(name: Octets): Octets | undefined;
  /**
   * Expands a text as a service sees it.
   * @throws {FatalError} if it can't be expanded
   */
  expand(text: Octets, overrides: ReadonlyMap<Octets, Octets> | undefined): Octets;
  /** Looks at the file of a table that asks a server: `mysql:/etc/postfix/x.cf`. */
  checkTableFile(type: string, path: Octets): void;
  readonly report: ReportFinding;
}

/** Which parameters are known, and how they are used. */
export interface ParameterUse {
  /** Those of main.cf and the defaults. Who isn't here is unknown to `postconf`. */
  readonly known: ReadonlyMap<Octets, ParameterClass>;
  /** What counts of main.cf: `values` without what can't be set. */
  readonly values: ReadonlyMap<Octets, Octets>;
  /** `name=value` entries that nothing uses, as findings, main.cf's first. */
  listUnused(): readonly Finding[];
}

/** Old names, with the empty value they have unless they are set. */
const LEGACY: readonly Octets[] = [
  'virtual_maps',
  'fallback_relay',
  'authorized_verp_clients',
  'smtpd_client_connection_limit_exceptions',
  'postscreen_dnsbl_ttl',
  'postscreen_blacklist_action',
  'postscreen_dnsbl_whitelist_threshold',
  'postscreen_whitelist_interfaces',
  'lmtp_per_record_deadline',
  'smtp_per_record_deadline',
  'smtpd_per_record_deadline',
  'tlsproxy_client_level',
  'tlsproxy_client_policy',
];

const READ_ONLY: readonly Octets[] = ['process_id', 'process_name', 'service_name'];

/** What is known so far. */
interface Registry {
  readonly options: UseOptions;
  readonly known: Map<Octets, ParameterClass>;
  readonly values: Map<Octets, Octets>;
  readonly scopes: readonly Scope[];
}

/** A service's own parameters. */
interface Scope {
  /** The service's. */
  readonly name: Octets;
  readonly overrides: Map<Octets, Octets>;
  /** Those of the `-o` that something names. */
  readonly valid: Set<Octets>;
}

/**
 * Parameters that are known with nothing but Postfix and master.cf.
 * @see postconf(1), -C
 */
export function listKnownParameters(
  parameters: PostfixParameters,
  services: readonly Pick<ServiceUse, 'service' | 'program'>[],
): Map<Octets, ParameterClass> {
  const known = new Map<Octets, ParameterClass>();
  for (const name of parameters.keys()) known.set(name, 'builtin');
  for (const name of LEGACY) known.set(name, 'legacy');
  for (const { service, program } of services) {
    for (const { name } of listTransportParameters(service, program)) known.set(name, 'service');
  }
  return known;
}

/**
 * Finds out which parameters of main.cf and master.cf are used: those that Postfix knows, and those that a `$name` or
 * `smtpd_restriction_classes` asks for. A `$name` that nobody set is reported.
 * @throws {FatalError} if a value can't be expanded
 * @see Postfix's postconf_user.c, postconf_unused.c
 */
export function findParameterUse(options: UseOptions): ParameterUse {
  const { parameters, services } = options;
  const registry: Registry = {
    options,
    known: listKnownParameters(parameters, services),
    values: new Map(options.values),
    scopes: services.map(({ name, overrides }) => ({ name, overrides: new Map(overrides), valid: new Set() })),
  };
  for (const name of options.values.keys()) if (options.isOurs(name)) registry.known.set(name, 'user');
  for (const scope of registry.scopes) scanSettings(registry, scope);
  scanDefaults(registry);
  scanSettings(registry, undefined);
  return { known: registry.known, values: registry.values, listUnused: () => listUnused(registry) };
}

/** Asks for every name in the values of main.cf, or of one service. */
function scanSettings(registry: Registry, scope: Scope | undefined): void {
  const { options, known } = registry;
  const values = scope?.overrides ?? registry.values;
  const classes = values.get('smtpd_restriction_classes');
  if (classes !== undefined) {
    const names = options.expand(classes, scope?.overrides).split(/[, \t\r\n]+/);
    for (const name of names.filter((word) => word !== '')) use(registry, name, scope);
  }
  for (const [name, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (READ_ONLY.includes(name)) {
      options.report(toReadOnlyFinding(options.directory, { name, value, scope }));
      values.delete(name);
      continue;
    }
    // Postfix looks for tables where it knows the parameter itself, not in those of somebody's own.
    const mayNameTables = known.get(name) === 'builtin' || known.get(name) === 'service';
    if (known.get(name) === 'legacy') known.set(name, 'user');
    if (options.parameters.get(name)?.type === 'raw string') continue;
    scanValue(registry, value, scope);
    if (!mayNameTables) continue;
    listTableParameters(options.expand(value, scope?.overrides), {
      use: (table) => use(registry, table, scope, { isOptional: true }),
      checkFile: (type, path) => options.checkTableFile(type, path),
      complain: (problem) => options.report(toBraceFinding(options.directory, problem, scope)),
    });
  }
}

/** Names that only defaults ask for: an old name in one isn't unused. */
function scanDefaults(registry: Registry): void {
  const { options, known, values } = registry;
  for (const name of [...known.keys()]) {
    if (options.parameters.get(name)?.type === 'raw string' || values.has(name)) continue;
    scanValue(registry, options.findDefault(name) ?? '', undefined);
  }
}

function scanValue(registry: Registry, value: Octets, scope: Scope | undefined): void {
  const warnings = scanMacros(value, (name) => use(registry, name, scope));
  const at = { file: `${registry.options.directory}/${fileOf(scope)}` };
  for (const warning of warnings) registry.options.report(toMacroFinding(warning, at, `warning: ${warning}`));
}

/** Marks a parameter of somebody's own as used, where it is set. @param options.isOptional it needn't be set */
function use(
  registry: Registry,
  name: Octets,
  scope: Scope | undefined,
  { isOptional = false }: { readonly isOptional?: boolean } = {},
): void {
  const { known, values, scopes, options } = registry;
  let isSet = false;
  if (scope?.overrides.has(name)) {
    isSet = true;
    scope.valid.add(name);
  } else if (values.has(name)) {
    isSet = true;
    if (!known.has(name)) known.set(name, 'user');
  }
  if (scope === undefined) {
    for (const other of scopes.filter(({ overrides }) => overrides.has(name))) {
      isSet = true;
      other.valid.add(name);
    }
  }
  if (!isSet && !isOptional && !known.has(name)) options.report(toUndefinedFinding(options.directory, name, scope));
}

function listUnused({ options, known, values, scopes }: Registry): readonly Finding[] {
  const unused = ([name]: readonly [Octets, Octets]): boolean => !known.has(name);
  const ofMain = [...values].filter(unused);
  const ofServices = scopes.flatMap((scope) =>
    [...scope.overrides].filter(([name]) => !known.has(name) && !scope.valid.has(name)),
  );
  return [
    ...ofMain.map((entry) => toUnusedFinding(options.directory, 'main.cf', entry)),
    ...ofServices.map((entry) => toUnusedFinding(options.directory, 'master.cf', entry)),
  ].sort((a, b) => ((a.postfixLine ?? '') < (b.postfixLine ?? '') ? -1 : 1));
}

type FileName = 'main.cf' | 'master.cf';

function fileOf(scope: Scope | undefined): FileName {
  return scope === undefined ? 'main.cf' : 'master.cf';
}

function toUnusedFinding(directory: Octets, file: FileName, [name, value]: readonly [Octets, Octets]): Finding {
  const problem = `unused parameter: ${name}=${value}`;
  return {
    severity: 'warning',
    code: 'unused-parameter',
    at: { file: `${directory}/${file}` },
    problem,
    why: 'No program of Postfix reads it.',
    hint: `correct the name, or take ${name} out`,
    postfixLine: `warning: ${directory}/${file}: ${problem}`,
  };
}

function toUndefinedFinding(directory: Octets, name: Octets, scope: Scope | undefined): Finding {
  const file = `${directory}/${fileOf(scope)}`;
  const problem = `undefined parameter: ${name}`;
  return {
    severity: 'warning',
    code: 'undefined-parameter',
    at: { file },
    problem,
    why: 'Nothing is put in its place.',
    hint: `set ${name}, or write $$ for a dollar sign`,
    postfixLine: `warning: ${file}: ${problem}`,
  };
}

function toReadOnlyFinding(
  directory: Octets,
  { name, value, scope }: { readonly name: Octets; readonly value: Octets; readonly scope: Scope | undefined },
): Finding {
  const file = `${directory}/${fileOf(scope)}`;
  const problem = `read-only parameter assignment: ${name}=${value}`;
  return {
    severity: 'warning',
    code: 'read-only-parameter',
    at: { file },
    problem,
    why: 'Each program of Postfix sets it itself.',
    hint: `take ${name} out`,
    postfixLine: `warning: ${file}: ${problem}`,
  };
}

function toBraceFinding(directory: Octets, problem: Octets, scope: Scope | undefined): Finding {
  return {
    severity: 'warning',
    code: 'unbalanced-braces',
    at: { file: `${directory}/${fileOf(scope)}` },
    problem,
    why: 'What follows may be read as another table than was meant.',
    hint: 'close each { by a }',
    postfixLine: `warning: ${fileOf(scope)}${scope === undefined ? '' : `:${scope.name}`}: ${problem}`,
  };
}
