import type { SourceLocation } from '../config/config-error.ts';
import type { Finding } from '../config/finding.ts';
import type { CheckWorld } from './check-world.ts';
import { CROSS_CHECKS } from './cross-checks.ts';
import { checkDeprecated } from './deprecated.ts';
import { checkMacros } from './macro-names.ts';
import { checkTrailingComments } from './trailing-comment.ts';
import { checkUnknownParameters } from './unknown-parameter.ts';
import { checkValues } from './bad-value.ts';

/** Looks for one kind of mistake, or a family of them. */
export type Check = (world: CheckWorld) => Iterable<Finding>;

/** Every check. Of findings about one cause the first counts, so that the nearest explanation comes first. */
const CHECKS: readonly Check[] = [
  checkTrailingComments,
  checkUnknownParameters,
  checkDeprecated,
  checkMacros,
  checkValues,
  ...CROSS_CHECKS,
];

/** Runs all checks. One that fails says so and spoils no other. @returns findings in the files' order, none twice */
export function runChecks(world: CheckWorld, checks: readonly Check[] = CHECKS): readonly Finding[] {
  return sortFindings(checks.flatMap((check) => runCheck(check, world)));
}

/** Sorts by file, line and column, and leaves out what is said twice. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...unique.values()].sort((a, b) => comparePlaces(a.at, b.at));
}

function runCheck(check: Check, world: CheckWorld): readonly Finding[] {
  try {
    return [...check(world)];
  } catch (error) {
    return [toFailure(check, error)];
  }
}

/** A check of ours that broke: the others go on, and nobody takes its silence for a clean configuration. */
function toFailure(check: Check, error: unknown): Finding {
  return {
    severity: 'note',
    code: 'check-failed',
    at: { file: '<postfixture>' },
    problem: `${check.name} failed: ${error instanceof Error ? error.message : String(error)}`,
    why: 'What this check looks for is not known; the others are complete.',
    hint: 'report it to Postfixture, with the configuration',
  };
}

function comparePlaces(a: SourceLocation, b: SourceLocation): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
