// Which files are vectors.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { VectorError } from './vector.ts';

/** @param paths files, and directories of `*.json` files @throws {VectorError} when there is nothing */
export async function findVectorFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(findIn));
  return found.flat();
}

async function findIn(path: string): Promise<readonly string[]> {
  const entry = await stat(path).catch(() => undefined);
  if (entry === undefined) throw new VectorError(`${path}: no such file or directory`);
  if (!entry.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw new VectorError(`${path}: it holds no *.json file`);
  return names.map((name) => join(path, name));
}
