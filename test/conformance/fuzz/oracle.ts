// Asks a real Postfix. @see oracle/pforacle.py
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
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
  /** The cases, answered; in their order. @throws {Error} in the oracle's words, if it can't answer one */
  answer(cases: readonly FuzzCase[]): Promise<readonly Case[]>;
}

const MASTER = '/usr/lib/postfix/sbin/master';
const PROGRAMS = ['python3', 'unshare', 'ip'] as const;

/** Why there is no real Postfix to be asked here; undefined if there is one. */
export function findLack(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can give Postfix a world of its own';
  if (!existsSync(MASTER)) return `Debian's Postfix is not installed: there is no ${MASTER}`;
  const missing = PROGRAMS.find((name) => spawnSync(name, ['--version']).error !== undefined);
  return missing === undefined ? undefined : `there is no ${missing}`;
}

/** @param script pforacle.py */
export async function openOracle(script: string): Promise<Oracle> {
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
      await run(['python3', script, 'batch', '-o', place, ...asked]);
      return await Promise.all(
        cases.map(async ({ name }): Promise<Case> => {
          const file = join(place, `${name}.json`);
          return { file, vector: await readVector(file) };
        }),
      );
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

async function run([program = '', ...words]: readonly string[]): Promise<void> {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close') as Promise<[status: number | null]>;
  const [said, complained, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (status !== 0) throw new Error(`the oracle failed: ${said}${complained}`);
}
