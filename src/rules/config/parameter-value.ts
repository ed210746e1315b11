import { inspect } from 'node:util';
import { ConfigError, type SourceLocation } from './config-error.ts';
import { readFaultRules } from '../chaos/read-fault-rules.ts';
import { findHostNameFault } from './host-name.ts';
import type { ParameterName } from './parameters.ts';
import { GREATEST_INTEGER, parseSeconds } from './postfix-value.ts';
import { getParameter } from './spelling.ts';

/** A parameter's value as the program uses it: numbers are octets or ms. */
export type Value = boolean | number | string | readonly string[];

/** A value being read: which parameter, how the user spelled its name, and where. */
export interface Assignment {
  readonly name: ParameterName;
  /** `--smtp-port`, `POSTFIXTURE_SMTP_PORT`, `catch_smtp_port`, `smtpPort`. */
  readonly spelled: string;
  readonly at: SourceLocation;
}

/**
 * Reads a value as Postfix does, `$name` already expanded: `yes` or `no` in any case; whole numbers in decimal; times
 * with a unit of `s m h d w`, seconds without one; lists split at commas and white space.
 * @returns a time in ms
 * @throws {ConfigError} in Postfix's words
 * @see postconf(5)
 */
export function parseValue(assignment: Assignment, text: string): Value {
  const { name } = assignment;
  switch (getParameter(name).type) {
    case 'boolean':
      return parseBoolean(assignment, text);
    case 'integer':
      return within(assignment, parseNumber(assignment, text, GREATEST_INTEGER));
    case 'octets':
      return within(assignment, parseNumber(assignment, text, Number.MAX_SAFE_INTEGER));
    case 'time':
      return within(assignment, parseTime(assignment, text));
    case 'list':
      return checkList(assignment, Object.freeze(text.split(/[\s,]+/).filter((item) => item !== '')));
    case 'string':
      return checkString(assignment, text);
  }
}

/**
 * Takes a value that is no text: a library option's. Times are in ms.
 * @throws {ConfigError} if it isn't of the parameter's type, or out of its range
 */
export function convertValue(assignment: Assignment, value: unknown): Value {
  const { type } = getParameter(assignment.name);
  if (type === 'boolean' && typeof value === 'boolean') return value;
  if (type === 'list' && Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return checkList(assignment, Object.freeze([...value]));
  }
  if (typeof value === 'number' && Number.isFinite(value) && (type === 'time' || Number.isSafeInteger(value))) {
    if (type === 'integer' || type === 'octets' || type === 'time') return within(assignment, value);
  }
  throw new ConfigError(`bad value: ${assignment.spelled} = ${inspect(value)}`, assignment.at, {
    hint: hintFor(assignment),
  });
}

/** Writes a value as it would stand in main.cf. */
export function formatValue(name: ParameterName, value: Value): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return getParameter(name).type === 'time' ? `${value / 1000}s` : String(value);
  return typeof value === 'string' ? value : value.join(', ');
}

function parseBoolean(assignment: Assignment, text: string): boolean {
  const word = text.toLowerCase();
  if (word !== 'yes' && word !== 'no') {
    throw new ConfigError(`bad boolean configuration: ${assignment.spelled} = ${text}`, assignment.at, {
      hint: hintFor(assignment),
    });
  }
  return word === 'yes';
}

function parseNumber(assignment: Assignment, text: string, greatest: number): number {
  const value = /^[+-]?[0-9]+$/.test(text) ? Number(text) : NaN;
  if (!(Math.abs(value) <= greatest)) {
    throw new ConfigError(`bad numerical configuration: ${assignment.spelled} = ${text}`, assignment.at, {
      hint: hintFor(assignment),
    });
  }
  return value;
}

/** @returns ms */
function parseTime(assignment: Assignment, text: string): number {
  const parsed = parseSeconds(text, 's');
  // In a parameter of ours nothing is ignored: 1d12h as one day would lose mail.
  const isCut = assignment.name.startsWith('catch_') && (parsed?.ignored !== '' || !/^[+0-9]/.test(text));
  if (parsed === undefined || isCut) {
    throw new ConfigError(`parameter ${assignment.spelled}: bad time value or unit: ${text}`, assignment.at, {
      hint: hintFor(assignment),
    });
  }
  return parsed.seconds * 1000;
}

/** @param value a time in ms */
function within(assignment: Assignment, value: number): number {
  const { type, min = -Infinity, max = Infinity } = getParameter(assignment.name);
  const inUnits = type === 'time' ? value / 1000 : value;
  if (inUnits < min || inUnits > max) {
    const bound = inUnits < min ? `< ${min}` : `> ${max}`;
    const problem = `invalid ${assignment.spelled} parameter value ${inUnits} ${bound}`;
    throw new ConfigError(problem, assignment.at, { hint: hintFor(assignment) });
  }
  return value;
}

function checkList(assignment: Assignment, items: readonly string[]): readonly string[] {
  const { min = 0 } = getParameter(assignment.name);
  if (items.length < min) {
    throw new ConfigError(`bad value: ${assignment.spelled} is empty`, assignment.at, { hint: hintFor(assignment) });
  }
  return items;
}

function checkString(assignment: Assignment, text: string): string {
  const { name, spelled, at } = assignment;
  const { min = 0, values } = getParameter(name);
  if (text.length < min) {
    throw new ConfigError(`bad string length ${text.length} < ${min}: ${spelled} = ${text}`, at, {
      hint: hintFor(assignment),
    });
  }
  // main.cf can't hold these in a value; what is made of it (a greeting, a header, a path) can't either.
  if (/[\0\r\n]/.test(text)) {
    throw new ConfigError(`line break or NUL in ${spelled}`, at, { hint: 'write the value on one line' });
  }
  if (values !== undefined && !values.includes(text)) {
    throw new ConfigError(`bad value: ${spelled} = ${text}`, at, { hint: hintFor(assignment) });
  }
  if (name === 'catch_chaos') {
    const read = readFaultRules(text);
    if ('fault' in read) {
      throw new ConfigError(`bad value of ${spelled}: ${read.fault}`, at, {
        hint: 'docs/chaos.md has all that a rule can say',
      });
    }
  }
  if (name === 'myhostname') {
    const fault = findHostNameFault(text);
    if (fault !== undefined) {
      throw new ConfigError(`parameter ${spelled}: bad parameter value: ${text} (${fault})`, at, {
        hint: 'write a host name: mail.example.com',
      });
    }
  }
  return text;
}

/** What may be written, as an imperative. */
function hintFor({ name }: Assignment): string {
  const { type, min, max, values } = getParameter(name);
  const unit = type === 'octets' ? ' of octets' : '';
  switch (type) {
    case 'boolean':
      return 'write yes or no';
    case 'integer':
    case 'octets':
      if (max !== undefined) return `write a whole number${unit} from ${min ?? 0} to ${max}`;
      return `write a whole number${unit}, ${min ?? 0} or more`;
    case 'time':
      return 'write one whole number with a unit: 30s, 5m, 12h, 30d or 2w';
    case 'list':
      return min === undefined ? 'write items separated by commas' : 'write at least one item';
    case 'string':
      return values === undefined ? 'write a text that is not empty' : `write one of ${values.join(', ')}`;
  }
}
