// The vectors' regular expressions are Python's, and Python's differ from JavaScript's where it hurts: `.` and `^` know
// one line end, `$` also matches before the last newline, `\w` and `\d` know all of Unicode.

const WORD = String.raw`\p{L}\p{N}_`;
const SPACE = String.raw`\s\x1c-\x1f\x85`;
const START = String.raw`(?<![\s\S])`;
const END = String.raw`(?![\s\S])`;
const BOUNDARY = `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;
const NO_BOUNDARY = `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`;

/** What an escape outside and inside of a character class stands for. */
const OUTSIDE: Readonly<Record<string, string>> = {
  w: `[${WORD}]`,
  W: `[^${WORD}]`,
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  s: `[${SPACE}]`,
  S: `[^${SPACE}]`,
  b: BOUNDARY,
  B: NO_BOUNDARY,
  A: START,
  Z: END,
};
const INSIDE: Readonly<Record<string, string>> = {
  w: WORD,
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  s: SPACE,
  b: String.raw`\b`,
};

/**
 * A regular expression of Python's `re` (for text) as one of JavaScript's.
 * @param flags of JavaScript's beside `u`: `g`
 * @throws {SyntaxError} what JavaScript can't express
 */
export function toRegExp(pattern: string, flags = ''): RegExp {
  const { letters = '' } = /^\(\?(?<letters>[ims]+)\)/.exec(pattern)?.groups ?? {};
  const body = letters === '' ? pattern : pattern.slice(letters.length + 3);
  const multiline = letters.includes('m');
  let out = '';
  let isInClass = false;
  for (const [token] of body.matchAll(/\\[\s\S]|\{\d*,?\d*\}|\(\?P[<=]|[\s\S]/gu)) {
    if (token.startsWith('\\')) {
      out += fromEscape(token.slice(1), isInClass);
    } else if (isInClass) {
      isInClass = token !== ']' || /(?<!\\)\[\^?$/.test(out);
      out += token === ']' && isInClass ? String.raw`\]` : token;
    } else {
      isInClass = token === '[';
      out += fromToken(token, { multiline, dotAll: letters.includes('s') });
    }
  }
  return new RegExp(out, `u${flags}${letters.includes('i') ? 'i' : ''}`);
}

function fromEscape(letter: string, isInClass: boolean): string {
  const known = (isInClass ? INSIDE : OUTSIDE)[letter];
  if (known !== undefined) return known;
  if (/[\p{L}\p{N}]/u.test(letter)) return `\\${letter}`;
  // With `u`, JavaScript knows only these as escaped characters.
  const mayBeEscaped = isInClass ? /[\^$\\.*+?()[\]{}|/-]/ : /[\^$\\.*+?()[\]{}|/]/;
  return mayBeEscaped.test(letter) ? `\\${letter}` : letter;
}

function fromToken(token: string, { multiline, dotAll }: { multiline: boolean; dotAll: boolean }): string {
  switch (token) {
    case '.':
      return dotAll ? String.raw`[\s\S]` : String.raw`[^\n]`;
    case '^':
      return multiline ? String.raw`(?<![^\n])` : START;
    case '$':
      return multiline ? String.raw`(?![^\n])` : String.raw`(?=\n?${END})`;
    case '(?P<':
      return '(?<';
    case '(?P=':
      throw new SyntaxError('a named back-reference is not translated');
    case '{':
    case '}':
    case ']':
      return `\\${token}`;
    default:
      return token;
  }
}
