import { measureHeaderName } from '../mime/known-headers.ts';
import type { Octets } from '../octets.ts';

/** The actions of header_checks, body_checks and their like. @see header_checks(5), "ACTIONS" */
export const CONTENT_ACTIONS = [
  'BCC',
  'DISCARD',
  'DUNNO',
  'FILTER',
  'HOLD',
  'IGNORE',
  'INFO',
  'OK',
  'PASS',
  'PREPEND',
  'REDIRECT',
  'REJECT',
  'REPLACE',
  'STRIP',
  'WARN',
] as const;

/** The name of an action. */
export type ContentActionName = (typeof CONTENT_ACTIONS)[number];

/** What a table of checks answers, taken apart. */
export interface ContentAction {
  /** undefined if there is no such action. */
  readonly action: ContentActionName | undefined;
  /** The action as written. */
  readonly word: Octets;
  /** What follows it. */
  readonly text: Octets;
}

/** Takes an answer apart: `REJECT no such thing here`. @see header_checks(5), "RESULT FORMAT" */
export function parseContentAction(value: Octets): ContentAction {
  const [, word = '', text = ''] = /^([^ \t]*)\s*(.*)$/s.exec(value) ?? [];
  const name = word.toUpperCase();
  return { action: CONTENT_ACTIONS.find((action) => action === name), word, text };
}

/** What is said of an answer that is no action. @param reader `cleanup`: cleanup(8) itself; the others know fewer */
export function toUnknownLine(value: Octets, parameter: Octets, reader: 'cleanup' | 'other'): Octets {
  return `${reader === 'cleanup' ? 'unknown' : 'unsupported'} command in ${parameter} map: ${value}`;
}

/** Why an action is left out, in Postfix's words; undefined if it isn't. */
export function findArgumentFault(
  action: ContentActionName,
  text: Octets,
  { parameter, context }: { readonly parameter: Octets; readonly context: 'header' | 'body' | 'content' },
): Octets | undefined {
  switch (action) {
    case 'FILTER':
      if (text === '') return `missing FILTER command argument in ${parameter} map`;
      return text.includes(':')
        ? undefined
        : `bad FILTER command ${text} in ${parameter} -- need transport:destination`;
    case 'REDIRECT':
      return text.includes('@') ? undefined : `bad REDIRECT target "${text}" in ${parameter} map -- need user@domain`;
    case 'BCC':
      return text.includes('@') ? undefined : `bad BCC address "${text}" in ${parameter} map -- need user@domain`;
    case 'PREPEND':
    case 'REPLACE':
      if (text === '') return `${action} action without text in ${parameter} map`;
      return context === 'body' || measureHeaderName(text) > 0
        ? undefined
        : `bad ${action} header text "${text}" in ${parameter} map -- need "headername: headervalue"`;
    default:
      return undefined;
  }
}

/** The status code that REJECT's text begins with. */
export interface RejectStatus {
  readonly code: Octets;
  /** What follows it. */
  readonly words: Octets;
  /** What Postfix says of a code that doesn't refuse; undefined if it does. */
  readonly fault: Octets | undefined;
}

/** The enhanced status code that REJECT's text begins with; undefined if it begins with none. */
export function findRejectStatus(text: Octets): RejectStatus | undefined {
  const { code, words = '' } = /^(?<code>[245]\.\d{1,3}\.\d{1,3})(?:\s+(?<words>.*)|$)/s.exec(text)?.groups ?? {};
  if (code === undefined) return undefined;
  return { code, words, fault: code.startsWith('2') ? `bad DSN action in ${text} -- need 4.x.x or 5.x.x` : undefined };
}
