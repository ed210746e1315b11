// A case's files, in a temporary directory: nothing of the machine's own /etc, /home or /var is read or written.
import { chmod, chown, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { encodeText } from './python/text.ts';
import type { VectorConfig } from './vector.ts';
import { DIRECTORIES, GROUP, HOSTS, PASSWD, ZONE_FILE, getAccount, mainText, masterText, zoneText } from './world.ts';

/** Where a case's files are; disposed of, they are gone. */
export interface Sandbox extends AsyncDisposable {
  /** What is `/` for the case. */
  readonly root: string;
  /** Where a path of the case is on this machine; relative ones begin at /etc/postfix. */
  locate(path: string): string;
}

/** Writes all that a case's configuration says. */
export async function openSandbox(config: VectorConfig): Promise<Sandbox> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'conformance-')));
  const locate = (path: string): string => join(root, resolve('/etc/postfix', path));
  for (const directory of DIRECTORIES) await mkdir(locate(directory), { recursive: true });
  const files = new Map([
    ['/etc/passwd', PASSWD],
    ['/etc/group', GROUP],
    ['/etc/hosts', HOSTS],
    ['/etc/aliases', 'postmaster: root\n'],
    [ZONE_FILE, zoneText(config.dns)],
    ['/etc/postfix/main.cf', mainText(config)],
    ['/etc/postfix/master.cf', masterText(config)],
    ...Object.entries(config.files),
  ]);
  for (const [path, text] of files) {
    await mkdir(dirname(locate(path)), { recursive: true });
    await writeFile(locate(path), encodeText(text));
    // As they were recorded, whatever the umask is here.
    await chmod(locate(path), 0o644);
    await giveToOwner(path, locate(path));
  }
  return {
    root,
    locate,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** What is below a user's home, and the mailbox, belongs to the user. Only root can give files away. */
async function giveToOwner(path: string, file: string): Promise<void> {
  const [, name] = /^\/(?:home|var\/mail)\/(\w+)(?:\/|$)/.exec(path) ?? [];
  if (name === undefined || process.getuid?.() !== 0) return;
  const { uid, gid } = getAccount(name);
  await chown(file, uid, gid);
}
