import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** A log that a real Postfix 3.7.11 wrote, and a directory with the configuration that it ran with. */
export interface RecordedLog extends AsyncDisposable {
  readonly log: string;
  readonly lines: readonly string[];
  readonly config: string;
  readonly directory: string;
}

/** Copies them. @param edit changes main.cf */
export async function copyRecordedLog(edit: (mainCf: string) => string = (mainCf) => mainCf): Promise<RecordedLog> {
  const source = fileURLToPath(new URL('./maillog/', import.meta.url));
  const directory = await makeTemporaryDirectory();
  await cp(source, directory.path, { recursive: true });
  const config = join(directory.path, 'postfix');
  const mainCf = await readFile(join(config, 'main.cf'), 'latin1');
  const own = `catch_passwd_file = ${join(config, 'passwd')}\n`;
  await writeFile(join(config, 'main.cf'), edit(mainCf) + own, 'latin1');
  const log = join(directory.path, 'recorded.log');
  return {
    log,
    lines: (await readFile(log, 'latin1')).split('\n'),
    config,
    directory: directory.path,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
