import type { Envelope, EnvelopeRecipient, Notify } from '../envelope.ts';
import type { CommandWord } from './command-line.ts';
import { readVerpDelimiters, type VerpOptions } from './verp.ts';
import { decodeXtext } from './xtext.ts';

/** What MAIL may say of a message beside its reverse-path. */
export type MailParameters = Pick<
  Envelope,
  'body' | 'smtputf8' | 'ret' | 'envid' | 'verp' | 'auth' | 'declaredSizeBytes'
>;

/** What RCPT may say of a recipient beside its forward-path. */
export type RcptParameters = Pick<EnvelopeRecipient, 'notify' | 'orcpt'>;

/** Either what was parsed, or Postfix's reply to what can't be. */
export type Parsed<T> = { readonly value: T } | { readonly refusal: string };

/** What a listener takes. */
export interface ParameterOptions {
  /**
   * Whether notifications may be asked for: smtpd_discard_ehlo_keywords doesn't have `dsn`.
   * @default true
   */
  readonly hasDsn?: boolean;
}

const NO_DSN = { refusal: '501 5.7.1 DSN support is disabled' } as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * SMTPUTF8 among the parameters, as sent. The path is judged by it, though it stands before.
 * @see RFC 6531 §3.4
 */
export function findSmtputf8(words: readonly CommandWord[]): CommandWord | undefined {
  return words.find((word) => word.text.toUpperCase() === 'SMTPUTF8');
}

/**
 * Parses the parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461), AUTH
 * (RFC 4954), Postfix's XVERP. Values are kept as sent. The first mistake is answered, in Postfix's words.
 * @param words what follows the path
 * @param options.sizeLimitBytes message_size_limit; 0 for none
 * @param options.verp without it XVERP isn't known
 */
export function parseMailParameters(
  words: readonly CommandWord[],
  {
    sizeLimitBytes,
    hasDsn = true,
    verp,
  }: ParameterOptions & { readonly sizeLimitBytes: number; readonly verp?: VerpOptions | undefined },
): Parsed<MailParameters> {
  const parameters: Mutable<MailParameters> = { smtputf8: false };
  for (const { text } of words) {
    const [keyword, value] = splitParameter(text);
    switch (keyword) {
      case 'BODY': {
        const body = value?.toUpperCase();
        if (body !== '7BIT' && body !== '8BITMIME') return unsupported(text);
        parameters.body = body;
        break;
      }
      case 'SIZE': {
        if (!/^\d+$/.test(value ?? '')) return { refusal: '501 5.5.4 Bad message size syntax' };
        const size = BigInt(value ?? 0);
        if (size > GREATEST_OFFSET) {
          return { refusal: '552 5.3.4 Message size exceeds file system imposed limit' };
        }
        parameters.declaredSizeBytes = Number(size);
        break;
      }
      case 'SMTPUTF8':
        if (value !== undefined) return unsupported(text);
        parameters.smtputf8 = true;
        break;
      case 'RET': {
        if (!hasDsn && value !== undefined) return NO_DSN;
        const ret = value?.toUpperCase();
        if (parameters.ret !== undefined || (ret !== 'FULL' && ret !== 'HDRS')) {
          return value === undefined ? unsupported(text) : { refusal: '501 5.5.4 Bad RET parameter syntax' };
        }
        parameters.ret = ret;
        break;
      }
      case 'ENVID': {
        if (value === undefined) return unsupported(text);
        if (!hasDsn) return NO_DSN;
        const decoded = decodeXtext(value);
        if (parameters.envid !== undefined || decoded === undefined || !/^[ -~]+$/.test(decoded)) {
          return { refusal: '501 5.5.4 Bad ENVID parameter syntax' };
        }
        parameters.envid = value;
        break;
      }
      case 'XVERP': {
        if (verp === undefined) return unsupported(text);
        const delimiters = readVerpDelimiters(value, verp);
        if (delimiters === undefined) {
          return { refusal: `501 5.5.4 Error: XVERP needs two characters from ${verp.filter}` };
        }
        parameters.verp = delimiters;
        break;
      }
      case 'AUTH':
        if (value === undefined) return unsupported(text);
        // QUIRK: `<>` may be said any number of times.
        if (parameters.auth !== undefined && parameters.auth !== '<>')
          return { refusal: '503 5.5.4 Error: multiple AUTH= options' };
        parameters.auth = value;
        break;
      default:
        return unsupported(text);
    }
  }
  if (sizeLimitBytes > 0 && (parameters.declaredSizeBytes ?? 0) > sizeLimitBytes) {
    return { refusal: '552 5.3.4 Message size exceeds fixed limit' };
  }
  return { value: parameters };
}

/**
 * Parses the parameters of RCPT: NOTIFY and ORCPT (RFC 3461 §4.1, §4.2). Values are kept as sent. The first mistake is
 * answered, in Postfix's words.
 * @param words what follows the path
 */
export function parseRcptParameters(
  words: readonly CommandWord[],
  { hasDsn = true }: ParameterOptions = {},
): Parsed<RcptParameters> {
  const parameters: Mutable<RcptParameters> = {};
  for (const { text } of words) {
    const [keyword, value] = splitParameter(text);
    if (!hasDsn && (keyword === 'NOTIFY' || keyword === 'ORCPT') && value !== undefined) return NO_DSN;
    if (keyword === 'NOTIFY' && value !== undefined) {
      const notify = parseNotify(value);
      if (parameters.notify !== undefined || notify === undefined) {
        return { refusal: '501 5.5.4 Error: Bad NOTIFY parameter syntax' };
      }
      parameters.notify = notify;
    } else if (keyword === 'ORCPT' && value !== undefined) {
      const separator = value.indexOf(';');
      if (parameters.orcpt !== undefined || separator < 1 || decodeXtext(value.slice(separator + 1)) === undefined) {
        return { refusal: '501 5.5.4 Error: Bad ORCPT parameter syntax' };
      }
      parameters.orcpt = value;
    } else {
      return unsupported(text);
    }
  }
  return { value: parameters };
}

/** off_t's greatest value. */
const GREATEST_OFFSET = 2n ** 63n - 1n;

function splitParameter(text: string): readonly [string, string | undefined] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text.toUpperCase(), undefined] : [text.slice(0, equals).toUpperCase(), text.slice(equals + 1)];
}

function unsupported(text: string): { readonly refusal: string } {
  return { refusal: `555 5.5.4 Unsupported option: ${text}` };
}

function parseNotify(value: string): readonly Notify[] | undefined {
  const conditions = value.toUpperCase().split(',');
  if (!conditions.every(isNotify) || (conditions.length > 1 && conditions.includes('NEVER'))) return undefined;
  return conditions;
}

function isNotify(text: string): text is Notify {
  return text === 'NEVER' || text === 'SUCCESS' || text === 'FAILURE' || text === 'DELAY';
}
