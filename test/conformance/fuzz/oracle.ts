// Asks a real Postfix. @see oracle/pforacle.py
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Case } from '../pool.ts';
import { readVector } from '../vector.ts';
import type { FuzzCase } from './make-case.ts';
import { toCaseJson } from './to-vector.ts';

/** A real Postfix that answers cases. Disposed of, what it wrote is gone. */
export interface Oracle extends AsyncDisposable {
  /** The cases, answered; in their order. */
  answer(cases: readonly FuzzCase[]): Promise<readonly Answered[]>;
}

/** An answered case; or why it isn't, in the oracle's words. */
export type Answered = Case | { readonly lack: string };

/** For a case. One takes a few seconds, unless a part of Postfix can't start, and is waited for. */
const TIME_LIMIT_S = 100;
const MASTER = '/usr/lib/postfix/sbin/master';
/** Which table types were installed beside those that Postfix has built in. */
const TABLE_TYPES = '/etc/postfix/dynamicmaps.cf';
const PROGRAMS = ['python3', 'unshare', 'ip'] as const;

/** Why there is no real Postfix to be asked here; undefined if there is one. */
export function findLack(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can give Postfix a world of its own';
  if (!existsSync(MASTER)) return `Debian's Postfix is not installed: there is no ${MASTER}`;
  const missing = PROGRAMS.find((name) => spawnSync(name, ['--version']).error !== undefined);
  if (missing !== undefined) return `there is no ${missing}`;
  const types = existsSync(TABLE_TYPES) ? readFileSync(TABLE_TYPES, 'utf8') : '';
  return /^pcre\s/m.test(types) ? undefined : "Debian's package postfix-pcre is not installed";
}

/**
 * @param script pforacle.py
 * @param jobs how many Postfixes run at once
 */
export async function openOracle(script: string, jobs: number): Promise<Oracle> {
  const directory = await mkdtemp(join(tmpdir(), 'fuzz-'));
  let count = 0;
  return {
    async answer(cases) {
      const place = join(directory, String((count += 1)));
      await mkdir(place);
      const asked = await Promise.all(
        cases.map(async (one) => {
          const file = join(place, `${one.name}.in.json`);
          await writeFile(file, toCaseJson(one));
          return file;
        }),
      );
      const said = await run('python3', [script, 'batch', '-j', String(jobs), '-o', place, ...asked]);
      return await Promise.all(
        cases.map(async ({ name }): Promise<Answered> => {
          const file = join(place, `${name}.json`);
          try {
            return { file, vector: await readVector(file) };
          } catch (error) {
            return { lack: said === '' ? String(error) : said };
          }
        }),
      );
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** @returns what it said: nothing, if all went well */
async function run(program: string, words: readonly string[]): Promise<string> {
  const env = { ...process.env, PFO_TIMEOUT: String(TIME_LIMIT_S) };
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const ended = once(child, 'close');
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return said + complained;
}
