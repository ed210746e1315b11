/** What regcomp(3) says. */
export type PosixProblem =
  | 'Invalid regular expression'
  | 'Invalid collation character'
  | 'Invalid character class name'
  | 'Trailing backslash'
  | 'Invalid back reference'
  | 'Unmatched [, [^, [:, [., or [='
  | 'Unmatched ( or \\('
  | 'Unmatched \\{'
  | 'Invalid content of \\{\\}'
  | 'Invalid range end'
  | 'Memory exhausted'
  | 'Invalid preceding regular expression'
  | 'Regular expression too big';

/** A POSIX regular expression that can't be compiled; the message is regerror(3)'s. */
export class PosixPatternError extends Error {
  override readonly name = 'PosixPatternError';
  readonly code = 'POSIX_PATTERN_INVALID';
  override readonly message: PosixProblem;

  constructor(problem: PosixProblem) {
    super(problem);
    this.message = problem;
  }
}
