/** What a token of an address is: a word (quoted or not), a `[domain literal]`, or one character that means something. */
export type AddressTokenKind = 'word' | 'literal' | Operator;

type Operator = '|' | '%' | '!' | '<' | '>' | '@' | ',' | ';' | ':' | '.' | '(' | ')' | ']' | '"';

/** A token, and where it stands in the text. */
export interface AddressToken {
  readonly kind: AddressTokenKind;
  /** Without quotes and backslashes; a literal has its brackets. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /(?<comment>\()|\[(?<literal>(?:\\.|[^\]\\])*)\]?|"(?<quoted>(?:\\.|[^"\\])*)"?|(?<operator>[|%!<>@,;:.)\]])|(?<atom>(?:\\.|[^\s\\()<>@,;:".[\]|%!])+)/gsu;

/**
 * Reads the tokens of an RFC 822 address. Comments are left out; what isn't closed is read to the end.
 * @see RFC 822 §3.3; Postfix's tok822(3)
 */
export function scanAddress(text: string): readonly AddressToken[] {
  const tokens: AddressToken[] = [];
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const { comment, literal, quoted, operator, atom } = match.groups ?? {};
    const place = { start: match.index, end: token.lastIndex };
    if (comment !== undefined) token.lastIndex = findCommentEnd(text, token.lastIndex);
    else if (literal !== undefined) tokens.push({ kind: 'literal', value: `[${unescape(literal)}]`, ...place });
    else if (operator !== undefined) tokens.push({ kind: operator as Operator, value: operator, ...place });
    else tokens.push({ kind: 'word', value: unescape(quoted ?? atom ?? ''), ...place });
  }
  return tokens;
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/gsu, '$1');
}

/** Behind the `)` that closes the comment opened before `from`; comments nest. */
function findCommentEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
