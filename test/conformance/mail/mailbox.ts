// Mailboxes and commands of users, for real, in the sandbox: what the outcome shows is what is on disk afterwards.
// @see mail_copy in local(8)
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Act, MailboxHead } from '../../../src/rules/journey.ts';
import { locateInScript } from '../process.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Shims } from '../shims.ts';

/** Does what a delivery agent would do on this machine. */
export type DoAct = (act: Act, content: Uint8Array) => void;

/** Where mail of the private world may be. */
export const MAIL_PLACES = ['/var/mail', '/home'] as const;

const TIME_LIMIT_MS = 10_000;

/** Commands find coreutils, and nothing else of this machine. What isn't a mailbox or a command is left alone. */
export function openDoAct(sandbox: Sandbox, shims: Shims): DoAct {
  return (act, content) => {
    if (act.kind === 'mailbox') deliverToMailbox(act, content, sandbox);
    else if (act.kind === 'command') runCommand(act, content, { sandbox, shims });
  };
}

function deliverToMailbox(
  { format, path, head }: Extract<Act, { readonly kind: 'mailbox' }>,
  content: Uint8Array,
  sandbox: Sandbox,
): void {
  const written = toUtf8(path);
  if (!MAIL_PLACES.some((place) => written.startsWith(`${place}/`))) return;
  const place = sandbox.locate(written);
  if (format === 'mbox') {
    mkdirSync(dirname(place), { recursive: true });
    const quoted = toText(head, content).replace(/^(?=From )/gm, '>');
    appendFileSync(place, `${toFromLine(head)}${quoted}\n`, 'latin1');
    return;
  }
  const directory = join(place, 'new');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${readdirSync(directory).length}.box`), toText(head, content), 'latin1');
}

function runCommand(
  { command, directory, environment, head }: Extract<Act, { readonly kind: 'command' }>,
  content: Uint8Array,
  { sandbox, shims }: { readonly sandbox: Sandbox; readonly shims: Shims },
): void {
  const place = sandbox.locate(directory === '' ? '/' : toUtf8(directory));
  const variables = environment.map(([name, value]): readonly [string, string] => [name, toUtf8(value)]);
  spawnSync(shims.find('sh'), ['-c', locateInScript(toUtf8(command), sandbox.root)], {
    cwd: statSync(place, { throwIfNoEntry: false }) === undefined ? sandbox.root : place,
    env: { ...Object.fromEntries(variables), PATH: shims.directory },
    input: Buffer.from(toFromLine(head) + toText(head, content), 'latin1'),
    timeout: TIME_LIMIT_MS,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}

/** What a mailbox begins with: `From s@origin.test  Tue Nov 24 18:28:30 2026`. */
function toFromLine(head: MailboxHead): string {
  const [, path = ''] = head.find(([name]) => name === 'Return-Path') ?? [];
  const sender = path.replace(/^<(.*)>$/, '$1');
  const [day = '', date = '', month = '', year = '', time = ''] = new Date().toUTCString().split(/,? /);
  return `From ${sender === '' ? 'MAILER-DAEMON' : sender}  ${day} ${month} ${date.replace(/^0/, ' ')} ${time} ${year}\n`;
}

/** The message with its head, as octets. */
function toText(head: MailboxHead, content: Uint8Array): string {
  const fields = head.map(([name, value]) => `${name}: ${value}\n`).join('');
  return fields + Buffer.from(content).toString('latin1').replaceAll('\r\n', '\n');
}

/** Paths and commands are octets to the product, and text to this machine. */
function toUtf8(octets: string): string {
  return Buffer.from(octets, 'latin1').toString('utf8');
}
