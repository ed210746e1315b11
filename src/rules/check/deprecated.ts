import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import type { CheckWorld } from './check-world.ts';
import { listSettings, type SettingOf } from './settings-of.ts';
import { isOlder } from './versions.ts';

/** A parameter that will go. */
interface Deprecated {
  /** postconf warns of it from this version on. */
  readonly since: string;
  /** The name that takes its place; undefined: it is left out. */
  readonly instead?: string;
  /** Today's line for a value, if it isn't the same value under the other name. */
  readonly today?: (value: Octets) => string | undefined;
}

const RENAMED: Readonly<Record<string, string>> = {
  authorized_verp_clients: 'smtpd_authorized_verp_clients',
  fallback_relay: 'smtp_fallback_relay',
  lmtp_per_record_deadline: 'lmtp_per_request_deadline',
  smtp_per_record_deadline: 'smtp_per_request_deadline',
  smtpd_per_record_deadline: 'smtpd_per_request_deadline',
  postscreen_blacklist_action: 'postscreen_denylist_action',
  postscreen_dnsbl_ttl: 'postscreen_dnsbl_max_ttl',
  postscreen_dnsbl_whitelist_threshold: 'postscreen_dnsbl_allowlist_threshold',
  postscreen_whitelist_interfaces: 'postscreen_allowlist_interfaces',
  smtpd_client_connection_limit_exceptions: 'smtpd_client_event_limit_exceptions',
  tlsproxy_client_level: 'tlsproxy_client_security_level',
  tlsproxy_client_policy: 'tlsproxy_client_policy_maps',
  virtual_maps: 'virtual_alias_maps',
};

const LEFT_OUT: Readonly<Record<string, string>> = {
  smtpd_tls_dh1024_param_file: '3.9',
  smtpd_tls_eecdh_grade: '3.9',
  smtp_cname_overrides_servername: '3.11',
  lmtp_cname_overrides_servername: '3.11',
};

/**
 * Parameters that will go, with today's form.
 * @see DEPRECATION_README
 */
export function* checkDeprecated(world: CheckWorld): Generator<Finding> {
  for (const setting of listSettings(world)) {
    const deprecated = findDeprecated(setting.name);
    if (deprecated !== undefined) yield toFinding(setting, deprecated, world);
  }
}

/** Today's line for a parameter that will go: `smtpd_tls_security_level = may`; undefined if it won't, or is left out. */
export function findTodaysForm(name: Octets, value: Octets): string | undefined {
  const { instead, today } = findDeprecated(name) ?? {};
  return instead === undefined ? undefined : toLine(instead, today ? today(value) : value);
}

function findDeprecated(name: Octets): Deprecated | undefined {
  const renamed = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
  if (renamed !== undefined) return { since: '3.11', instead: renamed };
  const leftOut = Object.hasOwn(LEFT_OUT, name) ? LEFT_OUT[name] : undefined;
  if (leftOut !== undefined) return { since: leftOut };
  if (name === 'disable_dns_lookups') {
    const today = toLevel({ yes: 'disabled' });
    return { since: '3.9', instead: 'smtp_dns_support_level', today };
  }
  const [, client, kind] =
    /^(smtpd|smtp|lmtp|postscreen)_(use_tls|enforce_tls|tls_enforce_peername|tls_per_site)$/.exec(name) ?? [];
  if (client === undefined) return undefined;
  const level = `${client}_tls_security_level`;
  switch (kind) {
    case 'use_tls':
      return { since: '3.9', instead: level, today: toLevel({ yes: 'may', no: 'none' }) };
    case 'enforce_tls':
      return { since: '3.9', instead: level, today: toLevel({ yes: 'encrypt', no: 'may' }) };
    case 'tls_enforce_peername':
      return { since: '3.11', instead: level, today: toLevel({ yes: 'verify', no: 'encrypt' }) };
    default:
      return { since: '3.9', instead: `${client}_tls_policy_maps`, today: () => undefined };
  }
}

function toLevel(levels: Readonly<Record<string, string>>): NonNullable<Deprecated['today']> {
  return (value) => (Object.hasOwn(levels, value.toLowerCase()) ? levels[value.toLowerCase()] : undefined);
}

function toFinding({ name, value, at, file }: SettingOf, { since, instead }: Deprecated, world: CheckWorld): Finding {
  const form = findTodaysForm(name, value);
  const remedy = instead === undefined ? 'do not specify' : `specify "${instead}"`;
  const line = `warning: ${file}: support for parameter "${name}" will be removed; instead, ${remedy}`;
  const isSet = instead !== undefined && world.values.has(instead);
  return {
    severity: 'warning',
    code: 'deprecated-parameter',
    at,
    problem: `${name} is deprecated`,
    why: isSet
      ? `${instead} is set, too: what this line says does not count.`
      : `It still works, but Postfix warns of it since ${since}, and will take it away.`,
    hint: isSet || form === undefined ? `take ${name} out` : `write ${form}`,
    ...(isOlder(world.version, since) ? {} : { postfixLine: line }),
  };
}

function toLine(name: string, value: Octets | undefined): string {
  return value === undefined ? `${name} instead` : `${name} = ${value}`;
}
