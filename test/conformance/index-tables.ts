// Before a case starts, the tables that it names by an absolute path are indexed. @see setup in oracle/pforacle.py
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { ask, type World } from './answer.ts';
import { toAsciiJson } from './python/text.ts';
import type { Vector } from './vector.ts';

const TABLE = /(?<![\p{L}\p{N}_])(hash|btree|lmdb):(\/[^\s,}"\\;]+)/gu;

/** Indexes them with the product's own tools. What these complain about is not this runner's business. */
export async function indexTables(world: World): Promise<void> {
  for (const { type, path } of findTables(world.vector)) {
    if (!existsSync(world.place.sandbox.locate(path))) continue;
    const tool = basename(path).startsWith('aliases') ? 'postalias' : 'postmap';
    await ask({ argv: [tool, `${type}:${path}`] }, world);
  }
}

/** The indexed tables that main.cf, master.cf or a probe name by an absolute path, each once. */
export function findTables({ config, probes }: Vector): readonly { readonly type: string; readonly path: string }[] {
  const asked = [
    ...probes.map((probe) => (probe.kind === 'postmap' ? probe.table : '')),
    ...probes.map((probe) => (probe.kind === 'cli' ? probe.argv : '')),
  ];
  const text = `${config.main_cf}\n${config.master_cf ?? ''}${toAsciiJson(asked)} hash:/etc/aliases`;
  const found = [...text.matchAll(TABLE)].map(([name, type = '', path = '']) => [name, { type, path }] as const);
  return [...new Map(found).values()];
}
