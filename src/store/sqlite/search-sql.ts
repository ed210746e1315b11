import { DOCUMENT_FIELDS, textFields } from '../match.ts';
import type { Query } from '../query.ts';
import { foldText, toEnvelopeNeedle, type SearchDocument } from '../search-text.ts';
import type { SqlValue } from './connection.ts';
import { columnOf, PIECE_BITS, PIECE_OVERLAP } from './search-index.ts';

/** A condition on the messages `m`, with its values. It agrees with `matchesQuery` for messages that are indexed. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** It asks the index: for messages that aren't indexed it says nothing. */
  readonly usesIndex: boolean;
}

/** Longer terms are looked for in parts of so many characters; each must be in the message. */
const MAX_PART = PIECE_OVERLAP / 2;

/** A query as SQL. */
export function toCondition(query: Query): Condition {
  switch (query.kind) {
    case 'and':
      return join(query.terms.map(toCondition), ' AND ', '1');
    case 'or':
      return join(query.terms.map(toCondition), ' OR ', '0');
    case 'not': {
      const { sql, ...rest } = toCondition(query.term);
      return { sql: `NOT (${sql})`, ...rest };
    }
    case 'text':
      return contains(textFields(query.text), foldText(query.text));
    case 'field':
      return contains(DOCUMENT_FIELDS[query.field], foldText(query.text));
    case 'envelope':
      return contains([query.side === 'from' ? 'envelopeFrom' : 'envelopeTo'], toEnvelopeNeedle(query.address));
    case 'tag':
      return plain('m.seq IN (SELECT seq FROM tags WHERE folded = ?)', foldText(query.tag));
    case 'verdict':
      return plain('coalesce(m.verdict ->> ?, 0) > 0', `$.counts.${query.status}`);
    case 'via':
      return plain("EXISTS (SELECT 1 FROM json_each(m.verdict, '$.via') WHERE value = ?)", foldText(query.name));
    case 'rule':
      return plain(
        "EXISTS (SELECT 1 FROM json_each(m.verdict, '$.rules') WHERE instr(value, ?) > 0)",
        foldText(query.text),
      );
    case 'read':
      return plain('m.read = ?', query.read ? 1 : 0);
    case 'tagged':
      return plain('m.tags IS NOT NULL');
    case 'has':
      return plain(query.what === 'attachment' ? 'm.attachments > 0' : 'm.inlines > 0');
    case 'before':
      return plain('m.received_ms < ?', query.timeMs);
    case 'after':
      return plain('m.received_ms >= ?', query.timeMs);
    case 'larger':
      return plain('m.size > ?', query.sizeBytes);
    case 'smaller':
      return plain('m.size < ?', query.sizeBytes);
    case 'upto':
      return plain('m.seq <= ?', query.seq);
  }
}

function contains(fields: readonly (keyof SearchDocument)[], needle: string): Condition {
  const characters = Array.from(needle);
  if (characters.length === 0) return plain('1');
  if (characters.length === 1) return { ...oneCharacter(fields, needle), usesIndex: true };
  if (characters.length === 2) return { ...twoCharacters(fields, needle), usesIndex: true };
  const parts: Condition[] = [];
  for (let start = 0; start < characters.length; start += MAX_PART) {
    // The last part may be too short to be looked for by itself: it begins earlier.
    const from = Math.max(0, Math.min(start, characters.length - 3));
    parts.push(phrase(fields, characters.slice(from, start + MAX_PART).join('')));
  }
  return join(parts, ' AND ', '1');
}

/** No trigram begins with it alone; header texts are few and short enough to be read. */
function oneCharacter(fields: readonly (keyof SearchDocument)[], needle: string): Omit<Condition, 'usesIndex'> {
  const tests = fields.map((field) => `instr(${columnOf(field)}, ?) > 0`);
  return {
    sql: `m.seq IN (SELECT seq FROM idx.heads WHERE ${tests.join(' OR ')})`,
    values: fields.map(() => needle),
  };
}

/** Every trigram that begins with the two. Texts end in two more characters, so that none is missed at an end. */
function twoCharacters(fields: readonly (keyof SearchDocument)[], needle: string): Omit<Condition, 'usesIndex'> {
  return {
    sql: `m.seq IN (SELECT doc >> ${PIECE_BITS} FROM idx.terms WHERE term >= ? AND term < ? AND col IN (${marks(fields)}))`,
    values: [needle, `${needle}\u{10ffff}`, ...fields.map(columnOf)],
  };
}

function phrase(fields: readonly (keyof SearchDocument)[], needle: string): Condition {
  const columns = fields.map(columnOf).join(' ');
  return {
    sql: `m.seq IN (SELECT rowid >> ${PIECE_BITS} FROM idx.texts WHERE texts MATCH ?)`,
    values: [`{${columns}} : "${needle.replaceAll('"', '""')}"`],
    usesIndex: true,
  };
}

function marks(list: readonly unknown[]): string {
  return list.map(() => '?').join(', ');
}

function plain(sql: string, ...values: readonly SqlValue[]): Condition {
  return { sql, values, usesIndex: false };
}

function join(conditions: readonly Condition[], by: ' AND ' | ' OR ', none: '0' | '1'): Condition {
  return {
    sql: conditions.length === 0 ? none : conditions.map(({ sql }) => `(${sql})`).join(by),
    values: conditions.flatMap(({ values }) => values),
    usesIndex: conditions.some(({ usesIndex }) => usesIndex),
  };
}
