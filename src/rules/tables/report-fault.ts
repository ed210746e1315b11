import type { SourceLocation } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import { hidePassword, type AnswerFault } from '../question.ts';
import type { TableWorld } from './table-world.ts';

/**
 * Reports what went wrong while a table's question was asked.
 * @param options.postfixLines what Postfix prints of it; of several, each is a finding
 */
export function reportFault(
  spec: Octets,
  { stage, where, message }: AnswerFault,
  {
    world,
    at,
    postfixLines,
  }: { readonly world: TableWorld; readonly at: SourceLocation; readonly postfixLines: readonly string[] },
): void {
  const shown = hidePassword(where);
  const isRefused = stage === 'refused';
  const finding: Finding = {
    severity: isRefused ? 'warning' : 'error',
    code: isRefused ? 'lookup-not-asked' : 'lookup-failed',
    at,
    problem: `${spec}: ${shown}: ${message.trimEnd()}`,
    why: isRefused
      ? 'it isn’t on this machine, and nothing leaves this machine unasked; production would ask it'
      : 'no key can be looked up: mail that needs it is deferred',
    hint: isRefused
      ? `add ${shown} to catch_lookup_allow, or put inline:{key=value} in the table’s place`
      : `mend ${shown}, or put inline:{key=value} in the table’s place`,
  };
  if (postfixLines.length === 0) world.report(finding);
  for (const line of postfixLines) world.report({ ...finding, postfixLine: line });
}
