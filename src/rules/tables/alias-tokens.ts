import type { Octets } from '../octets.ts';

/**
 * A piece of an alias line: `operator` is one of `|%!()<>@,;:".[]`. Comments are kept as written; of all else quotes and
 * backslashes are taken away.
 */
export interface AliasToken {
  readonly kind: 'atom' | 'quoted' | 'literal' | 'comment' | 'operator';
  readonly text: Octets;
}

const OPERATORS = '|%!()<>@,;:\\".[]';
const BLANKS = ' \t\r\n';

/** Splits a line of aliases(5) as RFC 822 does. @see Postfix's tok822_scan(3) */
export function scanAliasTokens(line: Octets): readonly AliasToken[] {
  const tokens: AliasToken[] = [];
  let index = 0;
  while (index < line.length) {
    const character = line.charAt(index);
    if (BLANKS.includes(character)) {
      index++;
      continue;
    }
    const scanned = scanToken(line, index);
    tokens.push(scanned.token);
    index = scanned.end;
  }
  return tokens;
}

/** Tokens as the address that local(8) looks up: without quotes. */
export function internalize(tokens: readonly AliasToken[]): Octets {
  return joinTokens(tokens, ({ kind, text }) => (kind === 'literal' ? `[${text}]` : text));
}

/** Tokens as they are written: quoted where they must be. */
export function externalize(tokens: readonly AliasToken[]): Octets {
  return joinTokens(tokens, ({ kind, text }) => {
    if (kind === 'quoted') return `"${text.replace(/["\\\r\n]/g, '\\$&')}"`;
    return kind === 'literal' ? `[${text.replace(/[\\\r\n]/g, '\\$&')}]` : text;
  });
}

interface Scanned {
  readonly token: AliasToken;
  readonly end: number;
}

function scanToken(line: Octets, start: number): Scanned {
  const character = line.charAt(start);
  if (character === '(') return scanComment(line, start);
  if (character === '[') return scanUntil(line, start + 1, 'literal', ']');
  if (character === '"') return scanUntil(line, start + 1, 'quoted', '"');
  if (character !== '\\' && OPERATORS.includes(character)) {
    return { token: { kind: 'operator', text: character }, end: start + 1 };
  }
  const { token, end } = collect(line, start, BLANKS + OPERATORS);
  // An escaped octet in it needs quotes when it is written again.

  const needsQuotes = /[ \x00-\x1f\x7f|%!()<>@,;:\\".[\]]/.test(token.text);
  return { token: needsQuotes ? { ...token, kind: 'quoted' } : token, end };
}

function scanUntil(line: Octets, start: number, kind: 'literal' | 'quoted', close: string): Scanned {
  const { token, end } = collect(line, start, close);
  return { token: { ...token, kind }, end: Math.min(end + 1, line.length) };
}

/** Reads on until one of `stops` that has no backslash before it. */
function collect(line: Octets, start: number, stops: string): Scanned {
  let text = '';
  let index = start;
  for (; index < line.length; index++) {
    let character = line.charAt(index);
    if (character === '\\') {
      if (++index === line.length) break;
      character = line.charAt(index);
    } else if (stops.includes(character)) {
      break;
    }
    text += BLANKS.includes(character) ? ' ' : character;
  }
  return { token: { kind: 'atom', text }, end: index };
}

/** Comments nest. */
function scanComment(line: Octets, start: number): Scanned {
  let level = 0;
  let index = start;
  for (; index < line.length; index++) {
    const character = line.charAt(index);
    if (character === '\\') index++;
    else if (character === '(') level++;
    else if (character === ')' && --level === 0) {
      index++;
      break;
    }
  }
  const end = Math.min(index, line.length);
  return { token: { kind: 'comment', text: line.slice(start, end) }, end };
}

function joinTokens(tokens: readonly AliasToken[], write: (token: AliasToken) => Octets): Octets {
  const parts = tokens.map((token, index) => {
    const next = tokens[index + 1];
    return next !== undefined && needsSpace(token, next) ? `${write(token)} ` : write(token);
  });
  return parts.join('');
}

function needsSpace(token: AliasToken, next: AliasToken): boolean {
  if (token.kind === 'operator' && token.text === ',') return true;
  if (next.kind === 'operator') return next.text === '<';
  return token.kind !== 'operator';
}
