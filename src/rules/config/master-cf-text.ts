import type { Octets } from '../octets.ts';
import { hasBlanks } from './braces.ts';
import { isOption, MASTER_FIELDS, takesValue, toServiceName, type MasterEntry, type MasterField } from './master-cf.ts';

/** How an entry is written. */
export interface EntryStyle {
  /** Whether long lines are folded, with each `-o` on a line of its own. */
  readonly isFolded: boolean;
  /** Makes of each `name=value` after `-o` what is written. */
  readonly expand?: (override: Octets) => Octets;
}

/** How a column is written. */
export interface FieldStyle extends EntryStyle {
  readonly isNameHidden: boolean;
  readonly isValueHidden: boolean;
}

/** From here on a folded line is broken. */
const LINE_LIMIT = 80;

const INDENT = '    ';

const FOLD = `\n${INDENT}`;

/** Where each column begins, if what stands before it is short enough. */
const COLUMNS: Readonly<Record<MasterField, number>> = {
  service: 0,
  type: 11,
  private: 17,
  unprivileged: 25,
  chroot: 33,
  wakeup: 41,
  process_limit: 49,
  command: 57,
};

/** An entry as a line of master.cf, with its end of line. @see Postfix's postconf_master.c, pcf_print_master_entry */
export function formatEntry(entry: MasterEntry, style: EntryStyle): Octets {
  let columns = '';
  for (const field of MASTER_FIELDS) {
    const gap = columns === '' ? '' : ' '.repeat(Math.max(1, COLUMNS[field] - columns.length));
    columns += gap + entry.fields[field];
  }
  return `${columns}${formatArguments(entry, columns.length, style)}\n`;
}

/**
 * `smtp/inet/chroot = n`, with its end of line.
 * @see Postfix's postconf_master.c, pcf_print_master_field
 */
export function formatField(entry: MasterEntry, field: MasterField, style: FieldStyle): Octets {
  const name = `${toServiceName(entry)}/${field}`;
  if (style.isValueHidden) return `${name}\n`;
  const value = entry.fields[field];
  let prefix = style.isNameHidden ? '' : `${name} = `;
  let length = prefix.length;
  // QUIRK: this line is broken whether lines are to be folded or not.
  if (!style.isNameHidden && length + value.length > LINE_LIMIT) {
    prefix += FOLD;
    length = INDENT.length;
  }
  const args = field === 'command' ? formatArguments(entry, length + value.length, style) : '';
  return `${prefix}${value}${args}\n`;
}

/** What follows a command. @param start how long the line is already */
function formatArguments({ args }: MasterEntry, start: number, style: EntryStyle): Octets {
  let text = '';
  let length = start;
  let isInOptions = true;
  for (let index = 0; index < args.length; index++) {
    const word = args[index]?.text ?? '';
    // QUIRK: the braces of the first word after the options are lost, so that its blanks take it apart.
    const shown = isInOptions ? word : brace(word);
    if (!isOption(word)) isInOptions = false;
    const next = isInOptions && takesValue(word) ? args[index + 1]?.text : undefined;
    if (next !== undefined) {
      // An option with a value has a line for itself.
      const value = word === '-o' && style.expand ? style.expand(next) : next;
      text += `${style.isFolded ? FOLD : ' '}${word} ${brace(value)}`;
      length = LINE_LIMIT;
      index++;
      continue;
    }
    if (length > INDENT.length) {
      const isBroken = style.isFolded && length + 1 + word.length >= LINE_LIMIT;
      text += isBroken ? FOLD : ' ';
      length = isBroken ? INDENT.length : length + 1;
    }
    // QUIRK: what is no longer than the indentation counts as one, and no blank follows: `pipe` and `-v` give `pipe-v`.
    text += shown;
    length += shown.length;
  }
  return text;
}

function brace(word: Octets): Octets {
  return hasBlanks(word) ? `{${word}}` : word;
}
