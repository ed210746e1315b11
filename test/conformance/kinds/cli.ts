// Kind `cli`: a command of Postfix's, or a shell's. @see p_cli in oracle/pforacle.py
import { readFile, stat } from 'node:fs/promises';
import { ask, findStrayTimes, type Answer, type World } from '../answer.ts';
import { readLog } from '../log.ts';
import { normaliseOutput, sortWarnings, type WrittenTime } from '../normalise.ts';
import { toRegExp } from '../python/regexp.ts';
import { compareCodePoints, decodeText, encodeText, toLines } from '../python/text.ts';
import type { Switch } from '../vector-outcome.ts';
import type { CliProbe } from '../vector.ts';
import { getAccount } from '../world.ts';

/** Runs the probe's command. `tty` changes nothing: the tools in this process don't ask what stderr is. */
export async function askCli(probe: CliProbe, world: World): Promise<Answer> {
  const { sandbox } = world.place;
  const times: WrittenTime[] = [];
  const normalise = (text: string): string => {
    const normal = normaliseOutput(text);
    times.push(...normal.times);
    return normal.text;
  };
  const log = probe.log === undefined ? undefined : await readLog(sandbox);
  const result = await ask(
    {
      argv: probe.argv,
      stdin: encodeText(probe.stdin ?? ''),
      account: getAccount(probe.user ?? 'root'),
      env: probe.env ?? {},
      cwd: probe.cwd ?? '/etc/postfix',
    },
    world,
  );
  const written = normalise(result.stdout);
  const got: Record<string, unknown> = {
    rc: result.rc,
    stdout: arrange(matching(written, probe.match), probe),
    stderr: onceIf(probe.uniq, sortWarnings(normalise(result.stderr))),
  };
  if (probe.match !== undefined && probe.argv[0] !== 'cat') got['lines'] = toLines(written).length;
  if (probe.log !== undefined) {
    const wanted = toRegExp(probe.log);
    const lines = (await readLog(sandbox))
      .slice(log?.length)
      .filter(({ text }) => !text.startsWith('waiting for the Postfix mail system'))
      .filter(({ program, text }) => wanted.test(`${program}: ${text}`))
      .map(({ program, text }) => `${program}: ${normalise(text)}`);
    got['log'] = probe.uniq ? [...new Set(lines)] : lines;
  }
  if (probe.show !== undefined) {
    const shown = new Map<string, string | null>();
    for (const path of probe.show) {
      const text = await readIfFile(sandbox.locate(path));
      shown.set(path, text === undefined ? null : normalise(text));
    }
    got['show'] = Object.fromEntries(shown);
  }
  return { got, complaints: findStrayTimes(times, world) };
}

function matching(text: string, pattern: string | undefined): string {
  if (pattern === undefined) return text;
  const wanted = toRegExp(pattern);
  return toLines(text)
    .filter((line) => wanted.test(line))
    .join('');
}

function arrange(text: string, { uniq, sort, para }: CliProbe): string {
  let out = onceIf(uniq, text);
  if (sort) out = [...toLines(out)].sort(compareCodePoints).join('');
  return para ? sortEntries(out) : out;
}

function onceIf(wanted: Switch, text: string): string {
  return wanted ? [...new Set(toLines(text))].join('') : text;
}

/** Sorts the entries of a queue's listing, which blank lines separate: the heading first, the sum last. */
function sortEntries(text: string): string {
  const end = text.indexOf('\n');
  const hasHeading = text.startsWith('-Queue') && end >= 0;
  const entries = (hasHeading ? text.slice(end + 1) : text).split('\n\n');
  const isSum = (entry: string): number => Number(entry.startsWith('-- '));
  entries.sort((a, b) => isSum(a) - isSum(b) || compareCodePoints(a, b));
  return (hasHeading ? text.slice(0, end + 1) : '') + entries.join('\n\n');
}

async function readIfFile(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? decodeText(await readFile(path)) : undefined;
}
