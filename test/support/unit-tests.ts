import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCommand, type CommandResult } from './cli.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

const MAIN = `compatibility_level = 3.6
myhostname = mail.example.com
mydestination = $myhostname, example.com
alias_maps = inline:{ { team = alice, bob@far.test, |/bin/prog } }
virtual_alias_domains = virt.test
virtual_alias_maps = inline:{ { all@virt.test = alice@example.com, far@away.test } }
relayhost = [relay.example.net]:587
local_recipient_maps =
`;

const MASTER = [
  'smtp inet n - n - - smtpd',
  ...['smtp', 'error', 'retry', 'local'].map((name) => `${name} unix - - n - - ${name === 'retry' ? 'error' : name}`),
  '',
].join('\n');

interface UnitTestRun {
  readonly argv?: readonly string[];
  /** More files, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
  /** The working directory, if it is one below. */
  readonly below?: string;
}

/** Runs `postfixture test` on a file of this text, `a.postfix-test.yaml`, with a small configuration beside it. */
export async function runUnitTests(
  yaml: string,
  { argv = [], files = {}, below = '' }: UnitTestRun = {},
): Promise<CommandResult> {
  await using directory = await makeTemporaryDirectory();
  const all = { 'a.postfix-test.yaml': yaml, 'postfix/main.cf': MAIN, 'postfix/master.cf': MASTER, ...files };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(directory.path, name)), { recursive: true });
    await writeFile(join(directory.path, name), text);
  }
  return await runCommand(['test', ...argv], {
    cwd: join(directory.path, below),
    signal: new AbortController().signal,
  });
}

/** A file with one test: what its mail is, and what is expected of it, each as YAML in braces. */
export function oneTest(mail: string, expect: string): string {
  return `tests:\n  - { name: a test, ${mail}, expect: ${expect} }\n`;
}
