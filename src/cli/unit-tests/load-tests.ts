import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describeSystemError } from '../../settings/read-file.ts';
import { toMailOctets } from '../mail-octets.ts';
import { UsageError } from '../usage-error.ts';
import { openMistakes, type Mistakes } from './mistakes.ts';
import { readTestFile, type TestFile, type UnitTest } from './test-file.ts';

/** A test whose message has been read. */
export interface LoadedTest extends UnitTest {
  /** In octets, with CRLF. */
  readonly raw: Uint8Array | undefined;
}

/** A test file that can be run. */
export interface LoadedFile extends Omit<TestFile, 'tests'> {
  readonly tests: readonly LoadedTest[];
}

/** How test files are called, so that they are found in a directory. */
const FILE_NAME = /\.postfix-test\.ya?ml$/;

/**
 * Reads test files, and those of directories, however deep.
 * @param names as the user wrote them
 * @returns the mistakes of all files instead, if there is one
 * @throws {UsageError} if a file can't be read, or there is none
 */
export async function loadTests(
  names: readonly string[],
  cwd: string,
): Promise<{ readonly files: readonly LoadedFile[] } | { readonly mistakes: readonly string[] }> {
  const mistakes = openMistakes();
  const files: LoadedFile[] = [];
  const known = new Set<string>();
  for (const name of names) {
    for (const file of await findFiles(name, cwd)) {
      const path = resolve(cwd, file);
      if (known.has(path)) continue;
      known.add(path);
      files.push(await loadFile(file, cwd, mistakes));
    }
  }
  const found = mistakes.list();
  return found.length > 0 ? { mistakes: found } : { files };
}

/** A file, or those of a directory, in the order of their names. */
async function findFiles(name: string, cwd: string): Promise<readonly string[]> {
  const isDirectory = await orUsage(name, async () => (await stat(resolve(cwd, name))).isDirectory());
  if (!isDirectory) return [name];
  const files = await listDirectory(name, cwd);
  if (files.length > 0) return files;
  throw new UsageError(`${name} has no test file`, 'name a file, or call it NAME.postfix-test.yaml');
}

async function listDirectory(directory: string, cwd: string): Promise<readonly string[]> {
  const entries = await orUsage(directory, () => readdir(resolve(cwd, directory), { withFileTypes: true }));
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    // A link may lead back up.
    const isSearched = entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.');
    if (isSearched) found.push(...(await listDirectory(path, cwd)));
    else if (FILE_NAME.test(entry.name)) found.push(path);
  }
  return found;
}

async function loadFile(file: string, cwd: string, mistakes: Mistakes): Promise<LoadedFile> {
  const text = await orUsage(file, () => readFile(resolve(cwd, file), 'utf8'));
  const { tests, config = findConfig(file, cwd), ...rest } = readTestFile(text, file, mistakes);
  const loaded: LoadedTest[] = [];
  for (const test of tests) loaded.push({ ...test, raw: await loadMessage(test, cwd, mistakes) });
  return { ...rest, ...(config !== undefined && { config }), tests: loaded };
}

/** A configuration beside the tests needn't be named. */
function findConfig(file: string, cwd: string): string | undefined {
  const beside = dirname(file);
  return [beside, join(beside, 'postfix')].find((directory) => existsSync(resolve(cwd, directory, 'main.cf')));
}

async function loadMessage({ message }: UnitTest, cwd: string, mistakes: Mistakes): Promise<Uint8Array | undefined> {
  if (message === undefined) return undefined;
  if ('text' in message) return toMailOctets(Buffer.from(message.text, 'utf8'));
  try {
    return toMailOctets(await readFile(resolve(cwd, message.path)));
  } catch (error) {
    mistakes.add(message.at, `${message.path}: ${describeSystemError(error)}`, 'name a file with a message');
    return undefined;
  }
}

async function orUsage<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new UsageError(`${name}: ${describeSystemError(error)}`, 'name a test file, or a directory with some');
  }
}
