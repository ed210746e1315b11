import { splitOutsideBraces } from '../config/braces.ts';
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

const SEPARATORS = ', \t\r\n';

/** Parameters whose `type:name` words are servers, files that Postfix writes, or a list of the tables that others name. */
const NOT_OF_TABLES =
  /^(?:proxy_(?:read|write)_maps|address_verify_map|.*_milters|.*_sasl_path|.*_transport|.*_session_cache_database|.*_cache_map|.*_service_name|relayhost|.*_relay|.*_filter|.*_banner|.*_command|.*_header)$/;

/** Parameters of which every word is a table, so that one without a type is a mistake. */
const ONLY_OF_TABLES = /^(?:.*_maps|alias_database|(?:(?:mime|nested|milter|smtp|lmtp)_)?(?:header|body)_checks)$/;

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
  let before = '';
  for (const { text, offset } of splitOutsideBraces(value, SEPARATORS)) {
    const words = text.includes('$') ? splitOutsideBraces(expand(text), SEPARATORS).map((piece) => piece.text) : [text];
    for (const word of words) {
      const spec = word.replace(/^!+/, '');
      const isTable = !BEFORE_SERVER.has(before) && isTableName(spec, name, types);
      if (isTable)
        yield { spec, offset: offset + (text.length - text.replace(/^!+/, '').length), isWritten: !text.includes('$') };
      before = word;
    }
  }
}

function isTableName(spec: Octets, parameter: Octets, types: ReadonlySet<string>): boolean {
  const bare = spec.replace(/^(?:proxy:)+/, '');
  const colon = bare.indexOf(':');
  if (colon <= 0) return ONLY_OF_TABLES.test(parameter);
  const type = bare.slice(0, colon);
  if (type === 'unix') return UNIX_TABLE.test(bare);
  return types.has(type) || ONLY_OF_TABLES.test(parameter);
}
