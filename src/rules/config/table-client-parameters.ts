import type { Octets } from '../octets.ts';
import { extractBraced, LIST_SEPARATORS, splitOutsideBraces } from './braces.ts';

/**
 * What may stand in the file of a table that asks a server, by type; with `TABLE_` before it, such a name is a parameter
 * of main.cf where the table is named without a path (`ldap:TABLE`).
 * @see ldap_table(5), mysql_table(5), pgsql_table(5), sqlite_table(5), memcache_table(5)
 */
export const TABLE_CLIENT_PARAMETERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    ldap: `bind bind_dn bind_pw cache_expiry cache_size chase_referrals debuglevel dereference domain expansion_limit
      leaf_result_attribute query_filter recursion_limit result_attribute result_filter result_format sasl_authz_id
      sasl_mechs sasl_minssf sasl_realm scope search_base server_host server_port size_limit special_result_attribute
      start_tls terminal_result_attribute timeout tls_ca_cert_dir tls_ca_cert_file tls_cert tls_cipher_suite tls_key
      tls_random_file tls_require_cert version`,
    mysql: `additional_conditions dbname domain expansion_limit hosts option_file option_group password query
      require_result_set result_format select_field table tls_CAfile tls_CApath tls_cert_file tls_ciphers tls_key_file
      tls_verify_cert user where_field`,
    pgsql: `additional_conditions dbname domain expansion_limit hosts password query result_format select_field
      select_function table user where_field`,
    sqlite: `additional_conditions dbpath domain expansion_limit query result_format select_field table where_field`,
    memcache: `backup data_size_limit domain flags key_format line_size_limit max_try memcache retry_pause timeout ttl`,
  }).map(([type, names]) => [type, names.split(/\s+/)]),
);

/** What is done with what a value names. */
export interface TableVisitor {
  /** A parameter that a table without a file may have: `ldap:TABLE` has `TABLE_bind`. */
  use(name: Octets): void;
  /** The file of a table that asks a server. */
  checkFile(type: string, path: Octets): void;
  /** Braces that don't match, in Postfix's words. */
  complain(problem: Octets): void;
}

const MOST_WITHIN = 100;

/**
 * Looks for tables in a parameter's value: every word `type:name`, also within braces. It can't know whether a word is
 * a table, and neither can Postfix.
 * @see Postfix's postconf_dbms.c
 */
export function listTableParameters(value: Octets, visitor: TableVisitor, depth = 0): void {
  if (depth > MOST_WITHIN) return;
  for (const { text } of splitOutsideBraces(value, LIST_SEPARATORS)) {
    if (text.startsWith('{')) {
      visitBraces(text, visitor, depth);
      continue;
    }
    const [type, name] = splitTable(text);
    if (name === undefined || type === undefined) continue;
    if (name.startsWith('{')) visitBraces(name, visitor, depth);
    const suffixes = TABLE_CLIENT_PARAMETERS.get(type);
    if (suffixes === undefined || name.startsWith('{') || name.startsWith('.')) continue;
    if (name.startsWith('/')) visitor.checkFile(type, name);
    else for (const suffix of suffixes) visitor.use(`${name}_${suffix}`);
  }
}

function visitBraces(text: Octets, visitor: TableVisitor, depth: number): void {
  const inner = extractBraced(text);
  if (inner.fault !== undefined) visitor.complain(inner.fault);
  listTableParameters(inner.text, visitor, depth + 1);
}

/** `type:name`; `proxy:` before it is as if it weren't there. */
function splitTable(word: Octets): readonly [Octets, Octets] | readonly [] {
  if (!word.includes(':')) return [];
  const bare = word.replace(/^(?:proxy:)+/, '');
  const colon = bare.indexOf(':');
  return [bare.slice(0, colon), bare.slice(colon + 1)];
}
