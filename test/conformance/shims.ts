// The PATH of shell commands: the product's tools by Postfix's names, and a POSIX system's utilities; nothing else.
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Postfix's tools that the product has, or will have, by their names; and its own `check`. */
export const TOOLS: readonly string[] = [
  'check',
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

/** Coreutils, and what else a POSIX system has for text and files. */
const UTILITIES = `
  [ awk basename cat chgrp chmod chown cksum cmp comm cp cut date dd diff dirname echo env expr false find fold grep head
  id ln ls mkdir mkfifo mktemp mv nl od paste printf pwd readlink realpath rm rmdir sed seq sh sleep sort split stat tac
  tail tee test touch tr true truncate uniq wc xargs`;

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
  for (const name of UTILITIES.trim().split(/\s+/)) {
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
      if (name.includes('/') || !existsSync(path))
        throw new Error(`cases may not run ${name}: it is neither a tool of Postfix nor of coreutils`);
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
