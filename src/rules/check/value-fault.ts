import { findHostNameFault } from '../config/host-name.ts';
import type { PostfixParameter } from '../config/postfix-parameters.ts';
import type { Octets } from '../octets.ts';

/** What is wrong with a value, in Postfix's words after `fatal: `, and how to write it. */
export interface ValueFault {
  readonly problem: Octets;
  readonly hint: string;
}

const GREATEST_INTEGER = 2 ** 31 - 1;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const TLS_LEVELS = ['none', 'may', 'encrypt', 'dane', 'dane-only', 'fingerprint', 'verify', 'secure'];

/**
 * Looks at a value as Postfix's programs do when they start.
 * @param text `$name` expanded
 * @param file main.cf, as messages name it
 * @see postconf(5); Postfix's mail_conf_int(3), mail_conf_time(3), mail_conf_str(3), mail_params(3)
 */
export function findValueFault(parameter: PostfixParameter, text: Octets, file: Octets): ValueFault | undefined {
  const { name } = parameter;
  switch (parameter.type) {
    case 'boolean':
      if (/^(?:yes|no)$/i.test(text)) return undefined;
      return { problem: `bad boolean configuration: ${name} = ${text}`, hint: `write ${name} = ${toBoolean(text)}` };
    case 'integer':
    case 'long integer':
      return findNumberFault(parameter, text);
    case 'time':
      return findTimeFault(parameter, text);
    case 'string':
    case 'raw string':
      return findLengthFault(parameter, text) ?? findTextFault(name, text, file);
  }
}

function findNumberFault({ name, type, min, max }: PostfixParameter, text: Octets): ValueFault | undefined {
  const hint = `write a whole number${describeRange(min, max)}, without a unit`;
  const value = /^[ \t]*[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
  const greatest = type === 'integer' ? GREATEST_INTEGER : Number.MAX_SAFE_INTEGER;
  if (!(Math.abs(value) <= greatest)) return { problem: `bad numerical configuration: ${name} = ${text}`, hint };
  if (min !== undefined && value < min) return { problem: `invalid ${name} parameter value ${value} < ${min}`, hint };
  if (max !== undefined && value > max) return { problem: `invalid ${name} parameter value ${value} > ${max}`, hint };
  return undefined;
}

function findTimeFault({ name, unit = 's', min, max }: PostfixParameter, text: Octets): ValueFault | undefined {
  const hint = `write one whole number with a unit of s, m, h, d or w: ${name} = 30${unit}`;
  // QUIRK: what follows the unit is ignored, and a bare unit is 0.
  const [matched, digits = '', given = unit] = /^[ \t]*\+?([0-9]*)([smhdw])?/.exec(text) ?? [];
  const isNone = text === '' || matched === '' || (matched !== text && !/[smhdw]$/.test(matched ?? ''));
  const seconds = Number(digits) * (SECONDS[given] ?? 1);
  if (isNone || seconds > GREATEST_INTEGER) {
    return { problem: `parameter ${name}: bad time value or unit: ${text}`, hint };
  }
  if (min !== undefined && seconds < min) return { problem: `invalid ${name}: ${seconds} (min ${min})`, hint };
  if (max !== undefined && seconds > max) return { problem: `invalid ${name}: ${seconds} (max ${max})`, hint };
  return undefined;
}

function findLengthFault({ name, min = 0, max = Infinity }: PostfixParameter, text: Octets): ValueFault | undefined {
  const { length } = text;
  const words = (bound: string): string => `bad string length ${length} ${bound}: ${name} = ${text}`;
  if (length < min) return { problem: words(`< ${min}`), hint: `write a value after ${name} =, or take the line out` };
  if (length > max) return { problem: words(`> ${max}`), hint: `write at most ${max} octets` };
  return undefined;
}

function findTextFault(name: Octets, text: Octets, file: Octets): ValueFault | undefined {
  if (name === 'myhostname' || name === 'mydomain') {
    const fault = findHostNameFault(text);
    const hint = `write a name of letters, digits, dots and hyphens: ${name} = ${name === 'mydomain' ? '' : 'mail.'}example.com`;
    return fault === undefined
      ? undefined
      : { problem: `file ${file}: parameter ${name}: bad parameter value: ${text}`, hint };
  }
  if (name === 'smtpd_tls_security_level' && text !== '' && !TLS_LEVELS.includes(text.toLowerCase())) {
    return { problem: `Invalid TLS level "${text}"`, hint: `write ${name} = may, or encrypt, or none` };
  }
  return undefined;
}

/** What was most likely meant. */
function toBoolean(text: Octets): string {
  if (/^(?:true|on|1|y|enabled?)\b/i.test(text)) return 'yes';
  if (/^(?:false|off|0|n|disabled?)\b/i.test(text)) return 'no';
  return 'yes or no';
}

function describeRange(min: number | undefined, max: number | undefined): string {
  if (max !== undefined) return ` from ${min ?? 0} to ${max}`;
  return min === undefined ? '' : `, ${min} or more`;
}
