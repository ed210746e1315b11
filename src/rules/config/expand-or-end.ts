import type { Octets } from '../octets.ts';
import type { SourceLocation } from './config-error.ts';
import { FatalError } from './fatal-error.ts';
import type { Finding, ReportFinding } from './finding.ts';
import { expandMacros, MacroError } from './macros.ts';

/** How a text is expanded, and what is said of it. */
export interface ExpandOptions {
  /** What a name stands for; undefined: nothing. */
  readonly find: (name: Octets) => Octets | undefined;
  /** Where the text stands, as far as that is known. */
  readonly at: SourceLocation;
  /** Gets what Postfix warns of first. */
  readonly report: ReportFinding;
  /** Whether the programs that read main.cf at their start word it, not postconf. */
  readonly ofDictionary?: boolean;
}

/** Expands `$name` as a program of Postfix does. @throws {FatalError} if it can't be, in Postfix's words */
export function expandOrEnd(text: Octets, { find, at, report, ofDictionary = false }: ExpandOptions): Octets {
  try {
    return expandMacros(text, find);
  } catch (error) {
    if (!(error instanceof MacroError)) throw error;
    for (const warning of error.warnings) report(toMacroFinding(warning, at, `warning: ${warning}`));
    const isNamed = ofDictionary && error.message === 'macro processing error';
    const fatal = isNamed ? `dictionary mail_dict: ${error.message}` : error.message;
    throw new FatalError(toMacroFinding(fatal, at, `fatal: ${fatal}`), { cause: error });
  }
}

/** That a `$name` is miswritten. */
export function toMacroFinding(problem: Octets, at: SourceLocation, postfixLine: string): Finding {
  return {
    severity: 'error',
    code: 'macro-syntax',
    at,
    problem,
    why: 'No program of Postfix starts with it.',
    hint: 'write $name or ${name}, and $$ for a dollar sign',
    postfixLine,
  };
}
