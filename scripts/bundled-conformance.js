// Bundles the conformance runner and the product, so that what is tested is what is in src/ now, and runs a command of it.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Sets the exit status.
 * @param {'vectors' | 'fuzz'} command
 */
export async function runBundled(command) {
  // The world of the vectors is in UTC.
  process.env.TZ = 'UTC';
  const root = join(import.meta.dirname, '..');
  const built = join(root, 'node_modules/.cache/conformance', String(process.pid));
  const build = await rolldown({
    cwd: root,
    input: {
      vectors: 'test/conformance/main.ts',
      fuzz: 'test/conformance/fuzz/main.ts',
      worker: 'test/conformance/worker-main.ts',
      cli: 'src/cli/main.ts',
      'parse-worker': 'src/message/worker-main.ts',
    },
    platform: 'node',
    external: ['libsql', 'pg-native', /^node:/],
    transform: { target: 'node20' },
    checks: { eval: false },
  });
  try {
    await build.write({ dir: built, format: 'esm', sourcemap: true, entryFileNames: '[name].js' });
    await build.close();
    // The server tells its version.
    copyFileSync(join(root, 'package.json'), join(built, 'package.json'));
    const { main } = await import(join(built, `${command}.js`));
    const program = { file: join(built, 'cli.js'), guard: join(root, 'test/conformance/guard.js') };
    const parts = { root, worker: join(built, 'worker.js'), program };
    process.exitCode = await main(process.argv.slice(2), parts, (text) => process.stdout.write(text));
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}
