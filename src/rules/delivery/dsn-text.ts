import type { Octets } from '../octets.ts';

/** A text with the status code before it taken off. */
export interface DsnText {
  /** `5.1.1`. */
  readonly dsn: string;
  readonly text: Octets;
}

const LEADING_CODE = /^[ \t\r\n\v\f]*([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[ \t\r\n\v\f]+|$)/;

/**
 * Splits `5.1.1 User unknown` into code and text.
 * @param otherwise the code of a text without one
 * @see RFC 3463; Postfix's dsn_split(3)
 */
export function splitDsn(text: Octets, otherwise: string): DsnText {
  const [whole, dsn] = LEADING_CODE.exec(text) ?? [];
  if (whole === undefined || dsn === undefined) return { dsn: otherwise, text: text.replace(/^[ \t\r\n\v\f]+/, '') };
  return { dsn, text: text.slice(whole.length) };
}
