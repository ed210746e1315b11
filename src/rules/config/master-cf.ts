import type { Octets } from '../octets.ts';
import { extractBraced, splitOutsideBraces } from './braces.ts';
import type { SourceLocation } from './config-error.ts';
import type { Finding, ReportFinding } from './finding.ts';
import { readLogicalLines } from './logical-lines.ts';
import { splitNameValue } from './main-cf.ts';

/** The columns of master.cf, in their order, by the names that `postconf -F` knows. */
export const MASTER_FIELDS = [
  'service',
  'type',
  'private',
  'unprivileged',
  'chroot',
  'wakeup',
  'process_limit',
  'command',
] as const;

/** A column of master.cf. */
export type MasterField = (typeof MASTER_FIELDS)[number];

/** One argument of a service's command, with where it was written. */
export interface MasterArgument {
  readonly text: Octets;
  readonly at: SourceLocation;
}

/** One `-o name=value`. */
export interface MasterOverride {
  readonly name: Octets;
  /** As written, `$name` not expanded. */
  readonly value: Octets;
  readonly at: SourceLocation;
}

/** One service of master.cf. */
export interface MasterEntry {
  readonly at: SourceLocation;
  /** The eight columns as written: `-` stands for the default. */
  readonly fields: Readonly<Record<MasterField, Octets>>;
  /** What follows the command, as {@link toArguments} makes it. */
  readonly args: readonly MasterArgument[];
}

/** Why a text is no entry: what `fatal:` says of it; `kind` says how. */
export interface EntryFault {
  readonly kind: 'field-count' | 'field';
  readonly text: string;
  readonly at: SourceLocation;
}

/** Where an entry's octet stands. */
export type PlaceOf = (offset: number) => SourceLocation;

const TYPES: readonly Octets[] = ['inet', 'unix', 'unix-dgram', 'fifo', 'pass'];

/** `smtp/inet`: what an entry is called in commands and messages. Of entries that share it, Postfix runs the last. */
export function toServiceName({ fields }: MasterEntry): Octets {
  return `${fields.service}/${fields.type}`;
}

/**
 * Reads master.cf: every entry in the file's order, duplicates included. Whatever is wrong is reported as postconf(1)
 * words it, which looks at master.cf before anything is started; an entry without sense is left out.
 * @param file the file's name in messages
 * @see master(5)
 */
export function parseMasterCf(text: Octets, file: string, report: ReportFinding): readonly MasterEntry[] {
  const entries: MasterEntry[] = [];
  for (const line of readLogicalLines(text, file, report)) {
    const parsed = parseMasterEntry(line.text, (offset) => ({ file, ...line.place(offset) }), report);
    if ('kind' in parsed) report(toFinding(parsed, file, line.line));
    else entries.push(parsed);
  }
  return entries;
}

/** Reads one entry, of one line or several. Faults of its arguments are reported, and don't spoil it. */
export function parseMasterEntry(text: Octets, placeOf: PlaceOf, report: ReportFinding): MasterEntry | EntryFault {
  const words = splitOutsideBraces(text);
  const columns = words.slice(0, MASTER_FIELDS.length);
  const at = placeOf(0);
  if (columns.length < MASTER_FIELDS.length) return { kind: 'field-count', text: 'bad field count', at };
  const fields = toFields(columns.map((word) => word.text));
  const fault = findFieldFault(fields, text);
  if (fault !== undefined) {
    const word = columns[MASTER_FIELDS.indexOf(fault.field)];
    return { kind: 'field', text: fault.text, at: placeOf(word?.offset ?? 0) };
  }
  const rest = words.slice(MASTER_FIELDS.length).map((word) => ({ text: word.text, at: placeOf(word.offset) }));
  return { at, fields, args: toArguments(rest, report) };
}

/**
 * What is wrong with a column.
 * @param context what the message shows as the place: the whole entry
 * @returns the first fault, in postconf's words
 */
export function findFieldFault(
  fields: MasterEntry['fields'],
  context: Octets,
): { readonly field: MasterField; readonly text: string } | undefined {
  const field = MASTER_FIELDS.find((name) => !isValid(name, fields[name]));
  if (field === undefined) return undefined;
  const text = `invalid ${field} field "${fields[field]}" in "${context}"`.replaceAll('\n', ' ');
  return { field, text };
}

/**
 * Brings arguments into the one form that everything else reads: `-vo a=b` and `-oa=b` become several words, braces are
 * taken away, and `{ name = value }` after `-o` becomes `name=value`.
 * @see Postfix's postconf_master.c, pcf_normalize_daemon_args
 */
export function toArguments(words: readonly MasterArgument[], report: ReportFinding): readonly MasterArgument[] {
  const args: MasterArgument[] = [];
  const left = [...words].reverse();
  for (let word = left.pop(); word !== undefined; word = left.pop()) {
    if (!isOption(word.text)) {
      left.push(word);
      break;
    }
    // QUIRK: the second `o` of an option's text begins another option, also within a value: `-omyorigin=x` is `-o my`
    // and `-o rigin=x`.
    const { at } = word;
    const split = word.text.indexOf('o', 2);
    if (split > 0) left.push({ text: `-${word.text.slice(split)}`, at });
    const option = split > 0 ? word.text.slice(0, split) : word.text;
    if (!takesValue(option)) {
      args.push({ text: option, at });
      continue;
    }
    args.push({ text: option.slice(0, 2), at });
    const value = option.length > 2 ? { text: option.slice(2), at } : left.pop();
    if (value !== undefined) args.push(toOptionValue(value, option.startsWith('-o'), report));
  }
  for (const word of left.reverse()) args.push(word.text.startsWith('{') ? extract(word, report) : word);
  return args;
}

/** Whether the options of a command end before this word. */
export function isOption(word: Octets): boolean {
  return word.startsWith('-') && word !== '--';
}

/** Whether what follows an option is its value. QUIRK: `-` alone takes one, too. */
export function takesValue(option: Octets): boolean {
  return option === '-' || option.startsWith('-o');
}

/** The `-o` of an entry in its order: of equal names the last one counts. What has no `=` is none, as in Postfix. */
export function readOverrides({ args }: MasterEntry): readonly MasterOverride[] {
  const overrides: MasterOverride[] = [];
  for (let index = 0; index < args.length; index++) {
    const { text: option } = args[index] ?? { text: '' };
    if (!isOption(option)) break;
    if (!takesValue(option)) continue;
    index++;
    const value = args[index];
    const parsed = value && option === '-o' ? splitNameValue(value.text) : undefined;
    if (value && parsed && !('fault' in parsed)) {
      overrides.push({ name: parsed.name, value: parsed.value, at: value.at });
    }
  }
  return overrides;
}

function toFields(columns: readonly Octets[]): MasterEntry['fields'] {
  const [
    service = '',
    type = '',
    isPrivate = '',
    unprivileged = '',
    chroot = '',
    wakeup = '',
    limit = '',
    command = '',
  ] = columns;
  return { service, type, private: isPrivate, unprivileged, chroot, wakeup, process_limit: limit, command };
}

function isValid(field: MasterField, value: Octets): boolean {
  switch (field) {
    case 'type':
      return TYPES.includes(value);
    case 'private':
    case 'unprivileged':
    case 'chroot':
      return /^[yn-]$/.test(value);
    case 'wakeup':
      // QUIRK: a lone `?` is let in, and so is `-?`.
      return /^(?:-|[0-9]*)\??$/.test(value) && value !== '';
    case 'process_limit':
      return /^(?:-|[0-9]+)$/.test(value);
    case 'service':
    case 'command':
      return value !== '';
  }
}

function toOptionValue(value: MasterArgument, isOverride: boolean, report: ReportFinding): MasterArgument {
  if (!value.text.startsWith('{')) return value;
  const inner = extract(value, report);
  if (!isOverride) return inner;
  const parsed = splitNameValue(inner.text);
  if (!('fault' in parsed)) return { text: `${parsed.name}=${parsed.value}`, at: value.at };
  report(toArgumentFinding(`${parsed.fault}: "${inner.text}"`, value.at, 'write -o { name = value }'));
  return inner;
}

function extract(word: MasterArgument, report: ReportFinding): MasterArgument {
  const { text, fault } = extractBraced(word.text);
  if (fault !== undefined) report(toArgumentFinding(fault, word.at, 'close each { by a } at the end of the argument'));
  return { text, at: word.at };
}

function toArgumentFinding(problem: string, at: SourceLocation, hint: string): Finding {
  return {
    severity: 'error',
    code: 'master-cf-argument',
    at,
    problem,
    why: 'Only postconf reads past this; the service is not what was meant, or does not start.',
    hint,
    postfixLine: `warning: master.cf: ${problem}`,
  };
}

function toFinding({ kind, text, at }: EntryFault, file: string, line: number): Finding {
  const shared = { severity: 'error', at, problem: text, why: 'Postfix does not start with this line.' } as const;
  if (kind === 'field') {
    const hint = 'write the eight columns as master(5) has them, - for a default';
    return { ...shared, code: 'master-cf-field', hint, postfixLine: `fatal: ${text}` };
  }
  const hint = 'write service type private unprivileged chroot wakeup process_limit command';
  return { ...shared, code: 'master-cf-field-count', hint, postfixLine: `fatal: file ${file}: line ${line}: ${text}` };
}
