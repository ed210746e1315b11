// The PATH of shell commands: the product's tools by Postfix's names, and coreutils; nothing else.
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Postfix's tools that the product has, or will have, by their names. */
export const TOOLS: readonly string[] = [
  'mailq',
  'newaliases',
  'postalias',
  'postcat',
  'postconf',
  'postfix',
  'postlog',
  'postmap',
  'postqueue',
  'postsuper',
  'sendmail',
];

const COREUTILS =
  'cat chmod chown cp cut echo head ls ln mkdir mv printf rm rmdir sh sleep sort stat tail touch tr true wc';

/** A directory of commands; disposed of, it is gone. */
export interface Shims extends AsyncDisposable {
  readonly directory: string;
  /** A file to which the guard writes what of the machine's Postfix was run. */
  readonly offences: string;
  /** @throws {Error} when there is no such command */
  find(name: string): string;
  /** What of the machine's Postfix was run since the last time; empty as it should be. */
  takeOffences(): Promise<string>;
}

/** The files of the product that shims run. */
export interface Program {
  /** `bin/postfixture.js`, or what is as good. */
  readonly file: string;
  /** `guard.js`, beside this file. */
  readonly guard: string;
}

/** Makes the commands. */
export async function openShims({ file, guard }: Program): Promise<Shims> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'conformance-bin-')));
  for (const name of COREUTILS.split(' ')) {
    const found = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) await symlink(found, join(directory, name));
  }
  for (const name of TOOLS) {
    const words = [process.execPath, '--import', pathToFileURL(guard).href, file, name].map((word) => `'${word}'`);
    await writeFile(join(directory, name), `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`);
    await chmod(join(directory, name), 0o755);
  }
  // Whoever a case runs a command as may run these.
  await chmod(directory, 0o755);
  const offences = join(directory, '.offences');
  return {
    directory,
    offences,
    find(name) {
      const path = join(directory, name);
      if (name.includes('/') || !existsSync(path)) throw new Error(`cases may not run ${name}: it is not of coreutils`);
      return path;
    },
    async takeOffences() {
      if (!existsSync(offences)) return '';
      const found = await readFile(offences, 'utf8');
      await rm(offences);
      return found.trim();
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
