import type { SourceLocation } from '../rules/config/config-error.ts';
import { FatalError } from '../rules/config/fatal-error.ts';
import { readOverrides, toServiceName, type MasterEntry } from '../rules/config/master-cf.ts';
import { formatValue } from '../rules/config/parameter-value.ts';
import { parseSeconds } from '../rules/config/postfix-value.ts';
import { viewOf, type FindParameter } from '../rules/config/services.ts';
import { isOwnParameter, PARAMETER_NAMES } from '../rules/config/spelling.ts';
import { toOctets, type Octets } from '../rules/octets.ts';
import { remember } from '../rules/remember.ts';
import { splitItems } from '../rules/tables/braces.ts';
import type { LookupTable } from '../rules/tables/lookup-table.ts';
import { toMaps, type Maps } from '../rules/tables/maps.ts';
import type { RuleWorld, View } from '../rules/world.ts';
import { openAccounts } from './accounts.ts';
import { openDns } from './dns.ts';
import { listServices } from './master-cf.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';
import type { Settings } from './settings.ts';

/** Of the network only what main.cf says of production counts for rules, wherever this program itself listens. */
const MAIN_CF_ALONE: ReadonlySet<string> = new Set(['inet_interfaces', 'config_directory']);

/** Where parameters are that no file has. */
const FOR_THIS_RUN: SourceLocation = { file: '-o' };
const BY_DEFAULT: SourceLocation = { file: '(default)' };

/** What rules may know of these settings. It takes a few milliseconds, and remembers what it was asked: keep it. */
export function openRuleWorld(settings: Settings): RuleWorld {
  const configuration = toRuled(settings);
  const entries = new Map(listServices(settings).map((entry) => [toServiceName(entry), entry]));
  const views = new Map<Octets, View>();
  const shared = { configuration, settings };
  const main = openView('', undefined, shared);
  return {
    view(service) {
      const known = views.get(service);
      if (known !== undefined) return known;
      const entry = entries.get(service);
      const view = entry === undefined ? main : openView(service, entry, shared);
      views.set(service, view);
      return view;
    },
    findTransport: (name) => entries.get(`${name}/unix`),
    openTable: (spec, at, options) => settings.openTable(spec, at, options),
    askDns: openDns(settings),
    askPolicy: (question) => settings.ask(question),
    missesUnasked: settings.get('catch_mode') === 'strict',
    verifyMap: openVerifyMap(settings),
    accounts: openAccounts(configuration),
    readFile: configuration.readFile,
    machine: configuration.machine,
    settingsHash: settings.hash,
  };
}

function openVerifyMap(settings: Settings): LookupTable | undefined {
  const spec = toOctets(settings.get('catch_verify_map'));
  return spec === '' ? undefined : settings.openTable(spec, findPlace('catch_verify_map', settings.configuration));
}

/** main.cf with what was said for this run, and with the defaults of the profile. */
function toRuled(settings: Settings): PostfixConfiguration {
  const { configuration } = settings;
  const values = new Map(configuration.values);
  for (const name of PARAMETER_NAMES) {
    const source = settings.sourceOf(name);
    if (isOwnParameter(name) || MAIN_CF_ALONE.has(name) || source === 'main.cf' || source === 'master.cf') continue;
    if (LISTENERS_ALONE.has(name) && source === 'default') continue;
    values.set(name, toOctets(formatValue(name, settings.get(name))));
  }
  return configuration.restate(values, () => {});
}

/**
 * Where the listeners' own defaults aren't Postfix's, rules go by Postfix's: this program takes in more than a mailbox of
 * Postfix's holds, and lets everybody log in.
 */
const LISTENERS_ALONE: ReadonlySet<string> = new Set(['message_size_limit', 'smtpd_sasl_auth_enable']);

interface ViewSources {
  readonly configuration: PostfixConfiguration;
  readonly settings: Settings;
}

function openView(service: Octets, entry: MasterEntry | undefined, { configuration, settings }: ViewSources): View {
  const find: FindParameter =
    entry === undefined ? (name) => configuration.raw(name) : viewOf(entry, (name) => configuration.raw(name));
  const kept = new Map<string, { readonly made: unknown }>();
  const once = <T>(key: string, make: () => T): T => {
    const before = kept.get(key);
    // What was kept under a key is what this key's `make` made.
    if (before !== undefined) return before.made as T;
    const made = make();
    kept.set(key, { made });
    return made;
  };
  const expand = (text: Octets): Octets => {
    try {
      return configuration.expand(text, find);
    } catch (error) {
      if (!(error instanceof FatalError)) throw error;
      return '';
    }
  };
  const get = remember((name) => expand(find(name) ?? ''));
  const defaultOf = (name: Octets): Octets => configuration.parameters.get(name)?.default ?? '';
  const overrides = new Map(entry === undefined ? [] : readOverrides(entry).map(({ name, at }) => [name, at] as const));
  const placeOf = remember((name): SourceLocation => overrides.get(name) ?? findPlace(name, configuration));
  const toTables = (name: Octets): Maps =>
    toMaps(
      name,
      splitItems(get(name))
        .filter((spec) => isMeant(spec, name, settings))
        .map((spec) => settings.openTable(spec, placeOf(name), { substitutes: maySubstitute(name, entry) })),
    );
  return {
    service,
    get,
    raw: find,
    expand,
    isYes: remember((name) => get(name).toLowerCase() === 'yes'),
    integer: remember((name) => toInteger(get(name)) ?? toInteger(defaultOf(name)) ?? 0),
    seconds: remember((name) => {
      const unit = configuration.parameters.get(name)?.unit ?? 's';
      return (parseSeconds(get(name), unit) ?? parseSeconds(defaultOf(name), unit))?.seconds ?? 0;
    }),
    words: remember((name) => splitItems(get(name))),
    maps: remember(toTables),
    placeOf,
    once,
  };
}

function findPlace(name: Octets, { entries, values }: PostfixConfiguration): SourceLocation {
  const value = values.get(name);
  if (value === undefined) return BY_DEFAULT;
  const entry = entries.findLast((one) => one.name === name);
  return entry?.value === value ? entry.valueAt : FOR_THIS_RUN;
}

/**
 * Whether a table counts. The default of alias_maps names two that few machines have: unless Postfix's own defaults are
 * wanted, it doesn't keep mail for local users waiting.
 */
function isMeant(spec: Octets, parameter: Octets, settings: Settings): boolean {
  const { configuration } = settings;
  const isDefault = parameter === 'alias_maps' && !configuration.values.has(parameter);
  if (!isDefault || settings.get('catch_defaults') === 'postfix') return true;
  if (configuration.isBuiltIn || spec.startsWith('nis:')) return false;
  return 'text' in configuration.readFile(spec.slice(spec.indexOf(':') + 1));
}

/** Tables whose answers say where mail is delivered: their patterns may not put what a sender wrote into it. */
const NEVER_SUBSTITUTED: ReadonlySet<string> = new Set([
  'transport_maps',
  'sender_dependent_relayhost_maps',
  'sender_dependent_default_transport_maps',
  'address_verify_transport_maps',
  'address_verify_sender_dependent_relayhost_maps',
  'address_verify_sender_dependent_default_transport_maps',
  'alias_maps',
  'mailbox_transport_maps',
  'fallback_transport_maps',
  'mailbox_command_maps',
]);

/** These, too, once virtual(8) delivers by them; smtpd(8) only asks whether there is a mailbox. */
const NEVER_SUBSTITUTED_BY_VIRTUAL: ReadonlySet<string> = new Set([
  'virtual_mailbox_maps',
  'virtual_uid_maps',
  'virtual_gid_maps',
]);

function maySubstitute(parameter: Octets, entry: MasterEntry | undefined): boolean {
  if (NEVER_SUBSTITUTED.has(parameter)) return false;
  return entry?.fields.command !== 'virtual' || !NEVER_SUBSTITUTED_BY_VIRTUAL.has(parameter);
}

function toInteger(text: Octets): number | undefined {
  return /^\s*[+-]?[0-9]+$/.test(text) ? Number(text) : undefined;
}
