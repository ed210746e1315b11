import type { SourceLocation } from '../config/config-error.ts';
import type { Octets } from '../octets.ts';
import { LookupError, type LookupTable, type TableHit } from '../tables/lookup-table.ts';
import type { CheckWorld } from './check-world.ts';

/** Tables of more than these get no more findings of one kind: whoever has so many alike has seen it. */
export const MOST_OF_A_TABLE = 10;

/** Counts findings of one cause. @returns whether one more of the cause says something new */
export function openLimit(): (cause: Octets) => boolean {
  const counts = new Map<Octets, number>();
  return (cause) => {
    const count = (counts.get(cause) ?? 0) + 1;
    counts.set(cause, count);
    return count <= MOST_OF_A_TABLE;
  };
}

/** Every entry of a table; none if it can't list them, or is broken, which has been reported when it was opened. */
export function* listEntries(table: LookupTable): Generator<TableHit> {
  try {
    yield* table.entries?.() ?? [];
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
  }
}

/** Every answer of a table, those of patterns as they are written: `$1` to the letter. None if it can't list them. */
export function* listAnswers(table: LookupTable): Generator<TableHit> {
  yield* listEntries(table);
  yield* table.rules?.() ?? [];
}

/** A table's answer, and the parameter that asks for it. */
export interface Answer extends TableHit {
  readonly parameter: Octets;
  /** The table. */
  readonly spec: Octets;
  /** Whether it may become another text: a pattern puts its groups in. */
  readonly isOpen: boolean;
}

/**
 * Every answer of the tables that certain parameters name, in main.cf and in master.cf; of a table that a parameter
 * names twice once.
 */
export function* listAnswersFor(
  { tables }: Pick<CheckWorld, 'tables'>,
  parameters: ReadonlySet<Octets>,
): Generator<Answer> {
  const seen = new Set<Octets>();
  for (const { parameter, spec, table } of tables) {
    const naming = `${parameter} ${spec}`;
    if (!parameters.has(parameter) || seen.has(naming)) continue;
    seen.add(naming);
    for (const hit of listAnswers(table)) {
      const { key, value, source } = hit;
      yield { key, value, source, parameter, spec, isOpen: isOpenAnswer(hit, table) };
    }
  }
}

/** Whether a pattern puts its groups into an answer. */
export function isOpenAnswer({ value }: TableHit, { kind }: LookupTable): boolean {
  return kind === 'pattern' && /\$[0-9]/.test(value);
}

/** Where the answer stands in its line, or the part of it that is meant; the whole line if it goes on in another. */
export function placeOfAnswer(
  { source, value }: TableHit,
  { readFile }: Pick<CheckWorld, 'readFile'>,
  part: Octets = value,
): SourceLocation {
  if (source.line === undefined || source.column !== undefined) return source;
  const file = readFile(source.file);
  const line = 'text' in file ? findLine(file.text, source.line) : '';
  const start = line.lastIndexOf(value);
  return start < 0 || value === '' ? source : { ...source, column: start + Math.max(0, value.indexOf(part)) + 1 };
}

function findLine(text: Octets, number: number): Octets {
  let start = 0;
  for (let line = 1; line < number; line++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return '';
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}
