// Writes docs/parameters.md from the table in src/rules/config/parameters.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

// Node 20 can't import TypeScript: the one module is bundled in memory.
const bundle = await rolldown({ input: 'src/cli/parameter-reference.ts', platform: 'node' });
const { output } = await bundle.generate({ format: 'esm' });
await bundle.close();
const source = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`;
const { formatParameterPage } = await import(source);

mkdirSync('docs', { recursive: true });
writeFileSync('docs/parameters.md', formatParameterPage());
