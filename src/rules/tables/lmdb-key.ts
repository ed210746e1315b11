import type { SourceLocation } from '../config/config-error.ts';
import type { ReportFinding } from '../config/finding.ts';

/** How long a key of LMDB may be, its null octet included. An empty one is none. */
export const LMDB_KEY_OCTETS = 511;

/** Reports a key that LMDB can't have, at which Postfix ends. @param what Postfix was about to do: `error reading lmdb:x` */
export function reportLmdbKey(what: string, at: SourceLocation, report: ReportFinding): void {
  const problem = `${what}: MDB_BAD_VALSIZE: Unsupported size of key/DB name/data, or wrong DUPFIXED size`;
  report({
    severity: 'error',
    code: 'lmdb-key-size',
    at,
    problem,
    why: `an LMDB table has keys of 1 to ${LMDB_KEY_OCTETS} octets: Postfix ends at any other`,
    hint: 'use hash: for this table',
    postfixLine: `fatal: ${problem}`,
  });
}
