// A lookup table of a million lines: how long it takes to open its text, and to ask it a million times.
import { loadSources } from './sources.js';

const LINES = 1_000_000;

/**
 * Opens a `hash:` text of a million lines, and looks each of its keys up once, in another order and in capitals; the median of
 * three rounds.
 * @returns {Promise<{ openMs: number, lookUpMs: number, heapMb: number }>} `heapMb`: what the open table keeps, beside its text
 */
export async function measureTables() {
  const [{ openTable }] = await loadSources(['src/rules/tables/open-table.ts']);
  const text = Array.from({ length: LINES }, (_, line) => `user${line}@example.com mailbox${line}\n`).join('');
  // Through a buffer, so that each is a string in one piece, as one that a client sent would be.
  const keys = Array.from({ length: LINES }, (_, turn) =>
    Buffer.from(`User${(turn * 7919) % LINES}@Example.com`).toString('latin1'),
  );
  const readFile = (path) =>
    path === 'virtual' ? { text, modifiedAt: 0, mode: 0o644, uid: 0 } : { fault: 'No such file or directory' };
  const world = {
    readFile,
    source: 'text',
    aliasTables: new Set(),
    smtputf8: true,
    foldsCase: true,
    duplicates: 'warn',
    trailingNull: 'both',
    now: 0,
    report: () => {},
  };

  const before = memoryMb();
  const opening = performance.now();
  const table = openTable('hash:virtual', { file: 'main.cf', line: 1 }, world);
  const openMs = performance.now() - opening;
  const heapMb = memoryMb() - before;

  const rounds = Array.from({ length: 3 }, () => measureLookUps(table, keys)).sort((a, b) => a - b);
  return { openMs, lookUpMs: rounds[1], heapMb };
}

/** @returns {number} ms */
function measureLookUps(table, keys) {
  const started = performance.now();
  let found = 0;
  for (const key of keys) if (table.lookup(key) !== undefined) found += 1;
  const ms = performance.now() - started;
  if (found !== keys.length) throw new Error(`${keys.length - found} keys were not found`);
  return ms;
}

function memoryMb() {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
