/**
 * What is wrong with `name` as a host name, in Postfix's words; undefined if nothing is. Underscores are let in, as in
 * Postfix.
 * @see RFC 1035 §2.3.1; Postfix's valid_hostname(3)
 */
export function findHostNameFault(name: string): string | undefined {
  if (name === '') return 'empty hostname';
  if (name.length > 255) return 'bad length';
  const odd = /[^A-Za-z0-9_.-]/u.exec(name);
  if (odd) return `invalid character "${odd[0]}"`;
  const labels = name.split('.');
  if (labels.includes('')) return 'misplaced delimiter';
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-'))) return 'misplaced hyphen';
  if (labels.some((label) => label.length > 63)) return 'hostname label too long';
  if (/^[0-9.]+$/.test(name)) return 'numeric hostname';
  return undefined;
}
