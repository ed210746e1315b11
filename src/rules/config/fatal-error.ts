import type { Finding } from './finding.ts';

/**
 * What ends a program of Postfix: it prints the finding's line, `fatal: …`, and exits. Thrown where nothing can go on
 * without the answer; what can be read past is reported instead.
 */
export class FatalError extends Error {
  override readonly name = 'FatalError';
  readonly code = 'POSTFIX_FATAL';
  readonly finding: Finding;

  constructor(finding: Finding, options: { readonly cause?: unknown } = {}) {
    super(finding.postfixLine ?? `fatal: ${finding.problem}`, options);
    this.finding = finding;
  }
}

/** Whether Postfix would end at this finding. */
export function isFatal(finding: Finding): boolean {
  return finding.postfixLine?.startsWith('fatal: ') ?? false;
}
