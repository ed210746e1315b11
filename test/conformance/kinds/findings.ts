// What Postfix's programs say of a configuration, compared with what the product finds in it: for probes whose programs
// the product doesn't have, or whose words only daemons write.
import { readFile } from 'node:fs/promises';
import { ask, type Answer, type World } from '../answer.ts';
import { splitLines } from '../python/text.ts';
import type { CliProbe } from '../vector.ts';

/** An answer, and what is expected of it: not what the probe itself has. */
export interface Judged extends Answer {
  readonly expected: Readonly<Record<string, unknown>>;
}

const SAID = /\b((?:fatal|error|warning|panic): .*)/;

/** What is said of something else than the configuration, and what it is. */
const NOT_ABOUT_CONFIGURATION: readonly (readonly [said: RegExp, reason: string])[] = [
  [/warning: process .* exit status|bad command startup -- throttling/, 'master says so of any daemon that ended'],
  [/dict_nis_init/, 'no NIS where it was recorded'],
  [/lookup error for "|table lookup problem|lookup failure/, 'it repeats what is wrong for each key'],
  [/warning: valid_hostname: /, 'a fatal line of the same mistake follows'],
  [/^warning: open "(?:ldap|mysql|memcache)" configuration "/, 'tables of these types are not opened'],
  [/^warning: open \S+master\.cf: No such file|^fatal: no \S+master\.cf file found/, 'the stock one holds then'],
  [/cannot execute \/usr\/sbin\/postconf!/, 'it follows from what was said before'],
  [/not owned by|other writable|scan_dir_push|chdir\(| differ$/, 'owners, modes and files beside the configuration'],
  [/unknown command: |usage: postfix|reserved for the superuser|use the Postfix sendmail/, 'of the command line'],
  [/system is (?:already|not) running|mail system is down|mailsystem is down/i, 'of what runs'],
];

/** Where a script leaves the findings that it has in the middle. */
const LEFT = '/tmp/findings.json';
const CHECK = ['check', '--as-production', '--format', 'json', '--config'];

/** Puts `check` in the place of the command, and compares the texts that were written with those of the findings. */
export async function askFindings(probe: CliProbe, world: World): Promise<Judged> {
  const expected = listSaid(probe);
  if (expected.length === 0) return { expected: {}, got: {}, complaints: [] };
  const json = probe.argv[0] === 'sh' ? await runScript(probe, world) : await runCheck(probe, world);
  const { findings } = JSON.parse(json) as { readonly findings: readonly { readonly postfixLine?: string }[] };
  const found = findings.flatMap(({ postfixLine }) => postfixLine ?? []);
  return {
    expected: { findings: expected },
    got: { findings: expected.filter((said) => isFound(said, found)) },
    complaints: [],
  };
}

async function runCheck({ argv }: CliProbe, world: World): Promise<string> {
  const option = argv[0] === 'postfix' ? argv.indexOf('-c') : -1;
  const directory = option < 0 ? undefined : argv[option + 1];
  const { stdout } = await ask({ argv: [...CHECK, directory ?? '/etc/postfix'] }, world);
  return stdout;
}

/** The script's other commands make the mistake, or mend it afterwards. */
async function runScript({ argv }: CliProbe, world: World): Promise<string> {
  const check = `${CHECK.join(' ')} /etc/postfix >${LEFT}`;
  const script = argv.map((word) => word.replace(/(?<![\w/])postfix \w+/g, check).replace(/\bsleep \d+/g, 'true'));
  await ask({ argv: script }, world);
  return await readFile(world.place.sandbox.locate(LEFT), 'utf8');
}

/** QUIRK: a file that can't be opened is told of twice, in different words. */
function isFound(said: string, found: readonly string[]): boolean {
  const [, fault] = /^(?:error: |warning: \S+ is unavailable\. )(.*)$/.exec(said) ?? [];
  if (fault === undefined) return found.includes(said);
  return found.some((line) => line === `error: ${fault}` || line.endsWith(` is unavailable. ${fault}`));
}

/** What was said of the configuration, each text once. */
export function listSaid({ argv, expected }: Pick<CliProbe, 'argv' | 'expected'>): readonly string[] {
  const { stdout, stderr = '', log = [] } = expected;
  // What a tool of the product's prints elsewhere is no message.
  const printed = argv[0] === 'cat' || argv[0] === 'sh' ? stdout : '';
  const lines = [...splitLines(printed), ...splitLines(stderr), ...log].map((line) => line.replace(/[\r\n]+$/, ''));
  const texts = lines.flatMap((line) => SAID.exec(line)?.[1] ?? []);
  return [...new Set(texts)].filter((text) => !NOT_ABOUT_CONFIGURATION.some(([said]) => said.test(text)));
}
