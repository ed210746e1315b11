const LONGEST_NAME = 255;
const LONGEST_LABEL = 63;
const DOT = 0x2e;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;

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
    const code = name.charCodeAt(at);
    const isLast = at === name.length - 1;
    if (code === DOT) {
      if (labelLength === 0 || isLast) return 'misplaced delimiter';
      labelLength = 0;
    } else if (code === HYPHEN) {
      if (labelLength === 0 || isLast || name[at + 1] === '.') return 'misplaced hyphen';
      labelLength++;
    } else if (isWordCode(code)) {
      if (++labelLength > LONGEST_LABEL) return 'hostname label too long';
    } else {
      return `invalid character ${code}(decimal)`;
    }
  }
  return /^[0-9.]+$/.test(name) ? 'numeric hostname' : undefined;
}

/** A letter, a digit, or an underscore. */
function isWordCode(code: number): boolean {
  const small = code | 0x20;
  return (small >= 0x61 && small <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === UNDERSCORE;
}
