import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ask } from '../../src/rules/question.ts';
import type { RuleWorld } from '../../src/rules/world.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { openRuleWorld } from '../../src/settings/rule-world.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { BASE_MASTER, mainText, PASSWD, GROUP, HOSTS } from '../conformance/world.ts';
import { testMachine } from './settings.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** A configuration for a test of rules. */
export interface TestConfiguration {
  /** After what every conformance case begins with: `compatibility_level`, ipv4 alone, one recipient a delivery. */
  readonly mainCf?: string;
  /** In the place of the master.cf of the conformance cases, which has every transport of Postfix. */
  readonly masterCf?: string;
  /** Each path with its text; relative ones are below /etc/postfix. */
  readonly files?: Readonly<Record<string, string>>;
  /** Asks outside. */
  readonly ask?: Ask;
}

/** What rules may know of a configuration, read from real files with Postfix's own defaults; disposed of, they are gone. */
export interface TestWorld extends AsyncDisposable {
  readonly world: RuleWorld;
  readonly settings: Settings;
}

/** The machine is the one of the conformance cases: `box`, 127.0.0.1 and 10.1.2.3; users root, alice, bob, carol, dave, vmail. */
export async function openTestWorld({ mainCf = '', masterCf, files = {}, ask }: TestConfiguration): Promise<TestWorld> {
  const directory = await makeTemporaryDirectory();
  const root = directory.path;
  const all = {
    '/etc/passwd': PASSWD,
    '/etc/group': GROUP,
    '/etc/hosts': HOSTS,
    '/etc/aliases': 'postmaster: root\n',
    'master.cf': masterCf ?? BASE_MASTER,
    'main.cf': mainText({ main_cf: mainCf }),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    const file = path.startsWith('/') ? join(root, path) : join(root, 'etc/postfix', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, 'latin1');
  }
  const settings = loadSettings({
    ...(ask !== undefined && { ask }),
    machine: { ...testMachine, cwd: join(root, 'etc/postfix') },
    environment: {
      MAIL_CONFIG: '/etc/postfix',
      POSTFIXTURE_PATH_MAP: `/=${root} ${root}=${root}`,
      POSTFIXTURE_PASSWD_FILE: '/etc/passwd',
      POSTFIXTURE_DEFAULTS: 'postfix',
      POSTFIXTURE_MACHINE_NAME: 'box',
      POSTFIXTURE_MACHINE_ADDRESSES: '127.0.0.1/8 10.1.2.3/24',
      POSTFIXTURE_EPHEMERAL: 'yes',
    },
  });
  return { world: openRuleWorld(settings), settings, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}
