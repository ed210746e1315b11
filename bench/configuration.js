// How long a configuration takes to be read and checked: 300 parameters, 50 tables.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../bin/postfixture.js');
const ROUNDS = 11;

/** @returns ms of `postfixture check`, without what a process takes to start, sorted */
export function measureConfiguration(directory) {
  const place = join(directory, 'postfix');
  mkdirSync(place);
  writeConfiguration(place);
  const start = time(['version']);
  return Array.from({ length: ROUNDS }, () => Math.max(0, time(['check', '--config', place]) - start)).sort(
    (a, b) => a - b,
  );
}

function writeConfiguration(place) {
  const tables = Array.from({ length: 50 }, (_, index) => `texthash:$config_directory/table${index}`);
  const entries = Array.from({ length: 100 }, (_, index) => `user${index}@example.com place${index}@example.net\n`);
  for (const index of tables.keys()) writeFileSync(join(place, `table${index}`), entries.join(''));
  const own = Array.from({ length: 299 }, (_, index) => `own${index} = $myhostname, own${index}.$mydomain\n`);
  const used = own.map((_, index) => `$own${index}`).join(' ');
  const lists = `mydestination = ${used}\nvirtual_alias_maps = ${tables.join(',\n  ')}\n`;
  writeFileSync(
    join(place, 'main.cf'),
    `compatibility_level = 3.6\nmyhostname = mail.example.com\n${own.join('')}${lists}`,
  );
}

/** @returns ms, the median of five runs */
function time(argv) {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`postfixture ${argv.join(' ')} exited with ${status}: ${stderr}`);
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[2];
}
