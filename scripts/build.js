// Builds what is shipped into dist/: the bundled program, its worker threads and processes, the page, and the type
// declarations.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { build as buildPage } from 'vite';

const ENTRIES = {
  index: 'src/index.ts',
  cli: 'src/cli/main.ts',
  'store-worker': 'src/store/sqlite/worker-main.ts',
  'parse-worker': 'src/message/worker-main.ts',
  'inspect-worker': 'src/message/inspect/worker-main.ts',
  'sqlite-process': 'src/lookups/sqlite-process-main.ts',
};

rmSync('dist', { recursive: true, force: true });
const bundledFiles = await bundle();
const page = await buildPage({ configFile: 'web/vite.config.ts', logLevel: 'warn' });
// For the test of its budgets.
renameSync('dist/web/manifest.json', 'dist/page-manifest.json');
for (const { output } of [page].flat()) for (const chunk of output) bundledFiles.push(...(chunk.moduleIds ?? []));
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', notices(bundledFiles));
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

/** Bundles the entries for Node. @returns the files that went in */
async function bundle() {
  const input = Object.fromEntries(Object.entries(ENTRIES).filter(([, file]) => existsSync(file)));
  const build = await rolldown({
    input,
    platform: 'node',
    // pg-native is pg's compiled twin, which it looks for only when it is asked to: nobody does.
    external: ['libsql', 'pg-native', /^node:/],
    // CommonJS packages ask for `require`, `__dirname`: the bundle is ESM.
    transform: { target: 'node20' },
    checks: { eval: false },
  });
  const { output } = await build.write({
    dir: 'dist',
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
}

/** The licences of the packages that `files` come from. */
function notices(files) {
  const packages = new Map();
  for (const file of files) {
    const found = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file.replace(/^\0/, ''));
    if (!found) continue;
    const folder = found[1];
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const text = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'COPYING']
      .map((base) => join(folder, base))
      .find((path) => existsSync(path));
    packages.set(
      `${name}@${version}`,
      `${name} ${version} (${license})\n\n${text ? readFileSync(text, 'utf8').trim() : ''}`,
    );
  }
  const sorted = [...packages.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `Postfixture's bundle contains the packages below.\n\n${sorted.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
