/** What PCRE2 10.42 says of a pattern, by its name for it. @see pcre2_get_error_message(3) */
export const PCRE_PROBLEMS = {
  END_BACKSLASH: '\\ at end of pattern',
  END_BACKSLASH_C: '\\c at end of pattern',
  UNKNOWN_ESCAPE: 'unrecognized character follows \\',
  QUANTIFIER_OUT_OF_ORDER: 'numbers out of order in {} quantifier',
  QUANTIFIER_TOO_BIG: 'number too big in {} quantifier',
  MISSING_SQUARE_BRACKET: 'missing terminating ] for character class',
  ESCAPE_INVALID_IN_CLASS: 'escape sequence is invalid in character class',
  CLASS_RANGE_ORDER: 'range out of order in character class',
  QUANTIFIER_INVALID: 'quantifier does not follow a repeatable item',
  INVALID_AFTER_PARENS_QUERY: 'unrecognized character after (? or (?-',
  POSIX_CLASS_NOT_IN_CLASS: 'POSIX named classes are supported only within a class',
  POSIX_NO_SUPPORT_COLLATING: 'POSIX collating elements are not supported',
  MISSING_CLOSING_PARENTHESIS: 'missing closing parenthesis',
  BAD_SUBPATTERN_REFERENCE: 'reference to non-existent subpattern',
  MISSING_COMMENT_CLOSING: 'missing ) after (?# comment',
  PARENTHESES_NEST_TOO_DEEP: 'parentheses are too deeply nested',
  PATTERN_TOO_LARGE: 'regular expression is too large',
  UNMATCHED_CLOSING_PARENTHESIS: 'unmatched closing parenthesis',
  MISSING_CONDITION_CLOSING: 'missing closing parenthesis for condition',
  LOOKBEHIND_NOT_FIXED_LENGTH: 'lookbehind assertion is not fixed length',
  ZERO_RELATIVE_REFERENCE: 'a relative value of zero is not allowed',
  TOO_MANY_CONDITION_BRANCHES: 'conditional subpattern contains more than two branches',
  CONDITION_ASSERTION_EXPECTED: 'assertion expected after (?( or (?(?C)',
  BAD_RELATIVE_REFERENCE: 'digit expected after (?+ or (?-',
  UNKNOWN_POSIX_CLASS: 'unknown POSIX class name',
  CODE_POINT_TOO_BIG: 'character code point value in \\x{} or \\o{} is too large',
  UNSUPPORTED_ESCAPE_SEQUENCE: 'PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u',
  UNRECOGNIZED_AFTER_QUERY_P: 'unrecognized character after (?P',
  MISSING_NAME_TERMINATOR: 'syntax error in subpattern name (missing terminator?)',
  DUPLICATE_SUBPATTERN_NAME: 'two named subpatterns have the same name (PCRE2_DUPNAMES not set)',
  INVALID_SUBPATTERN_NAME: 'subpattern name must start with a non-digit',
  MALFORMED_UNICODE_PROPERTY: 'malformed \\P or \\p sequence',
  UNKNOWN_UNICODE_PROPERTY: 'unknown property after \\P or \\p',
  SUBPATTERN_NAME_TOO_LONG: 'subpattern name is too long (maximum 32 code units)',
  CLASS_INVALID_RANGE: 'invalid range in character class',
  OCTAL_BYTE_TOO_BIG: 'octal value is greater than \\377 in 8-bit non-UTF-8 mode',
  DEFINE_TOO_MANY_BRANCHES: 'DEFINE subpattern contains more than one branch',
  BACKSLASH_O_MISSING_BRACE: 'missing opening brace after \\o',
  BACKSLASH_G_SYNTAX: '\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number',
  PARENS_QUERY_R_MISSING_CLOSING: '(?R (recursive pattern call) must be followed by a closing parenthesis',
  ALPHA_ASSERTION_UNKNOWN: '(*alpha_assertion) not recognized',
  VERB_UNKNOWN: '(*VERB) not recognized or malformed',
  SUBPATTERN_NUMBER_TOO_BIG: 'subpattern number is too big',
  SUBPATTERN_NAME_EXPECTED: 'subpattern name expected',
  INVALID_OCTAL: 'non-octal character in \\o{} (closing brace missing?)',
  INVALID_HEXADECIMAL: 'non-hex character in \\x{} (closing brace missing?)',
  BACKSLASH_C_SYNTAX: '\\c must be followed by a printable ASCII character',
  BACKSLASH_K_SYNTAX: '\\k is not followed by a braced, angle-bracketed, or quoted name',
  BACKSLASH_N_IN_CLASS: '\\N is not supported in a class',
  UNICODE_ONLY: '\\N{U+dddd} is supported only in Unicode (UTF) mode',
  MISSING_DIGITS: 'digits missing in \\x{} or \\o{} or \\N{U+}',
  INVALID_HYPHEN_IN_OPTIONS: 'invalid hyphen in option setting',
  BACKSLASH_K_IN_LOOKAROUND: '\\K is not allowed in lookarounds (but see PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK)',
} as const;

/** A pattern that PCRE2 can't compile. */
export class PcrePatternError extends Error {
  override readonly name = 'PcrePatternError';
  readonly code = 'PCRE_PATTERN_INVALID';
  /** Where in the pattern, in octets, PCRE2 says it noticed. */
  readonly offset: number;

  constructor(problem: keyof typeof PCRE_PROBLEMS, offset: number) {
    super(PCRE_PROBLEMS[problem]);
    this.offset = offset;
  }
}

/** A pattern that PCRE2 can compile and this program can't. */
export class UnsupportedPatternError extends Error {
  override readonly name = 'UnsupportedPatternError';
  readonly code = 'PCRE_PATTERN_UNSUPPORTED';

  /** @param what as it is written: `(*SKIP)` */
  constructor(what: string) {
    super(`${what} isn't supported`);
  }
}
