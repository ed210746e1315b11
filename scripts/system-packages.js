// Installs what the tests and the bench need beside npm's packages: a browser, Postfix's load generator, PostgreSQL,
// SMTP clients, and Python's pip, for a client of Mailpit's API that is written in it.
// On Debian and its kin it does so itself; elsewhere, or without root, it fails and names the command.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Program → the Debian package that has it. */
const PROGRAMS = {
  chromium: 'chromium',
  'smtp-source': 'postfix',
  pg_ctlcluster: 'postgresql',
  pip3: 'python3-pip',
  curl: 'curl',
  msmtp: 'msmtp',
  swaks: 'swaks',
};
/** What swaks needs for TLS and logins, which its package only recommends. */
const BESIDE = { swaks: ['libnet-ssleay-perl', 'libauthen-sasl-perl'] };

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
const missing = Object.entries(PROGRAMS).filter(
  ([program]) => !folders.some((folder) => existsSync(join(folder, program))),
);
if (missing.length > 0) install(missing.flatMap(([, name]) => [name, ...(BESIDE[name] ?? [])]));

function install(packages) {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const hasApt = folders.some((folder) => existsSync(join(folder, 'apt-get')));
  if (!hasApt || process.getuid?.() !== 0) {
    const how = hasApt
      ? `run: sudo apt-get update && sudo apt-get ${install.join(' ')}`
      : `install ${packages.join(' and ')} with this system's package manager, so that they are on the PATH`;
    console.error(`Missing: ${missing.map(([program]) => program).join(', ')}.\n${how}`);
    process.exit(1);
  }
  // Postfix is wanted for its tools alone: it isn't configured, so it doesn't run.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('debconf-set-selections', { input: 'postfix postfix/main_mailer_type select No configuration\n' });
  execFileSync('apt-get', ['update', '-q'], { stdio: 'inherit', env });
  execFileSync('apt-get', install, { stdio: 'inherit', env });
}
