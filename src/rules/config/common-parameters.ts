import type { Octets } from '../octets.ts';
import { extractBraced, LIST_SEPARATORS, splitOutsideBraces } from './braces.ts';
import { checkAccounts, type AccountTexts } from './common-accounts.ts';
import { compareLevels } from './compatibility-level.ts';
import { FatalError } from './fatal-error.ts';
import type { ReportFinding } from './finding.ts';
import { findHostNameFault } from './host-name.ts';
import type { PostfixParameters } from './postfix-parameters.ts';
import { findValueFault } from './postfix-value.ts';

/** What the check of the common parameters looks at. */
export interface CommonSources {
  /** main.cf, as it is named in messages. */
  readonly file: string;
  readonly parameters: PostfixParameters;
  /** A parameter, `$name` expanded. @throws {FatalError} */
  readonly get: (name: Octets) => Octets;
  /** The accounts of the machine; undefined if nobody knows which there are. */
  readonly accounts: AccountTexts | undefined;
  /** Ends as Postfix does if `inet_interfaces` names what isn't there. @throws {FatalError} */
  readonly checkInterfaces: () => void;
}

// What every program of Postfix reads when it starts, in the order in which it does.

const FIRST = `
  mail_version syslog_facility inet_protocols multi_instance_directories multi_instance_group multi_instance_name
  maillog_file maillog_file_prefixes maillog_file_compressor maillog_file_rotate_suffix postlog_service_name
  dnssec_probe known_tcp_ports`;

const BEFORE_HOST_NAME = `
  daemon_table_open_error_is_fatal dns_ncache_ttl_fix_enable smtputf8_enable enable_idna2003_compatibility
  respectful_logging`;

const AFTER_HOST_NAME = `
  mail_name syslog_name mail_owner setgid_group mydestination myorigin relayhost daemon_directory data_directory
  command_directory meta_directory queue_directory shlib_directory process_id_directory inet_interfaces
  proxy_interfaces double_bounce_sender default_privs alias_database mail_release_date default_database_type
  hash_queue_names recipient_delimiter relay_domains fast_flush_domains export_environment import_environment
  mynetworks_style debug_peer_list default_verp_delimiters verp_delimiter_filter parent_domain_matches_subdomains
  alternate_config_directories bounce_service_name cleanup_service_name defer_service_name pickup_service_name
  queue_service_name rewrite_service_name showq_service_name error_service_name flush_service_name
  address_verify_service_name trace_service_name proxymap_service_name proxywrite_service_name
  internal_mail_filter_classes multi_instance_wrapper default_delivery_status_filter smtputf8_autodetect_classes
  message_drop_headers info_log_address_format default_process_limit max_use dont_remove line_length_limit
  hash_queue_depth fork_attempts deliver_lock_attempts debug_peer_level fault_injection_code
  berkeley_db_create_buffer_size berkeley_db_read_buffer_size header_size_limit header_address_token_limit
  mime_nesting_limit mime_boundary_length_limit delay_logging_resolution_limit tcp_windowsize message_size_limit
  lmdb_map_size disable_dns_lookups soft_bounce owner_request_special strict_8bitmime strict_7bit_headers
  strict_8bitmime_body strict_mime_encoding_domain disable_mime_input_processing disable_mime_output_conversion
  address_verify_negative_cache backwards_bounce_logfile_compatibility helpful_warnings send_cyrus_sasl_authzid
  multi_instance_enable enable_long_queue_ids strict_smtputf8 enable_original_recipient
  application_event_drain_time max_idle ipc_timeout ipc_idle ipc_ttl trigger_timeout fork_delay deliver_lock_delay
  stale_lock_time daemon_timeout in_flow_delay`;

const FACILITIES =
  `auth authpriv cron daemon ftp kern lpr mail news security syslog user uucp local0 local1 local2 local3
  local4 local5 local6 local7`.split(/\s+/);

const PROTOCOLS: readonly string[] = ['all', 'ipv4', 'ipv6'];

/**
 * Reads the parameters that every program of Postfix reads when it starts, and reports what stands against it, in the
 * order in which Postfix finds it: the first is what it ends with.
 * @see Postfix's mail_params.c, mail_params_init
 */
export function checkCommonParameters(sources: CommonSources, report: ReportFinding): void {
  const check = (read: () => void): void => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof FatalError)) throw error;
      report(error.finding);
    }
  };
  const valuesOf = (names: string) => toWords(names).map((name) => () => checkValue(name, sources));
  const steps = [
    () => checkLevel(sources),
    ...valuesOf(FIRST),
    () => checkFacility(sources),
    ...valuesOf(BEFORE_HOST_NAME),
    () => checkProtocols(sources),
    ...valuesOf('myhostname mydomain'),
    () => checkHostName('myhostname', sources, report),
    () => checkHostName('mydomain', sources, report),
    ...valuesOf(AFTER_HOST_NAME),
    () => checkRunningAs(sources),
    () => checkValue('mynetworks', sources),
    sources.checkInterfaces,
    () => checkTogether(sources),
    () => checkEnvironment(sources),
    () => checkLogFile(sources),
  ];
  for (const step of steps) check(step);
}

function checkValue(name: Octets, sources: CommonSources): void {
  const parameter = sources.parameters.get(name);
  const fault = parameter && findValueFault(parameter, sources.get(name));
  if (fault !== undefined) throw toFatal(sources, fault, `correct ${name}`);
}

function checkLevel(sources: CommonSources): void {
  const level = sources.get('compatibility_level');
  if (typeof compareLevels(level, '0') !== 'number') {
    throw toFatal(sources, `malformed compatibility level syntax: "${level}"`, 'write major.minor.patch: 3.6');
  }
}

function checkFacility(sources: CommonSources): void {
  const facility = sources.get('syslog_facility');
  if (!FACILITIES.includes(facility)) {
    throw toFatal(sources, about(sources, 'syslog_facility', `unrecognized value: ${facility}`), 'write mail');
  }
}

function checkProtocols(sources: CommonSources): void {
  const protocols = sources.get('inet_protocols');
  const odd = toWords(protocols).find((word) => !PROTOCOLS.includes(word.toLowerCase()));
  if (odd !== undefined) {
    throw toFatal(sources, `unknown inet_protocols value "${odd}" in "${protocols}"`, 'write all, ipv4 or ipv6');
  }
}

function checkHostName(name: Octets, sources: CommonSources, report: ReportFinding): void {
  const value = sources.get(name);
  const fault = findHostNameFault(value);
  if (fault === undefined) return;
  const text = about(sources, name, `bad parameter value: ${value}`);
  report({
    severity: 'error',
    code: 'bad-host-name',
    at: { file: sources.file },
    problem: `${fault}: ${value}`,
    why: 'No program of Postfix starts with this name.',
    hint: `write a host name, and comments on lines of their own`,
    postfixLine: `warning: valid_hostname: ${fault}: ${value.slice(0, 100)}`,
  });
  throw toFatal(sources, text, 'write a host name, and comments on lines of their own');
}

function checkRunningAs(sources: CommonSources): void {
  if (sources.accounts === undefined) return;
  const [privs, owner, group] = ['default_privs', 'mail_owner', 'setgid_group'].map(sources.get) as [
    Octets,
    Octets,
    Octets,
  ];
  const settings = { default_privs: privs, mail_owner: owner, setgid_group: group };
  const fault = checkAccounts(settings, sources.accounts, sources.file);
  if (fault !== undefined) throw toFatal(sources, fault, 'name accounts that belong to Postfix alone');
}

/** Values that don't go together. */
function checkTogether(sources: CommonSources): void {
  const [hostName, relayHost, origin] = ['myhostname', 'relayhost', 'myorigin'].map(sources.get) as [
    Octets,
    Octets,
    Octets,
  ];
  if (hostName.toLowerCase() === relayHost.toLowerCase()) {
    const text = `myhostname and relayhost parameter settings must not be identical: ${hostName}`;
    throw toFatal(sources, text, 'name another host in relayhost, or none');
  }
  if (/[, \t\r\n]/.test(origin)) {
    const text = `myorigin parameter setting must not contain multiple values: ${origin}`;
    throw toFatal(sources, text, 'write one domain');
  }
  const [delimiters, filter] = ['default_verp_delimiters', 'verp_delimiter_filter'].map(sources.get) as [
    Octets,
    Octets,
  ];
  const odd = ['first', 'second'].find((_, index) => !filter.includes(delimiters.charAt(index)));
  if (odd !== undefined) {
    const which = `parameters default_verp_delimiters and verp_delimiter_filter`;
    throw toFatal(sources, `file ${sources.file}: ${which}: bad ${odd} VERP delimiter character`, 'write +=');
  }
}

function checkEnvironment(sources: CommonSources): void {
  for (const { text } of splitOutsideBraces(sources.get('import_environment'), LIST_SEPARATORS)) {
    const { text: word, fault } = text.startsWith('{') ? extractBraced(text) : { text };
    if (fault !== undefined) throw toFatal(sources, `import_environment: ${fault}`, 'close each { by a }');
    if (word.startsWith('=')) {
      throw toFatal(sources, `update_env: missing attribute name in: ${word}`, 'write name or name=value');
    }
  }
}

function checkLogFile(sources: CommonSources): void {
  const file = sources.get('maillog_file');
  const prefixes = toWords(sources.get('maillog_file_prefixes'));
  if (file === '' || prefixes.some((prefix) => file.startsWith(prefix))) return;
  const text = `maillog_file value '${file}' does not match any prefix in maillog_file_prefixes`;
  throw toFatal(sources, text, 'write a file below /var, or /dev/stdout');
}

function toWords(text: Octets): readonly Octets[] {
  return text.split(/[, \t\r\n]+/).filter((word) => word !== '');
}

function about({ file }: CommonSources, name: Octets, text: Octets): Octets {
  return `file ${file}: parameter ${name}: ${text}`;
}

function toFatal({ file }: CommonSources, problem: Octets, hint: string): FatalError {
  return new FatalError({
    severity: 'error',
    code: 'bad-parameter-value',
    at: { file },
    problem,
    why: 'No program of Postfix starts with it.',
    hint,
    postfixLine: `fatal: ${problem}`,
  });
}
