import { existsSync } from 'node:fs';
import { lstat, mkdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toAbsolutePath } from '../settings/data-directory.ts';
import { readMachine } from '../settings/machine.ts';
import { defineCommand } from './command.ts';
import { EXIT } from './exit-status.ts';
import { POSTFIX_TOOLS } from './postfix/tools.ts';
import { UsageError } from './usage-error.ts';

/** `postfixture link-tools`: for programs that call Postfix's commands by a path. */
export const linkTools = defineCommand({
  name: 'link-tools',
  summary: 'Put links that are named like Postfix’s commands into a directory',
  options: {},
  operands: { directory: { value: 'DIR' } },
  async run({ directory }, { cwd, stdout }) {
    const place = toAbsolutePath(readMachine(cwd), directory);
    const program = findProgram();
    await mkdir(place, { recursive: true });
    const links = POSTFIX_TOOLS.map(({ name }) => join(place, name));
    for (const link of links) await refuseForeign(link, program);
    for (const link of links) {
      await rm(link, { force: true });
      await symlink(program, link);
      stdout.write(`${link}\n`);
    }
    return EXIT.ok;
  },
});

/** What is to be run: beside the bundle, or beside its source. */
function findProgram(): string {
  const places = ['../bin/postfixture.js', '../../bin/postfixture.js'];
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw new Error(`the program is at none of ${files.join(', ')}`);
  return found;
}

/** Only our own links are replaced. @throws {UsageError} */
async function refuseForeign(link: string, program: string): Promise<void> {
  const found = await lstat(link).catch(() => undefined);
  if (found === undefined) return;
  if (found.isSymbolicLink() && (await readlink(link)) === program) return;
  throw new UsageError(`${link} is there already, and is not ours`, 'name another directory, or remove it');
}
