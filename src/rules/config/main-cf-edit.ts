import type { Octets } from '../octets.ts';
import { readCfLines, type EditVerb } from './cf-lines.ts';
import { toCommandLineFault } from './command-line-fault.ts';
import type { ReportFinding } from './finding.ts';
import { WHITE_SPACE } from './logical-lines.ts';
import { splitNameValue } from './main-cf.ts';

/** What is to become of parameters, by name; the value is undefined where the entry goes or becomes a comment. */
export type MainCfEdits = ReadonlyMap<Octets, Octets | undefined>;

const LEADING = new RegExp(`^${WHITE_SPACE}+`);

/**
 * Reads what `postconf -e`, `-X` or `-#` are to do.
 * @param operands `name=value` to set, else names
 * @throws {FatalError} what Postfix says of an operand without sense
 * @see Postfix's postconf_edit.c, pcf_edit_main
 */
export function parseMainCfEdits(verb: EditVerb, operands: readonly Octets[], report: ReportFinding): MainCfEdits {
  const edits = new Map<Octets, Octets | undefined>();
  for (const operand of operands) {
    const [name, value] = parseOperand(verb, operand);
    if (edits.has(name)) {
      const problem = `ignoring earlier request: '${name} = ${edits.get(name) ?? '(null)'}'`;
      report({
        severity: 'warning',
        code: 'repeated-request',
        at: { file: '<command line>' },
        problem,
        why: 'Of two requests for one name the last is done.',
        hint: `name ${name} once`,
        postfixLine: `warning: ${problem}`,
      });
    }
    edits.set(name, value);
  }
  return edits;
}

/**
 * Edits main.cf: every entry of a name is set, taken away or made a comment; names that it doesn't have are appended.
 * Comments and blank lines stay where they are, also those within an entry.
 * @param file its name in messages
 */
export function editMainCf(
  text: Octets,
  edits: MainCfEdits,
  verb: EditVerb,
  { file, report }: { readonly file: string; readonly report: ReportFinding },
): Octets {
  const found = new Map<Octets, number>();
  let edited = '';
  let isEdited = false;
  for (const line of readCfLines(text)) {
    if (line.kind === 'other') {
      edited += line.text;
      continue;
    }
    if (line.kind === 'start') {
      const [name = ''] = /^[^ \t\r\n=]*/.exec(line.text) ?? [];
      isEdited = edits.has(name);
      if (isEdited) {
        const count = (found.get(name) ?? 0) + 1;
        found.set(name, count);
        if (count === 2) report(toDuplicateFinding(name, file));
        if (verb === 'set') edited += `${name} = ${edits.get(name) ?? ''}\n`;
      }
      if (isEdited && verb === 'set') continue;
    }
    if (!isEdited) edited += line.text;
    else if (verb === 'comment-out') edited += `#${line.text}`;
  }
  if (verb !== 'set') return edited;
  // QUIRK: a last line without its end is not ended first, so that Postfix 3.7 writes the new entry on that very line.
  for (const [name, value = ''] of edits) if (!found.has(name)) edited += `${name} = ${value}\n`;
  return edited;
}

function parseOperand(verb: EditVerb, operand: Octets): readonly [Octets, Octets | undefined] {
  if (operand.includes('\n')) throw toCommandLineFault('-e, -X, or -# accepts no multi-line input');
  // QUIRK: white space after a name stays, so that nothing has the name.
  const text = operand.replace(LEADING, '');
  if (text.startsWith('#')) throw toCommandLineFault('-e, -X, or -# accepts no comment input');
  if (verb === 'set') {
    const parsed = splitNameValue(operand);
    if ('fault' in parsed) throw toCommandLineFault(`${parsed.fault}: "${text}"`);
    return [parsed.name, parsed.value];
  }
  if (text === '') throw toCommandLineFault('-X or -# requires non-blank parameter names');
  if (text.includes('=')) throw toCommandLineFault('-X or -# requires parameter names without value');
  return [text, undefined];
}

function toDuplicateFinding(name: Octets, file: string) {
  const problem = `multiple entries for "${name}"`;
  return {
    severity: 'warning',
    code: 'duplicate-parameter',
    at: { file },
    problem,
    why: 'Of two entries with one name the last counts; all were edited.',
    hint: `keep one of the entries of ${name}`,
    postfixLine: `warning: ${file}: ${problem}`,
  } as const;
}
