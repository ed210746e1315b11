import type { Octets } from '../octets.ts';
import { splitOutsideBraces } from './braces.ts';
import { toCommandLineFault } from './command-line-fault.ts';
import type { ReportFinding } from './finding.ts';
import {
  findFieldFault,
  isOption,
  takesValue,
  toArguments,
  type MasterArgument,
  type MasterEntry,
  type MasterField,
} from './master-cf.ts';

const COMMAND_LINE = { file: '<command line>' };

/**
 * An entry with another value of one column; for `command`, with other arguments, too.
 * @throws {FatalError} if the column can't have the value
 * @see Postfix's postconf_master.c, pcf_edit_master_field
 */
export function setField(entry: MasterEntry, field: MasterField, value: Octets, report: ReportFinding): MasterEntry {
  if (field !== 'command') return checked({ ...entry, fields: { ...entry.fields, [field]: value } }, value);
  const [command, ...rest] = splitOutsideBraces(value);
  const args = rest.map(({ text }) => ({ text, at: COMMAND_LINE }));
  const fields = { ...entry.fields, command: command?.text ?? '' };
  return checked({ ...entry, fields, args: toArguments(args, report) }, value);
}

/**
 * An entry in which every `-o name=…` has the value; without one, it is added after the other options.
 * @param value undefined takes each away
 * @see Postfix's postconf_master.c, pcf_edit_master_param
 */
export function setOverride(entry: MasterEntry, name: Octets, value: Octets | undefined): MasterEntry {
  const args: MasterArgument[] = [];
  const added = { text: `${name}=${value ?? ''}`, at: COMMAND_LINE };
  let isFound = false;
  let index = 0;
  for (; index < entry.args.length; index++) {
    const option = entry.args[index];
    if (option === undefined || !isOption(option.text)) break;
    const old = takesValue(option.text) ? entry.args[index + 1] : undefined;
    if (old === undefined) {
      args.push(option);
      continue;
    }
    index++;
    const isNamed = option.text === '-o' && old.text.startsWith(`${name}=`);
    isFound ||= isNamed;
    if (!isNamed) args.push(option, old);
    else if (value !== undefined) args.push(option, added);
  }
  if (!isFound && value !== undefined) args.push({ text: '-o', at: COMMAND_LINE }, added);
  return { ...entry, args: [...args, ...entry.args.slice(index)] };
}

function checked(entry: MasterEntry, context: Octets): MasterEntry {
  const fault = findFieldFault(entry.fields, context);
  if (fault !== undefined) throw toCommandLineFault(fault.text);
  return entry;
}
