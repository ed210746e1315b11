// Kind `cli`: a command of Postfix's, or a shell's. @see p_cli in oracle/pforacle.py
import { readFile, stat } from 'node:fs/promises';
import { ask, findStrayTimes, type Answer, type World } from '../answer.ts';
import { readLog, type LogLine } from '../log.ts';
import { toOutcomeAnswer } from '../mail/answer.ts';
import { findQueueIds } from '../mail/reply.ts';
import { normaliseOutput, sortWarnings, type WrittenTime } from '../normalise.ts';
import { toRegExp } from '../python/regexp.ts';
import { compareCodePoints, decodeText, encodeText, toLines } from '../python/text.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Switch } from '../vector-outcome.ts';
import type { CliProbe } from '../vector.ts';
import { getAccount } from '../world.ts';

/** Runs the probe's command. `tty` changes nothing: the tools in this process don't ask what stderr is. */
export async function askCli(probe: CliProbe, world: World): Promise<Answer> {
  const { sandbox } = world.place;
  const times: WrittenTime[] = [];
  const normalise: Normalise = (written) => {
    const normal = normaliseOutput(written);
    times.push(...normal.times);
    return normal.text;
  };
  const logged = await readLog(sandbox);
  // Who hands mail in finds the server by what a person would say.
  const system = handsMailIn(probe) ? await world.mailSystem() : undefined;
  const [tool = '', ...words] = probe.argv;
  const result = await ask(
    {
      argv: system === undefined ? probe.argv : [tool, '--url', system.url, ...words],
      stdin: encodeText(probe.stdin ?? ''),
      account: getAccount(probe.user ?? 'root'),
      env: probe.env ?? {},
      cwd: probe.cwd ?? '/etc/postfix',
    },
    world,
  );
  const stdout = normalise(result.stdout);
  const isCounted = probe.match && probe.argv[0] !== 'cat';
  const got = {
    rc: result.rc,
    stdout: arrange(matching(stdout, probe.match), probe),
    stderr: onceIf(probe.uniq, sortWarnings(normalise(result.stderr))),
    ...(isCounted ? { lines: toLines(stdout).length } : {}),
    ...(probe.log ? { log: arrangeLog((await readLog(sandbox)).slice(logged.length), probe, normalise) } : {}),
    ...(probe.show ? { show: await readShown(probe.show, sandbox, normalise) } : {}),
  };
  const complaints = findStrayTimes(times, world);
  if (system === undefined) return { got, complaints };
  const outcome = await toOutcomeAnswer(got, {
    probe,
    system,
    world,
    queueIds: findQueueIds([result.stdout]),
    port: 25,
  });
  // It is taken from there in any case: what isn't asked for is not the next probe's.
  return probe.wait ? { ...outcome, complaints: [...complaints, ...outcome.complaints] } : { got, complaints };
}

/** Whether a probe's mail goes to the mail system, so that something comes of it. */
function handsMailIn({ argv, wait, settle }: CliProbe): boolean {
  return argv[0] === 'sendmail' && Boolean(wait || settle);
}

type Normalise = (written: string) => string;

function arrangeLog(added: readonly LogLine[], { log = '', uniq }: CliProbe, normalise: Normalise): readonly string[] {
  const wanted = toRegExp(log);
  const lines = added
    // Only when it takes a while.
    .filter(({ text }) => !text.startsWith('waiting for the Postfix mail system'))
    .filter(({ program, text }) => wanted.test(`${program}: ${text}`))
    .map(({ program, text }) => `${program}: ${normalise(text)}`);
  return uniq ? [...new Set(lines)] : lines;
}

/** The files as the command left them; null for what isn't a file. */
async function readShown(
  paths: readonly string[],
  sandbox: Sandbox,
  normalise: Normalise,
): Promise<Readonly<Record<string, string | null>>> {
  const shown = new Map<string, string | null>();
  for (const path of paths) {
    const place = sandbox.locate(path);
    const found = await stat(place).catch(() => undefined);
    shown.set(path, found?.isFile() === true ? normalise(decodeText(await readFile(place))) : null);
  }
  return Object.fromEntries(shown);
}

function matching(text: string, pattern: string | undefined): string {
  if (!pattern) return text;
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
