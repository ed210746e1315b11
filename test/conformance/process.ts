// Shell commands and coreutils of a case, as processes. Paths of the case that they name are located in the sandbox
// before they run, and named by their own name again in what they print; the product's tools get theirs as written.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type { Command, CommandResult, Place } from './command.ts';
import { decodeText } from './python/text.ts';
import { TOOLS } from './shims.ts';

/** A path of the case: at the beginning of a word, after `=`, or after a redirection. */
const CASE_PATH = /(?<![\w/.$:-])\/(?:etc|var|home|tmp|root|nonexistent)(?![\w-])/g;
const MACHINE_PATH = /\/usr\/sbin|\/sbin\/|\/usr\/lib(?:exec)?\/postfix/;

/** @throws {Error} when it names a program of the machine's own Postfix, or doesn't end in time */
export async function runProcess(
  { argv, stdin, account, cwd }: Command,
  { sandbox, shims }: Place,
  { env, signal }: { env: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<CommandResult> {
  if (argv.some((word) => MACHINE_PATH.test(word)))
    throw new Error(`it names a program of the machine: ${argv.join(' ')}`);
  const [name = '', ...words] = argv;
  const located = words.map((word) =>
    name === 'sh' ? locateInScript(word, sandbox.root) : locateIn(word, sandbox.root),
  );
  const child = spawn(shims.find(name), located, {
    cwd: sandbox.locate(cwd),
    env,
    signal,
    stdio: 'pipe',
    ...(account.uid === process.getuid?.() || account.uid === 0 ? {} : { uid: account.uid, gid: account.gid }),
  });
  // It may end before it has read all.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const ended = once(child, 'close') as Promise<[status: number | null]>;
  const [stdout, stderr, [status]] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended]);
  const toWritten = (octets: Buffer): string => decodeText(octets).replaceAll(sandbox.root, '');
  return { rc: status ?? -1, stdout: toWritten(stdout), stderr: toWritten(stderr) };
}

/**
 * A script whose coreutils, and redirections, work on the sandbox. What the product's tools are given stays as it is
 * written, so that they write it so.
 */
export function locateInScript(script: string, root: string): string {
  const commands = script.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^;&|\n'"\\])+|[;&|\n]+|./g) ?? [];
  return commands
    .map((command) => {
      const [word] = /[\w.-]+/.exec(command) ?? [];
      if (word === undefined || !TOOLS.includes(word)) return locateIn(command, root);
      return command.replace(/(?<=[<>]\s*)\/\S+/g, (path) => locateIn(path, root));
    })
    .join('');
}

function locateIn(text: string, root: string): string {
  return text.replace(CASE_PATH, (path) => root + path);
}
