import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { CheckWorld, NamedTable } from './check-world.ts';

/** What comes of it where these have no answer. */
const CONSEQUENCES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:alias_maps|local_recipient_maps)$/,
    'smtpd answers 451 4.3.0 for every local recipient, and local mail is deferred.',
  ],
  [
    /^transport_maps$/,
    'No address can be resolved: smtpd answers 451 4.3.0 for every recipient, and all mail is deferred.',
  ],
  [/^virtual_alias_maps$/, 'No mail is accepted: every recipient is looked up in it.'],
  [
    /_(?:header|body)_checks$|^(?:header|body)_checks$|canonical_maps$|_bcc_maps$/,
    'No mail is accepted: cleanup looks into it for each.',
  ],
  [/_restrictions$/, 'smtpd answers 451 4.3.0, or 451 4.3.5, wherever it comes to it.'],
];

/** What a table that can't be opened takes along: the opener has said why, this says what follows. */
export function* checkBrokenTables(world: CheckWorld): Generator<Finding> {
  const said = new Set<Octets>();
  for (const named of world.tables) {
    // `fail:` is meant so.
    if (said.has(named.spec) || /^(?:proxy:)*fail:/.test(named.spec)) continue;
    said.add(named.spec);
    const fault = findFault(named);
    if (fault === undefined || fault === 'not asked') continue;
    yield {
      severity: isOfProduction(fault) ? 'warning' : 'error',
      code: 'table-unavailable',
      at: named.at,
      problem: `${named.parameter} has no answers from ${named.spec}`,
      why: findConsequence(named.parameter),
      hint: `mend the table: ${fault}`,
      postfixLine: `warning: ${named.spec} is unavailable. ${fault}`,
    };
  }
}

/** Whether production may have what it takes to open the table. @see openTable's types that aren't asked here */
export function isOfProduction(fault: string): boolean {
  return /^unsupported dictionary type: (?:ldap|mysql)$/.test(fault);
}

function findConsequence(parameter: Octets): string {
  const found = CONSEQUENCES.find(([pattern]) => pattern.test(parameter));
  return found?.[1] ?? 'Mail that needs it is deferred.';
}

/** Why a table has no answers; undefined if it has. */
function findFault({ table }: NamedTable): string | undefined {
  try {
    table.lookup('postfixture.invalid');
    return undefined;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    // Where a server doesn't answer, the table itself is well.
    return error.problem === 'Connection refused' ? undefined : error.problem;
  }
}
