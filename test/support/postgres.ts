import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** A PostgreSQL server of the test's own, which listens on a UNIX-domain socket alone. */
export interface Postgres extends AsyncDisposable {
  /** With the socket; also what `hosts` of a table names. */
  readonly directory: string;
  readonly user: string;
}

const DEBIAN = '/usr/lib/postgresql';

/** Where PostgreSQL's programs are; undefined if it isn't installed (`npm run test:all` installs it). */
export function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : [];
  return versions.find((folder) => existsSync(join(folder, 'initdb')));
}

/** Makes a database cluster in a directory of its own and starts its server. */
export async function startPostgres(): Promise<Postgres> {
  const programs = findPostgres();
  if (programs === undefined) throw new Error('PostgreSQL is not installed: run npm run test:all');
  const home = await makeTemporaryDirectory();
  const data = join(home.path, 'data');
  const owner = findOwner();
  if (owner !== undefined) chownSync(home.path, owner.uid, owner.gid);
  const options = { ...owner, cwd: home.path };
  const settings = ['-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), ['-D', data, ...settings], { ...options, stdio: 'ignore' });
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-k', home.path, '-F', '-c', 'listen_addresses=', '-c', 'logging_collector=off'],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  for await (const line of createInterface(server.stderr)) {
    if (line.includes('database system is ready')) break;
  }
  server.stderr.resume();
  return {
    directory: home.path,
    user: 'postgres',
    [Symbol.asyncDispose]: async () => {
      const exited = once(server, 'exit');
      server.kill('SIGINT');
      await exited;
      await home[Symbol.asyncDispose]();
    },
  };
}

/** PostgreSQL doesn't run as root: there the account that its package makes runs it. */
function findOwner(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}
