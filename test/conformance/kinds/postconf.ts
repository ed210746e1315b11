// Kind `postconf`: the values of parameters. @see p_postconf in oracle/pforacle.py
import { ask, type Answer, type World } from '../answer.ts';
import { sortWarnings } from '../normalise.ts';
import type { PostconfProbe } from '../vector.ts';

/** Asks for one parameter after the other. */
export async function askPostconf(probe: PostconfProbe, world: World): Promise<Answer> {
  const results = new Map<string, unknown>();
  for (const name of probe.names) {
    const result = await ask({ argv: ['postconf', probe.flags ?? '-xh', name] }, world);
    const [out, stderr] = [unifyNewlines(result.stdout), unifyNewlines(result.stderr)];
    const isPlain = result.rc === 0 && stderr === '';
    results.set(name, isPlain ? out.slice(0, -1) : { rc: result.rc, out, stderr: sortWarnings(stderr) });
  }
  return { got: { results: Object.fromEntries(results) }, complaints: [] };
}

/** The oracle read these outputs as Python's text mode does. */
function unifyNewlines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
