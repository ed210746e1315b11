import { toOctets } from '../../rules/octets.ts';
import { formatWays, show } from '../journey-text.ts';
import type { Place } from './mistakes.ts';
import type { TestResult } from './run-tests.ts';

/** Why a test failed: each thing that differs with its place in the test file, then how the mail came where it is. */
export function explainFailure(
  { at, mismatches, problem, journey }: TestResult,
  { isVerbose }: { readonly isVerbose: boolean },
): readonly string[] {
  const different = mismatches.flatMap((mismatch) => [
    `${formatPlace(mismatch.at)}  ${show(mismatch.what)}`,
    `  expected  ${quoteEmpty(mismatch.expected)}`,
    `  got       ${quoteEmpty(mismatch.got)}`,
  ]);
  const ends = mismatches.flatMap((mismatch) => mismatch.ends);
  return [
    ...(problem === undefined ? [] : [`${formatPlace(at)}  ${show(toOctets(problem))}`]),
    ...different,
    ...(journey === undefined ? [] : formatWays(ends, journey, { isVerbose })),
  ];
}

/** What differs, in one line. */
export function summariseFailure({ mismatches, problem }: TestResult): string {
  const words = mismatches.map(({ what, expected, got }) => `${what}: expected ${expected}, got ${got}`);
  return show([...(problem === undefined ? [] : [toOctets(problem)]), ...words].join('; '));
}

function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

function quoteEmpty(octets: string): string {
  return octets === '' ? '""' : show(octets);
}
