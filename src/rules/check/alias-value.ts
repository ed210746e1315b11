import type { Octets } from '../octets.ts';
import { internalize, scanAliasTokens, type AliasToken } from '../tables/alias-tokens.ts';

/** One of the destinations of an alias. */
export interface AliasTarget {
  /** `name`: somebody of this machine. `address`: with a domain. */
  readonly kind: 'name' | 'address' | 'command' | 'file' | 'include';
  /** Without `|` and `:include:`. */
  readonly text: Octets;
}

/** Takes the right-hand side of an alias apart, or a line of an :include: file. @see aliases(5) */
export function parseAliasValue(value: Octets): readonly AliasTarget[] {
  const targets: AliasTarget[] = [];
  let tokens: AliasToken[] = [];
  const close = (): void => {
    const text = internalize(tokens.filter(({ kind }) => kind !== 'comment')).trim();
    if (text !== '') targets.push(toTarget(text));
    tokens = [];
  };
  for (const token of scanAliasTokens(value)) {
    if (token.kind === 'operator' && token.text === ',') close();
    else tokens.push(token);
  }
  close();
  return targets;
}

function toTarget(text: Octets): AliasTarget {
  if (text.startsWith('|')) return { kind: 'command', text: text.slice(1).trim() };
  if (text.startsWith('/')) return { kind: 'file', text };
  const include = /^:include:(.*)$/is.exec(text)?.[1];
  if (include !== undefined) return { kind: 'include', text: include.trim() };
  const name = text.replace(/^\\/, '');
  return { kind: name.includes('@') ? 'address' : 'name', text: name };
}
