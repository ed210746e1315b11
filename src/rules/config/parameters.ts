import { CHAOS_PARAMETERS } from './chaos-parameters.ts';
import { LIMIT_PARAMETERS } from './limit-parameters.ts';
import type { Parameter } from './parameter.ts';

/**
 * Every parameter, by name. Postfix's own names where Postfix has one, ours with `catch_`. Where a default isn't
 * Postfix's, the meaning says so.
 * @see postconf(5)
 */
export const PARAMETERS = {
  catch_smtp_port: {
    type: 'integer',
    default: '1025',
    min: 0,
    max: 65535,
    short: 's',
    placeholder: 'PORT',
    summary: 'where SMTP listens',
    meaning: 'TCP port of the SMTP listener. 0 takes a free one.',
  },
  catch_smtps_port: {
    type: 'integer',
    default: '-1',
    min: -1,
    max: 65535,
    placeholder: 'PORT',
    summary: 'where SMTP with TLS at once listens',
    meaning:
      'TCP port of a listener on which TLS begins with the first octet, as on port 465. It stands for port 465 of master.cf, if that has one; else it is one more. 0 takes a free port, -1 none.',
  },
  catch_lmtp_port: {
    type: 'integer',
    default: '-1',
    min: -1,
    max: 65535,
    placeholder: 'PORT',
    meaning:
      'TCP port of a listener that speaks LMTP (RFC 2033), for what delivers by it: LHLO, and behind the content a reply for each recipient. 0 takes a free port, -1 none.',
  },
  catch_http_port: {
    type: 'integer',
    default: '8025',
    min: 0,
    max: 65535,
    short: 'p',
    placeholder: 'PORT',
    summary: 'where the inbox and the API listen',
    meaning: 'TCP port of the web inbox and the API. 0 takes a free one.',
  },
  catch_port_map: {
    type: 'list',
    default: '25=1025 587=1587 465=1465',
    placeholder: 'FROM=TO',
    meaning:
      'Where a port that master.cf asks for is listened to, as FROM=TO. Ports below 1024 that it does not name are a thousand above: 26 becomes 1026. `587=587` leaves a port where it is. Port 25 is always `catch_smtp_port`; if that is 0, every listener takes a free port.',
  },
  inet_interfaces: {
    type: 'list',
    default: 'loopback-only',
    min: 1,
    placeholder: 'LIST',
    flag: 'listen',
    summary: 'addresses to listen on, or all',
    meaning:
      'Addresses that SMTP and the inbox listen on: `loopback-only`, `all`, or a list of addresses. Postfix listens on `all`; a catcher that others can reach shows them your mail, so that main.cf, which may be production’s, isn’t followed in this.',
  },
  config_directory: {
    type: 'string',
    default: '',
    flag: 'config',
    short: 'c',
    placeholder: 'DIR',
    summary: 'the directory with main.cf and master.cf',
    meaning:
      'Postfix’s configuration: the directory that main.cf and master.cf are in. Empty: `postfix` in the working directory, or the working directory itself, if a main.cf is there; else Postfixture’s defaults hold.',
  },
  catch_http_allow_hosts: {
    type: 'list',
    default: '',
    flag: 'allow-hosts',
    placeholder: 'LIST',
    summary: 'further Host names that the inbox answers to',
    meaning:
      'Names, beside localhost and the addresses listened on, that the inbox may be asked for: those of a proxy or a container. Requests for any other Host are refused, so that no web site can read your mail by DNS rebinding.',
  },
  catch_data_directory: {
    type: 'string',
    default: '',
    flag: 'data',
    short: 'd',
    placeholder: 'DIR',
    summary: 'where messages are kept',
    meaning: 'Where everything is kept. Empty: `postfixture` in the per-user state directory of the system.',
  },
  catch_ephemeral: {
    type: 'boolean',
    default: 'no',
    summary: 'keep messages in memory only',
    meaning: 'Keeps everything in memory; nothing is written to disk, and all is gone when the server stops.',
  },
  catch_max_messages: {
    type: 'integer',
    default: '20000',
    min: 0,
    placeholder: 'N',
    summary: 'keep at most so many messages, 0 all',
    meaning: 'At most so many messages are kept; beyond that the oldest are deleted. 0 keeps all.',
  },
  catch_max_age: {
    type: 'time',
    default: '30d',
    min: 0,
    placeholder: 'TIME',
    summary: 'keep messages so long, 0 for ever',
    meaning: 'Messages older than this are deleted. 0 keeps them for ever. Without a unit: seconds.',
  },
  catch_open_inbox: {
    type: 'boolean',
    default: 'no',
    flag: 'open',
    summary: 'open the inbox in the browser',
    meaning: 'Opens the inbox in the default browser once the server is up.',
  },
  catch_log_level: {
    type: 'string',
    default: 'warn',
    values: ['debug', 'info', 'warn', 'error', 'silent'],
    placeholder: 'LEVEL',
    summary: 'debug, info, warn, error or silent',
    meaning: 'How much is logged to standard error, as lines of JSON with the fields of a mail log.',
  },
  catch_parse_time_limit: {
    type: 'time',
    default: '10s',
    min: 0.001,
    meaning:
      'The longest that the parser may work on one message. Beyond it the message is listed with its raw form and the reason.',
  },
  catch_defaults: {
    type: 'string',
    default: 'postfixture',
    values: ['postfixture', 'postfix'],
    meaning:
      'Which defaults hold for what main.cf leaves unset: `postfixture` are safe and convenient on a developer’s machine, and each says where it differs; `postfix` are those of Postfix. The tools of Postfix, such as `postconf -d`, always show Postfix’s.',
  },
  catch_postfix_version: {
    type: 'string',
    default: '3.7',
    min: 1,
    meaning:
      'The version of Postfix that production runs. A parameter that another version knows is reported as that, not as misspelt.',
  },
  catch_path_map: {
    type: 'string',
    default: '',
    placeholder: 'FROM=TO…',
    meaning:
      'Where the files that a configuration names are found on this machine: `FROM=TO`, separated by white space or commas; the longest FROM that holds a path decides. A TO that is relative begins at the working directory. Empty: `/etc/postfix` is the configuration directory, and `/etc/aliases` is `aliases` in it if there is one.',
  },
  catch_table_source: {
    type: 'string',
    default: 'text',
    values: ['text', 'compiled'],
    meaning:
      'What is read of an indexed table (hash, btree, lmdb …): its `text`, or only what `postmap` has `compiled`, as Postfix does.',
  },
  catch_passwd_file: {
    type: 'string',
    default: '',
    placeholder: 'FILE',
    meaning:
      'Which accounts there are: a FILE as passwd(5) describes it, with `group` beside it; `system` for those of this machine; `any` if every local part is one. Empty: `any`.',
  },
  catch_machine_name: {
    type: 'string',
    default: '',
    meaning: 'The name of the machine, for the default of `myhostname`. Empty: as this machine says.',
  },
  catch_machine_addresses: {
    type: 'list',
    default: '',
    placeholder: 'LIST',
    meaning:
      'The addresses of the machine’s network interfaces, each with its prefix, for the default of `mynetworks`: `10.1.2.3/24`. Empty: as this machine says.',
  },
  catch_mode: {
    type: 'string',
    default: 'catch',
    values: ['catch', 'strict'],
    placeholder: 'MODE',
    summary: 'catch all, or answer as Postfix would',
    meaning:
      'What SMTP clients are answered. `catch`: every sender and recipient is taken, and the message says what Postfix would have answered. `strict`: what Postfix would refuse by its access rules, its tables of recipients, or its header and body checks is refused in its words. Nothing leaves this machine in either mode.',
  },
  catch_dns: {
    type: 'string',
    default: 'dns',
    placeholder: 'FILE',
    meaning:
      'Who answers access rules that ask DNS (`reject_unknown_sender_domain`, `reject_rbl_client` and their like). A file with a record a line, `NAME TYPE VALUE` or `NAME SERVFAIL`, beside main.cf unless it is a whole path: every other name does not exist. `system`: this machine’s DNS servers, so that each such question leaves the machine. Without the file, or if empty, nobody is asked, and such rules decide nothing.',
  },
  catch_verify_map: {
    type: 'string',
    default: '',
    placeholder: 'TABLE',
    meaning:
      'Which addresses can be delivered to, for `reject_unverified_recipient` and `reject_unverified_sender`, since no address is ever probed: a lookup table such as `texthash:/etc/postfix/verify`, asked for the address, then for `@domain`. It answers `deliverable`, `undeliverable TEXT` or `deferred TEXT`, with the text that the other side would give; what it doesn’t have is deliverable. Empty: both restrictions decide nothing.',
  },
  catch_lookup_allow: {
    type: 'list',
    default: '',
    placeholder: 'LIST',
    meaning:
      'Servers, beside those on loopback addresses, that lookup tables and policy services may be asked on: host names, addresses, `host:port`, or `any`.',
  },
  ...CHAOS_PARAMETERS,
  message_size_limit: {
    type: 'octets',
    default: '52428800',
    min: 0,
    meaning: 'Greatest size of a message in octets; 0 for no limit. Postfix: 10240000.',
  },
  myhostname: {
    type: 'string',
    default: '',
    meaning:
      'The name in the greeting and in headers. Empty: the name of the machine, with `.localdomain` if it has no dot.',
  },
  mail_name: { type: 'string', default: 'Postfix', min: 1, meaning: 'The mail system’s name in the greeting.' },
  smtpd_banner: {
    type: 'string',
    default: '$myhostname ESMTP $mail_name',
    min: 1,
    meaning: 'The text after 220 in the greeting.',
  },
  smtpd_sasl_auth_enable: {
    type: 'boolean',
    default: 'yes',
    meaning:
      'Whether clients are offered AUTH. What is told of Postfix goes by its own default, unless main.cf says something. Postfix: no.',
  },
  smtpd_tls_security_level: {
    type: 'string',
    default: '',
    placeholder: 'LEVEL',
    meaning:
      'Whether clients are offered STARTTLS (`may`), must use it (`encrypt`), or neither (`none`, or empty). Many clients use it as soon as it is offered, and give up if they don’t trust the certificate: have them trust `tls/ca.pem` in the data directory.',
  },
  catch_sasl_passwd: {
    type: 'string',
    default: '',
    placeholder: 'TABLE',
    meaning:
      'Who may log in by AUTH: a lookup table from login names to passwords, such as `hash:/etc/postfix/logins`. Empty: whatever name and password a client gives will do.',
  },
  catch_sasl_mechanisms: {
    type: 'list',
    default: 'plain login xoauth2',
    min: 1,
    placeholder: 'LIST',
    meaning: 'The ways to log in that clients are offered: `plain`, `login` and `xoauth2`.',
  },
  smtpd_forbid_bare_newline: {
    type: 'string',
    default: 'yes',
    values: ['yes', 'normalize', 'reject', 'no'],
    meaning:
      'What is made of lines that end with a bare LF. `yes` or `normalize`: they are lines, but only CRLF.CRLF ends a message; `reject`: such a message, or command, is refused; `no`: every lone dot ends a message. Postfix 3.7: no.',
  },
  smtpd_forbid_bare_newline_exclusions: {
    type: 'string',
    default: '',
    meaning: 'Clients for which `smtpd_forbid_bare_newline` does not hold. Postfix: $mynetworks.',
  },
  ...LIMIT_PARAMETERS,
} as const satisfies Record<string, Parameter>;

/** A parameter's name. */
export type ParameterName = keyof typeof PARAMETERS;

/**
 * What `settings.get(name)` answers: a boolean, a number (octets; times in ms), a list, or text, narrowed to the only
 * values where the table has them.
 */
export type ParameterValue<N extends ParameterName> = (typeof PARAMETERS)[N]['type'] extends 'boolean'
  ? boolean
  : (typeof PARAMETERS)[N]['type'] extends 'integer' | 'octets' | 'time'
    ? number
    : (typeof PARAMETERS)[N]['type'] extends 'list'
      ? readonly string[]
      : (typeof PARAMETERS)[N] extends { readonly values: readonly (infer V)[] }
        ? V
        : string;
