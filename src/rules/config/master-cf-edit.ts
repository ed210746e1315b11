import type { Octets } from '../octets.ts';
import { hasBlanks } from './braces.ts';
import { readCfLines, type CfLine, type EditVerb } from './cf-lines.ts';
import { toCommandLineFault } from './command-line-fault.ts';
import { FatalError } from './fatal-error.ts';
import type { ReportFinding } from './finding.ts';
import { WHITE_SPACE } from './logical-lines.ts';
import { splitNameValue } from './main-cf.ts';
import { parseMasterEntry, type EntryFault, type MasterEntry, type MasterField } from './master-cf.ts';
import { setField, setOverride } from './master-entry-edit.ts';
import { formatEntry } from './master-cf-text.ts';
import { findFields, isAny, matchesService, parseServicePattern, type ServicePattern } from './service-pattern.ts';

/** What is edited: whole entries (`-M`), a column (`-F`) or an `-o` (`-P`). */
export type MasterCfPart = 'entry' | 'field' | 'parameter';

/** One operand of `postconf -M`, `-F` or `-P` that edits. */
export interface MasterCfEdit {
  readonly operand: Octets;
  readonly pattern: ServicePattern;
  /** With `field`: the column. */
  readonly field?: MasterField;
  /** With the verb `set`: what it becomes. */
  readonly value?: Octets;
}

/** What is to be done with master.cf. */
export interface MasterCfRequest {
  readonly part: MasterCfPart;
  readonly verb: EditVerb;
  readonly edits: readonly MasterCfEdit[];
}

/** Where messages of an edit go, and what they call the file. */
export interface EditPlace {
  readonly file: string;
  readonly report: ReportFinding;
}

const EDIT_OPTIONS = '-Me, -Fe, -Pe, -X, or -#';
const LEADING = new RegExp(`^${WHITE_SPACE}+`);
const COMMAND_LINE = { file: '<command line>' };

/**
 * Reads what `postconf -Me`, `-MX`, `-M#`, `-Fe`, `-Pe` or `-PX` is to do.
 * @param operands `service/type[/…]=value` to set, else patterns
 * @throws {FatalError} what Postfix says of an operand without sense
 * @see Postfix's postconf_edit.c, pcf_edit_master
 */
export function parseMasterCfEdits(part: MasterCfPart, verb: EditVerb, operands: readonly Octets[]): MasterCfRequest {
  return { part, verb, edits: operands.map((operand) => parseEdit(part, verb, operand)) };
}

/**
 * Edits master.cf. Lines that no edit touches stay as they are; an entry that one does is written anew, below the
 * comments that stood within it or followed it.
 * @throws {FatalError} for an entry, old or new, without sense
 */
export function editMasterCf(text: Octets, request: MasterCfRequest, place: EditPlace): Octets {
  const { part, verb, edits } = request;
  const counts = new Map<MasterCfEdit, number>();
  const lines = [...readCfLines(text)];
  let edited = '';
  let isMatched = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined) break;
    if (line.kind === 'other') {
      edited += line.text;
      continue;
    }
    let written: Octets | undefined;
    if (line.kind === 'start') {
      const service = parseServiceName(line, place.file);
      const candidates = edits.map((edit) => ({ edit, entry: parseReplacement(edit, request, place) }));
      const matches = candidates.filter(({ edit, entry }) => isReplaced(service, edit, entry));
      const matching = matches.map(({ edit }) => edit);
      isMatched = matching.length > 0;
      for (const edit of matching) counts.set(edit, (counts.get(edit) ?? 0) + 1);
      if (isMatched && part === 'entry' && verb === 'set') {
        // The first entry that an edit holds makes way for the new one, further ones go.
        const replacement = matches.findLast(({ edit }) => counts.get(edit) === 1)?.entry;
        if (replacement) written = formatEntry(replacement, { isFolded: true });
      } else if (isMatched && part !== 'entry') {
        const whole = gather(lines, index);
        index = whole.end - 1;
        edited += whole.comments;
        written = formatEntry(editEntry(parseOldEntry(whole.text, line.line, place), matching, request, place), {
          isFolded: true,
        });
      }
    }
    if (written !== undefined) edited += written;
    else if (!isMatched) edited += line.text;
    else if (verb === 'comment-out') edited += `#${line.text}`;
  }
  return edited + finish(request, counts, place);
}

/** What comes of edits that no entry matched: new entries, or a warning. */
function finish(
  { part, verb, edits }: MasterCfRequest,
  counts: ReadonlyMap<MasterCfEdit, number>,
  { file, report }: EditPlace,
): Octets {
  let appended = '';
  for (const edit of edits.filter((candidate) => !counts.has(candidate))) {
    if (part === 'entry') {
      if (verb === 'set') appended += formatEntry(parseNewEntry(edit, report), { isFolded: true });
      continue;
    }
    const problem = `unmatched service_name/type: "${edit.operand}"`;
    report({
      severity: 'warning',
      code: 'unmatched-service',
      at: COMMAND_LINE,
      problem,
      why: 'Nothing was changed for it.',
      hint: `name a service of ${file}, as postconf -M lists them`,
      postfixLine: `warning: ${problem}`,
    });
  }
  return appended;
}

/** What an edit of whole entries puts in their place. QUIRK: it is read for every entry anew, with its warnings. */
function parseReplacement(
  edit: MasterCfEdit,
  { part, verb }: MasterCfRequest,
  { report }: EditPlace,
): MasterEntry | undefined {
  return part === 'entry' && verb === 'set' ? parseNewEntry(edit, report) : undefined;
}

/** Whether an edit is about a service: by its pattern, or since the new entry has that very name. */
function isReplaced([name, type]: readonly [Octets, Octets], edit: MasterCfEdit, entry?: MasterEntry): boolean {
  if (matchesService(edit.pattern, name, type)) return true;
  return entry !== undefined && matchesService([entry.fields.service, entry.fields.type], name, type);
}

/** The entry that begins at `index`: its lines joined, and the comments and blank lines within and below it. */
function gather(
  lines: readonly CfLine[],
  index: number,
): { readonly text: Octets; readonly comments: Octets; readonly end: number } {
  let text = lines[index]?.text ?? '';
  let comments = '';
  let end = index + 1;
  for (; end < lines.length; end++) {
    const line = lines[end];
    if (line === undefined || line.kind === 'start') break;
    if (line.kind === 'other') comments += line.text;
    else text += line.text;
  }
  return { text, comments, end };
}

function editEntry(
  entry: MasterEntry,
  edits: readonly MasterCfEdit[],
  { verb }: MasterCfRequest,
  { report }: EditPlace,
): MasterEntry {
  return edits.reduce((edited, { field, pattern, value }) => {
    if (field !== undefined) return setField(edited, field, value ?? '', report);
    return setOverride(edited, pattern[2] ?? '', verb === 'set' ? (value ?? '') : undefined);
  }, entry);
}

function parseEdit(part: MasterCfPart, verb: EditVerb, operand: Octets): MasterCfEdit {
  if (operand.includes('\n')) throw toCommandLineFault(`${EDIT_OPTIONS} accept no multi-line input`);
  // QUIRK: white space after a pattern stays, so that nothing matches it.
  const text = operand.replace(LEADING, '');
  if (text.startsWith('#')) throw toCommandLineFault(`${EDIT_OPTIONS} accept no comment input`);
  if (verb !== 'set') {
    if (text.includes('=')) throw toCommandLineFault('-X or -# requires names without value');
    return { operand, ...parsePattern(part, text) };
  }
  const parsed = splitNameValue(operand);
  if ('fault' in parsed) throw toCommandLineFault(`${parsed.fault}: "${operand}"`);
  const { name, value } = parsed;
  const target = parsePattern(part, name);
  if (part === 'field' && target.field !== 'command' && hasBlanks(value)) {
    throw toCommandLineFault('-Fe does not accept whitespace in non-command field');
  }
  if (part === 'parameter' && hasBlanks(value)) {
    throw toCommandLineFault('-Pe does not accept whitespace in parameter value');
  }
  return { operand, ...target, value };
}

function parsePattern(part: MasterCfPart, text: Octets): Pick<MasterCfEdit, 'pattern' | 'field'> {
  const count = part === 'entry' ? 2 : 3;
  const pattern = parseServicePattern(text, count, count);
  switch (part) {
    case 'entry':
      if (pattern === undefined) throw toCommandLineFault('-Me, -MX or -M# requires service_name/type');
      return { pattern };
    case 'field': {
      if (pattern === undefined) throw toCommandLineFault('-Fe or -FX requires service_name/type/field_name');
      const [field, ...others] = findFields(pattern[2]) ?? [];
      if (field === undefined) throw toCommandLineFault(`invalid service attribute name: "${pattern[2] ?? ''}"`);
      if (others.length > 0) throw toCommandLineFault('-Fe does not accept wild-card field name');
      return { pattern, field };
    }
    case 'parameter':
      if (pattern === undefined) throw toCommandLineFault('-Pe or -PX requires service_name/type/parameter');
      if (isAny(pattern[2])) throw toCommandLineFault('-Pe does not accept wild-card parameter name');
      return { pattern };
  }
}

function parseNewEntry(edit: MasterCfEdit, report: ReportFinding): MasterEntry {
  const parsed = parseMasterEntry(edit.value ?? '', () => COMMAND_LINE, report);
  if (!('kind' in parsed)) return parsed;
  throw toCommandLineFault(parsed.kind === 'field' ? parsed.text : `${parsed.text}: "${edit.operand}"`);
}

function parseOldEntry(text: Octets, line: number, { file, report }: EditPlace): MasterEntry {
  const parsed = parseMasterEntry(text, () => ({ file, line }), report);
  if (!('kind' in parsed)) return parsed;
  throw toFileFault(parsed, parsed.kind === 'field' ? parsed.text : `file ${file}: line ${line}: ${parsed.text}`);
}

function parseServiceName({ text, line }: CfLine, file: string): readonly [Octets, Octets] {
  const [name, type] = text.split(/[ \t\r\n]+/).filter((word) => word !== '');
  const where = `file ${file}: line ${line}`;
  const at = { file, line };
  if (name === undefined || type === undefined) {
    throw toFileFault({ at }, `${where}: specify service name and type on the same line`);
  }
  if (name.includes('=')) {
    throw toFileFault({ at }, `${where}: service name syntax "${name}" is unsupported with ${EDIT_OPTIONS}`);
  }
  if (/[=/]/.test(type)) {
    throw toFileFault({ at }, `${where}: service type syntax "${type}" is unsupported with ${EDIT_OPTIONS}`);
  }
  return [name, type];
}

function toFileFault({ at }: Pick<EntryFault, 'at'>, problem: string): FatalError {
  return new FatalError({
    severity: 'error',
    code: 'master-cf-not-editable',
    at,
    problem,
    why: 'Nothing was changed.',
    hint: 'mend the entry with an editor',
    postfixLine: `fatal: ${problem}`,
  });
}
