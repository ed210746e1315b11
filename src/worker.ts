import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The worker threads that the build makes, by the name of the built file. */
export type WorkerName = 'store-worker' | 'parse-worker' | 'inspect-worker';

/** The processes that the build makes. */
export type ProcessName = 'sqlite-process';

/**
 * Starts a worker thread from its built file.
 * @throws {Error} when the file hasn't been built
 */
export function startWorker(name: WorkerName, options: WorkerOptions): Worker {
  return new Worker(findBuiltFile(name), options);
}

/**
 * Where the built file of a thread or process is. From the bundle it is a neighbour; from the sources (tests run them)
 * it is in `dist/`, since Node 20 can't load TypeScript.
 * @throws {Error} when the file hasn't been built
 */
export function findBuiltFile(name: WorkerName | ProcessName): URL {
  const beside = new URL(`./${name}.js`, import.meta.url);
  const built = existsSync(fileURLToPath(beside)) ? beside : new URL(`../dist/${name}.js`, import.meta.url);
  if (!existsSync(fileURLToPath(built))) throw new Error(`${fileURLToPath(built)} is missing: run "npm run build"`);
  return built;
}
