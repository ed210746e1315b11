import type { SourceLocation } from '../config/config-error.ts';
import type { Octets } from '../octets.ts';

/** What a lookup table answers. */
export interface TableHit {
  /** The key or pattern as it stands in the table. */
  readonly key: Octets;
  /** The right-hand side; of a pattern with `$1` replaced. */
  readonly value: Octets;
  /** The line that answered. */
  readonly source: SourceLocation;
}

/** A lookup table, opened. */
export interface LookupTable {
  /** As Postfix names it: `hash:/etc/postfix/virtual`. */
  readonly name: string;
  /** How Postfix's messages name it, where that is another name: `hash:/etc/postfix/virtual.db`. */
  readonly messageName?: string;
  /**
   * `fixed`: whoever looks an address up asks for it, then for its parts (hash, inline, sqlite …). `pattern`: it is
   * asked for the whole address alone (regexp, pcre, cidr, and what is made of them).
   */
  readonly kind: 'fixed' | 'pattern';
  /** Whether its values are known to be ASCII, so that nobody need look at each. */
  readonly isAscii?: boolean;
  /** Whether it is a text that was read before: a key has the same answer each time, and asking leaves nothing behind. */
  readonly isSnapshot?: boolean;
  /**
   * Looks one key up. `openTable` folds the key's case before, where the kind is `fixed` and case doesn't count.
   * @returns undefined if the table doesn't have it
   * @throws {LookupError} if the table can't answer: Postfix defers the mail, smtpd answers 451 4.3.0
   */
  lookup(key: Octets): TableHit | undefined;
  /** Every entry in the table's order, for `postmap -s`; absent where a type can't list them. */
  entries?(): Iterable<TableHit>;
  /**
   * Of a table whose keys can't be listed, every answer as it is written: a pattern with its `$1` to the letter, what
   * `static:` has for all. Absent where a type can't list them either.
   */
  rules?(): Iterable<TableHit>;
}

/** A table that can't answer: it is missing, broken, or not asked. Mail is deferred, never lost. */
export class LookupError extends Error {
  override readonly name = 'LookupError';
  readonly code = 'LOOKUP_FAILED';
  /** The table as Postfix's messages name it: `fail:x`, `hash:/etc/postfix/virtual.db`. */
  readonly table: string;
  /** Why: `Application error`. */
  readonly problem: string;
  /**
   * `retry`: it may answer later. `configuration`: it won't before the table is mended; Postfix's tools then leave the
   * problem out of `query error`.
   */
  readonly kind: 'retry' | 'configuration';
  /** Whether the table couldn't even be opened. */
  readonly isUnavailable: boolean;

  /** @param options.kind `retry` by default */
  constructor(
    table: string,
    problem: string,
    options: {
      readonly kind?: 'retry' | 'configuration';
      readonly isUnavailable?: boolean;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`${table}: ${problem}`, { cause: options.cause });
    this.table = table;
    this.problem = problem;
    this.kind = options.kind ?? 'retry';
    this.isUnavailable = options.isUnavailable ?? false;
  }
}

/** What a question to tables is answered; or, if one of them can't answer, what holds then. */
export function orIfUnavailable<T, U>(ask: () => T, otherwise: U): T | U {
  try {
    return ask();
  } catch (error) {
    if (error instanceof LookupError) return otherwise;
    throw error;
  }
}

/**
 * What Postfix's log says first when it was a table that couldn't be opened that had no answer: the one that was asked,
 * or one that it is made of.
 * @see Postfix's dict_surrogate(3)
 */
export function findUnavailableWarning(error: LookupError): Octets | undefined {
  for (let cause: unknown = error; cause instanceof LookupError; cause = cause.cause) {
    if (cause.isUnavailable) return `warning: ${cause.table} is unavailable. ${cause.problem}`;
  }
  return undefined;
}
