import type { ReportFinding } from '../../rules/config/finding.ts';
import { parseMainCf } from '../../rules/config/main-cf.ts';
import { TABLE_CLIENT_PARAMETERS } from '../../rules/config/table-client-parameters.ts';
import type { Octets } from '../../rules/octets.ts';
import type { ReadFileFact } from '../../rules/tables/file-text.ts';

/**
 * Looks at the files of tables that ask a server, each once: whether they can be read, and whether anything in them is
 * unknown. A file that only root may read is passed over, since it may hold a password.
 * @see Postfix's postconf_dbms.c
 */
export function tableFileChecker(readFile: ReadFileFact, report: ReportFinding): (type: string, path: Octets) => void {
  const seen = new Set<string>();
  return (type, path) => {
    const table = `${type}:${path}`;
    if (seen.has(table)) return;
    seen.add(table);
    const fact = readFile(path);
    if (!('text' in fact)) {
      if (fact.fault !== 'Permission denied') report(toUnreadable(type, path, fact.fault));
      return;
    }
    const known = TABLE_CLIENT_PARAMETERS.get(type) ?? [];
    const entries = parseMainCf(fact.text, path, report);
    const values = new Map(entries.map((entry) => [entry.name, entry]));
    for (const { name, value, at } of [...values.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (known.includes(name)) continue;
      const problem = `unused parameter: ${name}=${value}`;
      report({
        severity: 'warning',
        code: 'unused-parameter',
        at,
        problem,
        why: `No ${type} table reads it.`,
        hint: `correct the name, or take ${name} out`,
        postfixLine: `warning: ${table}: ${problem}`,
      });
    }
  };
}

function toUnreadable(type: string, path: Octets, fault: string): Parameters<ReportFinding>[0] {
  const words = fault === 'Is a directory' ? 'not a regular file' : fault;
  const problem = `open "${type}" configuration "${path}": ${words}`;
  return {
    severity: 'warning',
    code: 'table-file-unreadable',
    at: { file: path },
    problem,
    why: 'The table can not be asked.',
    hint: 'correct the path, or make the file',
    postfixLine: `warning: ${problem}`,
  };
}
