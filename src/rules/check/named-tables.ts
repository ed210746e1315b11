import { LIST_SEPARATORS, splitOutsideBraces } from '../config/braces.ts';
import { splitItems } from '../tables/braces.ts';
import type { Octets } from '../octets.ts';

/** What stands for a table in a value. */
export interface TableName {
  /** `hash:/etc/postfix/virtual`. */
  readonly spec: Octets;
  /** Where the word that names it begins in the value. */
  readonly offset: number;
  /** Whether it stands there to the letter, and isn't what a `$name` stands for. */
  readonly isWritten: boolean;
}

/** Parameters whose `type:name` words are servers, files that Postfix writes, or a list of the tables that others name. */
const NOT_OF_TABLES =
  /^(?:proxy_(?:read|write)_maps|address_verify_map|.*_milters|.*_sasl_path|.*_transport|.*_session_cache_database|.*_cache_map|.*_service_name|relayhost|.*_relay|.*_filter|.*_banner|.*_command|.*_header)$/;

/** Parameters of which every word is a table, so that one without a type is a mistake. */
const ONLY_OF_TABLES = /^(?:.*_maps|alias_database|(?:(?:mime|nested|milter|smtp|lmtp)_)?(?:header|body)_checks)$/;

/** Whether every word of a parameter is a table. */
export function isTableList(name: Octets): boolean {
  return ONLY_OF_TABLES.test(name);
}

/** Restrictions whose argument is a server. */
const BEFORE_SERVER = new Set(['check_policy_service', 'permit_mx_backup_networks']);

/** Accounts are all that Postfix has of this type: what else begins with `unix:` is a socket. */
const UNIX_TABLE = /^unix:(?:passwd\.byname|group\.byname)$/;

/**
 * Finds the tables that a parameter's value names. A word is one if its type is.
 * @param expand puts values in the place of `$name`
 * @param types those of Postfix, `hash` and the like
 */
export function* listTableNames(
  { name, value }: { readonly name: Octets; readonly value: Octets },
  types: ReadonlySet<string>,
  expand: (text: Octets) => Octets,
): Generator<TableName> {
  if (NOT_OF_TABLES.test(name)) return;
  const isAllTables = isTableList(name);
  let before = '';
  for (const { text, offset } of splitOutsideBraces(value, LIST_SEPARATORS)) {
    const isWritten = !text.includes('$');
    const words = isWritten ? [text] : splitItems(expand(text));
    for (const word of words) {
      if (isAllTables || word.includes(':')) {
        const spec = word.replace(/^!+/, '');
        const isTable = !BEFORE_SERVER.has(before) && (hasTableType(spec, types) ?? isAllTables);
        if (isTable) yield { spec, offset: offset + text.length - text.replace(/^!+/, '').length, isWritten };
      }
      before = word;
    }
  }
}

/** Whether the type that a word begins with is a table's; undefined if nobody knows the type. */
function hasTableType(spec: Octets, types: ReadonlySet<string>): boolean | undefined {
  const bare = spec.replace(/^(?:proxy:)+/, '');
  const colon = bare.indexOf(':');
  const type = bare.slice(0, Math.max(0, colon));
  if (type === 'unix') return UNIX_TABLE.test(bare);
  return types.has(type) ? true : undefined;
}
