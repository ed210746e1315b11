import type { ReportFinding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import type { EntryPlace } from './entry-index.ts';
import { isUtf8 } from './fold-key.ts';
import { warnOfLine, warnOfNonUtf8Line, warnOfStrayLine } from './line-warning.ts';
import { FILES_HINT, readNamedFiles, type NamingWorld } from './named-files.ts';
import { isSpaceAt, visitLogicalLines, type LogicalLine } from './table-text.ts';

/** How the text of a table is read. */
export interface MapTextOptions {
  /** For messages. */
  readonly file: string;
  /** Whether lines that aren't UTF-8 are left out. */
  readonly smtputf8: boolean;
  readonly report: ReportFinding;
  /** Finds out what a value stands for. */
  readonly files: NamingWorld;
  /** What messages say after a line without a value: texthash says ` -- ignoring this line`. */
  readonly ignored?: string;
}

/** What is neither white space, as isspace(3) of the C locale has it, nor quotes anything. */
const PLAIN = /[^\t-\r "\\]+/y;

const BACKSLASH = 92;
const QUOTE = 34;
const COLON = 58;

/**
 * Reads the text of a table as postmap does: `key white space value`. A key ends at the first white space that isn't
 * quoted; its quotes belong to it.
 * @param add is given each entry: its line, where it stands in the line's text, and its value if that isn't the text there
 * @see postmap(1), "TABLE FORMAT"
 */
export function readMapText(
  text: Octets,
  { file, smtputf8, report, files, ignored = '' }: MapTextOptions,
  add: (line: LogicalLine, place: EntryPlace, value: Octets | undefined) => void,
): void {
  const mayBeBroken = smtputf8 && !isUtf8(text);
  visitLogicalLines(
    text,
    (logical) => {
      const { text: source, start, end, line } = logical;
      const at = { file, line };
      if (mayBeBroken && !isUtf8(source.slice(start, end))) {
        warnOfNonUtf8Line(report, at, source.slice(start, end));
        return;
      }
      const keyEnd = findKeyEnd(source, start, end);
      if (keyEnd === undefined) {
        warnOfLine(report, {
          code: 'table-unbalanced-quote',
          at,
          problem: `unbalanced '"' in '${source.slice(start, end)}' -- ignoring this line`,
          hint: 'close the quote, or write \\" for a quote that is part of the key',
        });
        return;
      }
      const place = { keyStart: start, keyEnd, ...findValue(source, keyEnd, end) };
      if (place.valueStart === place.valueEnd) {
        warnOfLine(report, {
          code: 'table-no-value',
          at,
          problem: `expected format: key whitespace value${ignored}`,
          hint: 'write a value after the key',
        });
        return;
      }
      if (source.charCodeAt(keyEnd - 1) === COLON) {
        warnOfLine(report, {
          code: 'table-looks-like-aliases',
          at,
          problem: 'record is in "key: value" format; is this an alias file?',
          hint: 'leave the colon out, or name the file in alias_maps and build it with postalias',
        });
      }
      if (files.valuesNameFiles !== true) {
        add(logical, place, undefined);
        return;
      }
      const named = readNamedFiles(source.slice(place.valueStart, place.valueEnd), files);
      if ('value' in named) {
        add(logical, place, named.value);
        return;
      }
      warnOfLine(report, {
        code: 'table-value-file',
        at,
        problem: `${named.fault}: skipping this entry`,
        hint: FILES_HINT,
      });
    },
    (stray) => warnOfStrayLine(report, file, stray),
  );
}

/** @returns undefined if a quote isn't closed */
function findKeyEnd(text: Octets, start: number, end: number): number | undefined {
  PLAIN.lastIndex = start;
  let index = PLAIN.test(text) ? Math.min(PLAIN.lastIndex, end) : start;
  let isQuoted = false;
  for (; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code === BACKSLASH) index++;
    else if (code === QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted && code <= 32 && isSpaceAt(text, index)) break;
  }
  return isQuoted ? undefined : Math.min(index, end);
}

function findValue(text: Octets, keyEnd: number, end: number): Pick<EntryPlace, 'valueStart' | 'valueEnd'> {
  let valueStart = keyEnd;
  let valueEnd = end;
  while (valueStart < end && isSpaceAt(text, valueStart)) valueStart++;
  while (valueEnd > valueStart && isSpaceAt(text, valueEnd - 1)) valueEnd--;
  return { valueStart, valueEnd };
}
