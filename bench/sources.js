// Parts of src as they are shipped: bundled, since Node 20 runs no TypeScript.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Loads files of src. What they share they share here, too.
 * @param {readonly string[]} files from the repository's root
 * @returns {Promise<readonly object[]>} what each exports
 */
export async function loadSources(files) {
  const cache = join(ROOT, 'node_modules/.cache/bench');
  mkdirSync(cache, { recursive: true });
  // A path of its own for each call, since a module is loaded once for a path.
  const directory = mkdtempSync(join(cache, 'part-'));
  const names = files.map((_, index) => `part${index}`);
  const bundle = await rolldown({
    cwd: ROOT,
    input: Object.fromEntries(files.map((file, index) => [names[index], file])),
    platform: 'node',
    transform: { target: 'node20' },
  });
  try {
    await bundle.write({ dir: directory, format: 'esm', sourcemap: true });
    return await Promise.all(names.map((name) => import(pathToFileURL(join(directory, `${name}.js`)).href)));
  } finally {
    await bundle.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
