/** A command line that can't be understood: exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';

  /** @param hint what to write instead, as one imperative sentence or a question */
  constructor(problem: string, hint: string) {
    super(`${problem}\n  hint: ${hint}`);
  }
}
