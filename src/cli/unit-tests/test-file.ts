import { dirname, isAbsolute, join } from 'node:path';
import type { AskedMail } from '../../rules/asked-mail.ts';
import { readExpectation, type Expectation } from './expectation.ts';
import { need, readFields, readText, readTexts } from './fields.ts';
import type { Mistakes, Place } from './mistakes.ts';
import { readYaml, type YamlEntry, type YamlValue } from './yaml-value.ts';

/** A file of unit tests of a configuration. */
export interface TestFile {
  /** As the user named it. */
  readonly file: string;
  /** The directory of main.cf; a relative one begins at the working directory, as everywhere. */
  readonly config?: string;
  /** What names it in the file, if anything does. */
  readonly configAt?: Place;
  /** Each `name=value`, as after `-o`. */
  readonly override: readonly string[];
  readonly tests: readonly UnitTest[];
}

/** Mail, and what is expected of it. */
export interface UnitTest {
  readonly name: string;
  readonly at: Place;
  readonly mail: Omit<AskedMail, 'message'>;
  /** The message, as text or in a file; without one a few lines. */
  readonly message?: { readonly text: string } | { readonly path: string; readonly at: Place };
  readonly expect: Expectation;
}

const DEFAULT_NAMES = ['from', 'client', 'helo', 'auth', 'tls', 'service', 'message', 'message_file'] as const;
const FILE_NAMES = ['config', 'accounts', 'set', ...DEFAULT_NAMES, 'tests'] as const;
const TEST_NAMES = ['name', 'to', ...DEFAULT_NAMES, 'expect'] as const;

type MailFields = ReadonlyMap<string, YamlEntry>;

/**
 * Reads a test file. Paths in it begin at its directory.
 * @param file where it is
 * @returns without whatever is a mistake
 */
export function readTestFile(text: string, file: string, mistakes: Mistakes): TestFile {
  const value = readYaml(text, file, mistakes);
  if (value === undefined) return { file, override: [], tests: [] };
  const fields = readFields(value, { what: 'a test file', keys: FILE_NAMES }, mistakes);
  const readPath = (name: 'config' | 'accounts') => {
    const entry = fields.get(name);
    const named = entry && readText(entry, mistakes);
    return named && { path: beside(file, named.text), at: named.at };
  };
  const config = readPath('config');
  const accounts = readPath('accounts');
  const tests = fields.get('tests');
  if (tests === undefined && value.kind === 'map') need(value.at, 'tests', mistakes);
  return {
    file,
    ...(config && { config: config.path, configAt: config.at }),
    override: [
      ...(accounts === undefined ? [] : [`catch_passwd_file=${accounts.path}`]),
      ...readOverrides(fields.get('set'), mistakes),
    ],
    tests: tests === undefined ? [] : readTests(tests, { defaults: fields, file }, mistakes),
  };
}

function readOverrides(entry: YamlEntry | undefined, mistakes: Mistakes): readonly string[] {
  if (entry === undefined) return [];
  if (entry.value.kind !== 'map') {
    mistakes.add(entry.keyAt, 'set is a mapping', 'write a line PARAMETER: VALUE for each');
    return [];
  }
  return entry.value.entries.flatMap((one) => {
    const text = readText(one, mistakes);
    if (!/^[A-Za-z0-9_]+$/.test(one.key)) mistakes.add(one.keyAt, `"${one.key}" is no parameter`, 'write its name');
    return text === undefined ? [] : [`${one.key}=${text.text.replace(/\s*\n\s*/g, ' ')}`];
  });
}

interface TestContext {
  readonly defaults: MailFields;
  readonly file: string;
}

function readTests({ keyAt, value }: YamlEntry, context: TestContext, mistakes: Mistakes): readonly UnitTest[] {
  if (value.kind !== 'list') {
    mistakes.add(keyAt, 'tests is a list', 'begin each test with a dash: - name: WHAT IS TESTED');
    return [];
  }
  if (value.items.length === 0) mistakes.add(keyAt, 'there is no test', 'write one: - name: WHAT IS TESTED');
  return value.items.flatMap((item) => readTest(item, context, mistakes) ?? []);
}

function readTest(value: YamlValue, { defaults, file }: TestContext, mistakes: Mistakes): UnitTest | undefined {
  const own = readFields(value, { what: 'a test', keys: TEST_NAMES }, mistakes);
  const fields: MailFields = new Map([...defaults, ...own]);
  const [nameField, to, expect] = [own.get('name'), own.get('to'), own.get('expect')];
  const name = nameField && readText(nameField, mistakes);
  if (nameField === undefined) need(value.at, 'name', mistakes);
  if (to === undefined) need(value.at, 'to', mistakes);
  if (expect === undefined) need(value.at, 'expect', mistakes);
  const message = readMessage(own.has('message') || own.has('message_file') ? own : fields, file, mistakes);
  const recipients = to === undefined ? [] : readTexts(to, mistakes);
  if (to !== undefined && recipients.length === 0) mistakes.add(to.keyAt, 'nobody is named', 'write to: ADDRESS');
  const envelope = readEnvelope(fields, mistakes);
  const expectation = expect && readExpectation(expect, mistakes);
  if (name === undefined || expectation === undefined) return undefined;
  return {
    name: name.text,
    at: value.at,
    mail: { to: recipients.map(({ text }) => text), ...envelope },
    ...(message && { message }),
    expect: expectation,
  };
}

function readEnvelope(fields: MailFields, mistakes: Mistakes): Omit<AskedMail, 'to' | 'message'> {
  const read = (name: string): string | undefined => {
    const entry = fields.get(name);
    return entry && readText(entry, mistakes)?.text;
  };
  const [from, client, helo, login, service] = [
    read('from') ?? '',
    read('client'),
    read('helo'),
    read('auth'),
    read('service'),
  ];
  return {
    from: from === '<>' ? '' : from,
    ...(client !== undefined && { client }),
    ...(helo !== undefined && { helo }),
    ...(login !== undefined && { login }),
    ...(service !== undefined && { service }),
    isEncrypted: readYes(fields.get('tls'), mistakes),
  };
}

function readYes(entry: YamlEntry | undefined, mistakes: Mistakes): boolean {
  const text = entry && readText(entry, mistakes);
  if (text === undefined) return false;
  if (!/^(?:yes|no|true|false)$/.test(text.text)) mistakes.add(text.at, `"${text.text}" is neither yes nor no`);
  return text.text === 'yes' || text.text === 'true';
}

function readMessage(fields: MailFields, file: string, mistakes: Mistakes): UnitTest['message'] {
  const [inline, named] = [fields.get('message'), fields.get('message_file')];
  if (inline !== undefined && named !== undefined) {
    mistakes.add(named.keyAt, 'there are a message and a message_file', 'leave one of them out');
  }
  if (inline !== undefined) {
    const value = readText(inline, mistakes);
    return value && { text: value.text };
  }
  const path = named && readText(named, mistakes);
  return path && { path: beside(file, path.text), at: path.at };
}

function beside(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}
