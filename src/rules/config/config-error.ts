/** Where something was written: a file, or `<command line>`, `<environment>`, `-o`, `<options>`. */
export interface SourceLocation {
  readonly file: string;
  /** From 1; absent where there are no lines. */
  readonly line?: number;
  /** In octets from 1; absent where the whole line is meant. */
  readonly column?: number;
}

/**
 * A configuration that can't be used. Thrown while it is read, never while mail is handled: a running server keeps the
 * old one.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG_INVALID';
  readonly at: SourceLocation;

  /** @param options.hint what to write instead, as one imperative sentence */
  constructor(problem: string, at: SourceLocation, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    const place = at.line === undefined ? at.file : `${at.file}:${at.line}`;
    const hint = options.hint === undefined ? '' : `\n  hint: ${options.hint}`;
    super(`${place}: ${problem}${hint}`, { cause: options.cause });
    this.at = at;
  }
}

/** Every mistake of a configuration at once, so that mending it takes one round. The message has them all. */
export class ConfigErrors extends AggregateError {
  override readonly name = 'ConfigErrors';
  readonly code = 'CONFIG_INVALID';
  override readonly errors: ConfigError[];

  constructor(errors: readonly ConfigError[]) {
    super(errors, errors.map((error) => error.message).join('\n'));
    this.errors = [...errors];
  }
}
