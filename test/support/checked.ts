import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Check } from '../../src/rules/check/checks.ts';
import type { Finding } from '../../src/rules/config/finding.ts';
import { parseMasterCf } from '../../src/rules/config/master-cf.ts';
import { readCheckWorld } from '../../src/settings/check-world.ts';
import { readPostfixConfiguration } from '../../src/settings/postfix-configuration.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** A configuration to check: each path with its text; relative ones are below /etc/postfix. */
export type CheckedFiles = Readonly<Record<string, string>>;

/** What every sound configuration has; `main.cf` of a case comes after it. */
const SOUND = `compatibility_level = 3.6
myhostname = mail.example.com
mydestination = $myhostname, localhost, example.com
alias_maps =
alias_database =
`;

const MASTER = `smtp inet n - n - - smtpd
smtp unix - - n - - smtp
relay unix - - n - - smtp
local unix - n n - - local
virtual unix - n n - - virtual
error unix - - n - - error
`;

/**
 * Runs one check over real files.
 * @param options.isWhole whether `main.cf` is the whole of main.cf, and not what comes after sound lines
 */
export async function findIn(
  check: Check,
  files: CheckedFiles,
  { isWhole = false }: { readonly isWhole?: boolean } = {},
): Promise<readonly Finding[]> {
  await using directory = await makeTemporaryDirectory();
  const root = directory.path;
  const all = {
    'master.cf': MASTER,
    '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nalice:x:1001:1001::/home/alice:/bin/sh\n',
    ...files,
    'main.cf': isWhole ? (files['main.cf'] ?? '') : SOUND + (files['main.cf'] ?? ''),
  };
  for (const [path, text] of Object.entries(all)) {
    const file = path.startsWith('/') ? join(root, path) : join(root, 'etc/postfix', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, 'latin1');
  }
  const env = {
    MAIL_CONFIG: '/etc/postfix',
    POSTFIXTURE_PATH_MAP: `/=${root} ${root}=${root}`,
    POSTFIXTURE_PASSWD_FILE: '/etc/passwd',
  };
  const configuration = readPostfixConfiguration(
    { program: 'postfixture', cwd: join(root, 'etc/postfix'), env },
    () => {},
  );
  const services = parseMasterCf(all['master.cf'], '/etc/postfix/master.cf', () => {});
  const { world } = readCheckWorld({ configuration, services, env, now: 0, defaults: 'postfix' });
  return [...check(world)];
}

/** `code file:line:column`, the file without its directory; line numbers of main.cf count from the case's first line. */
export function toRows(findings: readonly Finding[]): readonly string[] {
  const before = SOUND.split('\n').length - 1;
  return findings.map(({ code, at: { file, line, column } }) => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const shown = line !== undefined && name === 'main.cf' ? line - before : line;
    return `${code} ${[name, shown, column].filter((part) => part !== undefined).join(':')}`;
  });
}
