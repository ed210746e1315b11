import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type HtmlTagDescriptor, type Plugin, type Rolldown } from 'vite';

/** The entry asks for it in its first line. */
const FIRST_VIEW = '/src/mount-page.ts';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [svelte(), preloadFirstView()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // A file for the entry and one for the first view, each with all that it imports: requests cost more than octets.
        codeSplitting: {
          groups: [
            { name: 'entry', test: /\/src\/(?:main|strings\/en\/plural)\.ts$/, priority: 2 },
            { name: 'first-view', test: /\/src\/mount-page\.ts$/, priority: 1 },
          ],
        },
      },
    },
    // Which file loads which: scripts/build.js takes it out of what is served.
    manifest: 'manifest.json',
  },
});

/** Names the files of the first view in the HTML, so that they come together with the entry rather than after it. */
function preloadFirstView(): Plugin {
  return {
    name: 'preload-first-view',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const view = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(FIRST_VIEW)));
        if (!view) return [];
        const files = [...withImports(view, new Map(chunks.map((chunk) => [chunk.fileName, chunk])))];
        const scripts = files.map(({ fileName }) => toLink('modulepreload', fileName));
        const styles = files.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        return [...scripts, ...styles.map((name) => toLink('stylesheet', name))].filter(
          ({ attrs }) => !html.includes(`"${String(attrs?.['href'])}"`),
        );
      },
    },
  };
}

function withImports(
  chunk: Rolldown.OutputChunk,
  chunks: ReadonlyMap<string, Rolldown.OutputChunk>,
  seen = new Set<Rolldown.OutputChunk>(),
): ReadonlySet<Rolldown.OutputChunk> {
  if (seen.has(chunk)) return seen;
  seen.add(chunk);
  for (const name of chunk.imports) {
    const next = chunks.get(name);
    if (next) withImports(next, chunks, seen);
  }
  return seen;
}

function toLink(rel: string, name: string): HtmlTagDescriptor {
  return { tag: 'link', attrs: { rel, crossorigin: true, href: `/${name}` }, injectTo: 'head' };
}
