import type { Octets } from '../octets.ts';

/** An enhanced status code (RFC 3463), and the text behind it. */
export interface CodedText {
  readonly code: string;
  readonly text: Octets;
}

/**
 * Takes the enhanced status code off a text that may begin with one.
 * @param fallback the code of a text without one
 * @see Postfix's dsn_split(3)
 */
export function splitEnhancedCode(text: Octets, fallback: string): CodedText {
  const match = /^\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)\s*/.exec(text);
  if (match?.[1] === undefined) return { code: fallback, text: text.trimStart() };
  return { code: match[1], text: text.slice(match[0].length) };
}

/** Whether a text begins with an enhanced status code. */
export function hasEnhancedCode(text: Octets): boolean {
  return /^[245]\.\d{1,3}\.\d{1,3}(?!\S)/.test(text);
}

/**
 * A code about an address, made to fit what is refused: of a sender's address, of a recipient's, or of no address at
 * all. Its first digit doesn't count: the reply's code decides it later.
 * @param subject what is refused: `Sender address`
 * @see Postfix's smtpd_dsn_fix(3)
 */
export function fitEnhancedCode(code: string, subject: string): string {
  if (!/^\d\.1\./.test(code)) return code;
  const detail = code.slice(4);
  if (subject === 'Sender address') return `4.1.${SENDER_DETAILS.get(detail) ?? '0'}`;
  if (subject === 'Recipient address') return `4.1.${RECIPIENT_DETAILS.get(detail) ?? '0'}`;
  return '4.0.0';
}

const SENDER_DETAILS: ReadonlyMap<string, string> = new Map([
  ...['1', '3', '4', '6', '7'].map((detail) => [detail, '7'] as const),
  ...['2', '8'].map((detail) => [detail, '8'] as const),
]);

const RECIPIENT_DETAILS: ReadonlyMap<string, string> = new Map([
  ...['1', '2', '3', '4', '5', '6'].map((detail) => [detail, detail] as const),
  ['7', '3'],
  ['8', '2'],
]);
