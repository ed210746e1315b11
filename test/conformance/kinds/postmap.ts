// Kind `postmap`: keys looked up in a table. @see p_postmap in oracle/pforacle.py
import { ask, type Answer, type World } from '../answer.ts';
import { toRegExp } from '../python/regexp.ts';
import type { PostmapProbe } from '../vector.ts';

const PROCESS_ID = toRegExp(String.raw`\[\d+\]`, 'g');

/** Asks for one key after the other. */
export async function askPostmap(probe: PostmapProbe, world: World): Promise<Answer> {
  const results = new Map<string, unknown>();
  const complaints: string[] = [];
  for (const key of probe.keys) {
    const { rc, stdout, stderr } = await ask({ argv: [probe.tool ?? 'postmap', '-q', key, probe.table] }, world);
    const complains = stderr !== '' && !probe.quiet;
    const found = rc === 0 ? stdout.slice(0, -1) : null;
    // Any failure is "not found" for the oracle, which asked a postmap that has no other statuses and doesn't crash.
    if (rc > 1 || /^postfixture: /m.test(stderr)) complaints.push(`${JSON.stringify(key)}: status ${rc}: ${stderr}`);
    results.set(key, complains ? { rc, out: stdout, stderr: stderr.replace(PROCESS_ID, '[PID]') } : found);
  }
  return { got: { results: Object.fromEntries(results) }, complaints };
}
