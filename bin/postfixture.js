#!/usr/bin/env node
// Starts the built program, or says why it can't.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const program = new URL('../dist/cli.js', import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`postfixture: Node ${process.versions.node} is too old\n  hint: use Node 20.19 or newer\n`);
  process.exitCode = 1;
} else if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write('postfixture: it has not been built\n  hint: run "npm run build"\n');
  process.exitCode = 1;
}
