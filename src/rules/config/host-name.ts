const LONGEST_NAME = 255;
const LONGEST_LABEL = 63;

/**
 * What is wrong with `name` as a host name, in Postfix's words, the first fault from the left; undefined if nothing is.
 * Underscores are let in, as in Postfix.
 * @see RFC 1035 §2.3.1; Postfix's valid_hostname(3)
 */
export function findHostNameFault(name: string): string | undefined {
  if (name === '') return 'empty hostname';
  if (name.length > LONGEST_NAME) return 'bad length';
  let labelLength = 0;
  for (let at = 0; at < name.length; at++) {
    const char = name.charAt(at);
    const isLast = at === name.length - 1;
    if (char === '.') {
      if (labelLength === 0 || isLast) return 'misplaced delimiter';
      labelLength = 0;
    } else if (char === '-') {
      if (labelLength === 0 || isLast || name[at + 1] === '.') return 'misplaced hyphen';
      labelLength++;
    } else if (/[A-Za-z0-9_]/.test(char)) {
      if (++labelLength > LONGEST_LABEL) return 'hostname label too long';
    } else {
      return `invalid character ${char.charCodeAt(0)}(decimal)`;
    }
  }
  return /^[0-9.]+$/.test(name) ? 'numeric hostname' : undefined;
}
