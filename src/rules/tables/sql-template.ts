import type { Octets } from '../octets.ts';

/** A query and a result format, read together: what the result format asks of the key also decides whether to query. */
export interface SqlTemplates {
  readonly query: Octets;
  readonly resultFormat: Octets;
  readonly needs: Needs;
}

/** What a key or a result must have to be used. */
interface Needs {
  readonly keyUser: boolean;
  readonly keyDomain: boolean;
  readonly valueUser: boolean;
  readonly valueDomain: boolean;
  /** So many labels of the key's domain. */
  readonly labels: number;
}

const PLACEHOLDER = /%(?<letter>.?)/gs;

/**
 * Reads both templates.
 * @returns which one is wrong, if one is
 * @see Postfix's db_common(3), db_common_parse
 */
export function parseSqlTemplates(
  query: Octets,
  resultFormat: Octets,
): SqlTemplates | { readonly invalid: 'query' | 'result' } {
  const inQuery = lettersOf(query);
  const inResult = lettersOf(resultFormat);
  if (!inQuery.every(isPlaceholder)) return { invalid: 'query' };
  if (!inResult.every(isPlaceholder)) return { invalid: 'result' };
  // In a query the key is the value.
  const ofKey = [...inQuery.map((letter) => letter.toUpperCase()), ...inResult];
  const labels = ofKey.filter((letter) => /[1-9]/.test(letter)).map(Number);
  const needs = {
    keyUser: ofKey.includes('U'),
    keyDomain: ofKey.includes('D') || labels.length > 0,
    valueUser: inResult.includes('u'),
    valueDomain: inResult.includes('d'),
    labels: Math.max(0, ...labels),
  };
  return { query, resultFormat, needs };
}

/**
 * The query for a key.
 * @param quote makes a part of the key harmless between single quotes
 * @returns undefined if the key lacks a part that the templates ask for: then nothing is queried
 * @see Postfix's db_common(3), db_common_expand
 */
export function expandQuery(
  { query, needs }: SqlTemplates,
  key: Octets,
  quote: (part: Octets) => Octets,
): Octets | undefined {
  if (key === '' || lacks(key, needs.keyUser, needs.keyDomain) || lacksLabels(key, needs)) return undefined;
  return fill(query, key, { value: key, quote });
}

/**
 * What one result adds to the answer.
 * @returns undefined if the result is empty, or lacks a part that the format asks for: then it is skipped
 */
export function expandResult({ resultFormat, needs }: SqlTemplates, value: Octets, key: Octets): Octets | undefined {
  if (value === '' || lacks(value, needs.valueUser, needs.valueDomain) || lacksLabels(key, needs)) return undefined;
  return fill(resultFormat, key, { value, quote: (part) => part });
}

function lettersOf(template: Octets): readonly string[] {
  return Array.from(template.matchAll(PLACEHOLDER), (match) => match.groups?.['letter'] ?? '');
}

function isPlaceholder(letter: string): boolean {
  return /^[%sudSUD1-9]$/.test(letter);
}

/** Whether an address lacks a local part or a domain that it needs. Without `@` it has no local part to lack. */
function lacks(address: Octets, needsUser: boolean, needsDomain: boolean): boolean {
  const at = address.lastIndexOf('@');
  return (needsDomain && (at < 0 || at === address.length - 1)) || (needsUser && at === 0);
}

function lacksLabels(key: Octets, { labels }: Needs): boolean {
  return labels > 0 && labelsOf(key).length < labels;
}

/** From the most significant: of `mail.example.com`, `com` is the first. */
function labelsOf(key: Octets): readonly Octets[] {
  return domainOf(key)
    .split('.')
    .filter((label) => label !== '')
    .reverse();
}

function userOf(address: Octets): Octets {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, at);
}

function domainOf(address: Octets): Octets {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** @param options.value what the small letters stand for */
function fill(
  template: Octets,
  key: Octets,
  { value, quote }: { readonly value: Octets; readonly quote: (part: Octets) => Octets },
): Octets {
  return template.replace(PLACEHOLDER, (_, letter: string) => {
    switch (letter) {
      case 's':
        return quote(value);
      case 'u':
        return quote(userOf(value));
      case 'd':
        return quote(domainOf(value));
      case 'S':
        return quote(key);
      case 'U':
        return quote(userOf(key));
      case 'D':
        return quote(domainOf(key));
      case '%':
        return '%';
      default:
        return quote(labelsOf(key)[Number(letter) - 1] ?? '');
    }
  });
}
