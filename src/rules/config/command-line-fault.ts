import { FatalError } from './fatal-error.ts';

/** What a tool ends with when its command line is at fault. @param problem what Postfix prints after `fatal: ` */
export function toCommandLineFault(problem: string): FatalError {
  return new FatalError({
    severity: 'error',
    code: 'usage',
    at: { file: '<command line>' },
    problem,
    why: 'Nothing was done.',
    hint: 'see postfixture --help',
    postfixLine: `fatal: ${problem}`,
  });
}
