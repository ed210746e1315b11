// What a message's text is compared as: its header fields, and the text in which what varies is replaced.
// @see headers and full_norm in oracle/pforacle.py
import type { WrittenTime } from '../normalise.ts';
import { toRegExp } from '../python/regexp.ts';
import { decodeText } from '../python/text.ts';

/** A header field: name and value; what isn't one is a value without a name. */
export type Field = readonly [name: string, value: string];

const BOUNDARY = toRegExp(String.raw`[\w<>]+\.\d{10}/[\w.]+(?:-\w[\w.]*)*`, 'g');
const MESSAGE_ID_TIME = toRegExp(String.raw`<\d{14}\.`, 'g');
const DATE = toRegExp(String.raw`\b\w{3}, +\d+ \w{3} (?!1999)\d{4} [\d:]+ [+-]\d{4} \(\w+\)`, 'g');
const LATER_BOUNDARY = toRegExp(String.raw`<Q\d+>\.\d{10}/`, 'g');

/** Lines end with LF, and octets that aren't UTF-8 are kept apart. */
export function toMailText(octets: Uint8Array): string {
  return decodeText(octets).replaceAll('\r\n', '\n');
}

/** A text in which dates, and what Postfix makes of the time, are replaced; queue IDs already are. */
export function normaliseMail(text: string): string {
  return text
    .replace(BOUNDARY, '<BOUNDARY>')
    .replace(MESSAGE_ID_TIME, '<<TIME>.')
    .replace(DATE, '<DATE>')
    .replace(LATER_BOUNDARY, '<BOUNDARY>/');
}

/** The times that {@link normaliseMail} replaces. */
export function findMailTimes(text: string): readonly WrittenTime[] {
  const dates = [...text.matchAll(DATE)].map(([written]) => ({ written, at: Date.parse(written) }));
  const ids = [...text.matchAll(MESSAGE_ID_TIME)].map(([written]) => ({
    written,
    at: Date.parse(written.replace(/^<(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.$/, '$1-$2-$3T$4:$5:$6Z')),
  }));
  return [...dates, ...ids];
}

/**
 * The fields of a message's header, in their order, without `Received`.
 * @param head all before the first empty line
 * @param hideIds puts `<Q1>` for a queue ID
 */
export function listFields(head: string, hideIds: (text: string) => string): readonly Field[] {
  const fields: { name: string; value: string }[] = [];
  for (const line of head.split('\n')) {
    const last = fields.at(-1);
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line) && last !== undefined) last.value += `\n${line}`;
    else if (colon >= 0) fields.push({ name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') });
    else if (line === '') break;
    else fields.push({ name: '', value: line });
  }
  return fields
    .filter(({ name }) => name !== 'Received')
    .map(({ name, value }) => [name, normaliseField(name, hideIds(value))]);
}

function normaliseField(name: string, value: string): string {
  switch (name) {
    case 'Date':
    case 'Resent-Date':
      return value.includes('1999') ? value : '<DATE>';
    case 'Message-Id':
    case 'Resent-Message-Id':
    case 'References':
    case 'In-Reply-To':
      return value.replace(MESSAGE_ID_TIME, '<<TIME>.');
    case 'Content-Type':
      return value.replace(/boundary="[^"]*"/g, 'boundary="<BOUNDARY>"');
    default:
      return value;
  }
}

/** All before the first empty line, and all behind it. */
export function splitMail(text: string): { readonly head: string; readonly body: string } {
  const end = text.indexOf('\n\n');
  return end < 0 ? { head: text, body: '' } : { head: text.slice(0, end), body: text.slice(end + 2) };
}
