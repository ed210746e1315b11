import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const SITE = 'dist/web';
const FIRST_JS_MAX = 60_000;
const FIRST_CSS_MAX = 12_000;
const LAZY_JS_MAX = 25_000;
/** Links that a reader may follow, names of XML's vocabularies, and addresses in examples: nothing is loaded from there. */
const NAMED_HOSTS = new Set(['www.postfix.org', 'svelte.dev', 'www.w3.org', 'localhost']);

/** A file of the page, as Vite's manifest tells of it. */
interface Chunk {
  readonly file: string;
  /** Chunks that come with it. */
  readonly imports?: readonly string[];
  /** Chunks that come when they are asked for. */
  readonly dynamicImports?: readonly string[];
}

const manifest = new Map(
  Object.entries(JSON.parse(readFileSync('dist/page-manifest.json', 'utf8')) as Record<string, Chunk>),
);

function get(name: string): Chunk {
  const chunk = manifest.get(name);
  if (chunk === undefined) throw new Error(`the manifest has no ${name}`);
  return chunk;
}

/** @returns the names of a chunk and of all that comes with it */
function closureOf(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const next of get(name).imports ?? []) closureOf(next, seen);
  return seen;
}

function gzippedSize(files: Iterable<string>): number {
  return [...new Set(files)].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(SITE, file)), { level: 9 }).length,
    0,
  );
}

/** What the HTML names: it comes at once, whatever is to be seen. */
const first = new Set(
  [...readFileSync(join(SITE, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(
    ([, file = '']) => file,
  ),
);
const languages = [...manifest.keys()].filter((name) => /src\/strings\/[a-z]+\/page\.ts$/.test(name));
const lazy = [...new Set([...manifest.values()].flatMap(({ dynamicImports = [] }) => dynamicImports))].filter(
  (name) => !first.has(get(name).file),
);

test.for(languages)(
  'the first load, with the words of %s, is at most 60 KB of JavaScript and 12 KB of CSS',
  (language) => {
    const files = [...first, ...[...closureOf(language)].map((name) => get(name).file)];
    const scripts = files.filter((file) => file.endsWith('.js'));
    const styles = files.filter((file) => file.endsWith('.css'));

    expect(gzippedSize(scripts)).toBeLessThanOrEqual(FIRST_JS_MAX);
    expect(gzippedSize(styles)).toBeLessThanOrEqual(FIRST_CSS_MAX);
  },
);

test('both languages are measured', () => {
  expect(languages).toHaveLength(2);
});

test('the first view is in two files, and neither waits for the other', () => {
  const scripts = [...first].map((file) => /^assets\/(.+)-[\w-]{8}\.js$/.exec(file)?.[1]);

  expect(scripts.filter((name) => name !== undefined)).toEqual(['entry', 'first-view']);
});

test.for(lazy)('%s, which comes later, is at most 25 KB with what comes with it', (name) => {
  const files = [...closureOf(name)].map((part) => get(part).file).filter((file) => !first.has(file));

  expect(gzippedSize(files)).toBeLessThanOrEqual(LAZY_JS_MAX);
});

test('the page brings no font, and names no host that something could be loaded from', () => {
  const files = readdirSync(SITE, { recursive: true, encoding: 'utf8' });
  const hosts = files
    .filter((file) => /\.(?:html|js|css|svg)$/.test(file))
    .flatMap((file) => [...readFileSync(join(SITE, file), 'utf8').matchAll(/https?:\/\/([\w.-]+)/g)])
    .map(([, host = '']) => host);
  const styles = files.filter((file) => file.endsWith('.css')).map((file) => readFileSync(join(SITE, file), 'utf8'));

  expect(files.filter((file) => /\.(?:woff2?|ttf|otf|eot)$/.test(file))).toEqual([]);
  expect(styles.join('')).not.toMatch(/@font-face|@import|url\(/);
  expect([...new Set(hosts)].filter((host) => !NAMED_HOSTS.has(host))).toEqual([]);
});
