// Programs that people send mail with, as they are installed: each in the clear, by STARTTLS, in TLS from the first octet, and
// with both kinds of login.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageSession } from '../../src/http/api/schemas/session.ts';
import { startServing, type ServingProgram } from '../support/serving.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../support/temporary-directory.ts';

/** How a mail is sent. */
interface Way {
  readonly port: number;
  readonly tls: 'none' | 'STARTTLS' | 'at once';
  readonly mechanism: 'PLAIN' | 'LOGIN' | undefined;
  readonly subject: string;
  /** A file with the mail. */
  readonly file: string;
}

/** A program, and its words for a way. */
interface Client {
  readonly name: string;
  /** What it needs on the PATH. */
  readonly program: string;
  readonly toCommand: (way: Way) => readonly string[];
  /** What it can't do, and why. */
  readonly lacks?: (way: Pick<Way, 'tls' | 'mechanism'>) => boolean;
}

const PYTHON = `
import smtplib, sys
port, file, tls, mechanism = sys.argv[1:]
connect = smtplib.SMTP_SSL if tls == 'at once' else smtplib.SMTP
with connect('127.0.0.1', int(port), timeout=20) as smtp:
    smtp.ehlo()
    if tls == 'STARTTLS': smtp.starttls(); smtp.ehlo()
    smtp.user, smtp.password = 'ada', 'secret'
    if mechanism == 'PLAIN': smtp.auth('PLAIN', smtp.auth_plain)
    if mechanism == 'LOGIN': smtp.auth('LOGIN', smtp.auth_login)
    smtp.sendmail('ada@example.com', ['bob@example.com'], open(file, 'rb').read())
`;

const NODEMAILER = `
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
const [port, file, tls, authMethod] = process.argv.slice(1);
const transport = createTransport({
  host: '127.0.0.1', port: Number(port), secure: tls === 'at once', ignoreTLS: tls === 'none', requireTLS: tls === 'STARTTLS',
  tls: { rejectUnauthorized: false }, authMethod, auth: authMethod ? { user: 'ada', pass: 'secret' } : undefined,
});
await transport.sendMail({ envelope: { from: 'ada@example.com', to: 'bob@example.com' }, raw: readFileSync(file) });
`;

const ENVELOPE = { from: 'ada@example.com', to: 'bob@example.com' };

const CLIENTS: readonly Client[] = [
  {
    name: 'swaks',
    program: 'swaks',
    toCommand: ({ port, tls, mechanism, file }) => [
      ...['swaks', '--server', '127.0.0.1', '--port', String(port), '--from', ENVELOPE.from, '--to', ENVELOPE.to],
      ...['--data', `@${file}`, '--silent', '2'],
      ...{ none: [], STARTTLS: ['--tls'], 'at once': ['--tls-on-connect'] }[tls],
      ...(mechanism === undefined ? [] : ['--auth', mechanism, '--auth-user', 'ada', '--auth-password', 'secret']),
    ],
  },
  {
    name: 'msmtp',
    program: 'msmtp',
    // It sends no password in the clear unless it is told to by its configuration file's `auth plain`.
    toCommand: ({ port, tls, mechanism, file }) => [
      ...['sh', '-c', 'exec msmtp "$@" < "$0"', file],
      ...['--file=/dev/null', '--host=127.0.0.1', `--port=${port}`, `--from=${ENVELOPE.from}`],
      ...(tls === 'none'
        ? ['--tls=off']
        : ['--tls=on', `--tls-starttls=${tls === 'STARTTLS' ? 'on' : 'off'}`, '--tls-certcheck=off']),
      ...(mechanism === undefined
        ? ['--auth=off']
        : [`--auth=${mechanism.toLowerCase()}`, '--user=ada', '--passwordeval=echo secret']),
      ENVELOPE.to,
    ],
  },
  {
    name: 'curl',
    program: 'curl',
    toCommand: ({ port, tls, mechanism, file }) => [
      ...['curl', '--silent', '--show-error', '--max-time', '20', '--insecure'],
      ...['--mail-from', ENVELOPE.from, '--mail-rcpt', ENVELOPE.to, '--upload-file', file],
      ...(tls === 'STARTTLS' ? ['--ssl-reqd'] : []),
      ...(mechanism === undefined ? [] : ['--user', 'ada:secret', '--login-options', `AUTH=${mechanism}`]),
      `${tls === 'at once' ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    ],
  },
  {
    name: 'Python’s smtplib',
    program: 'python3',
    toCommand: ({ port, tls, mechanism, file }) => [
      ...['python3', '-c', PYTHON, String(port), file, tls, mechanism ?? ''],
    ],
  },
  {
    name: 'nodemailer',
    program: 'node',
    toCommand: ({ port, tls, mechanism, file }) => [
      ...['node', '--input-type=module', '--eval', NODEMAILER, String(port), file, tls, mechanism ?? ''],
    ],
  },
  {
    name: 'Postfix’s smtp-source',
    program: 'smtp-source',
    toCommand: ({ port, subject }) => [
      ...['smtp-source', '-c', '-m', '1', '-S', subject, '-f', ENVELOPE.from, '-t', ENVELOPE.to, `127.0.0.1:${port}`],
    ],
    lacks: ({ tls, mechanism }) => tls !== 'none' || mechanism !== undefined,
  },
];

const WAYS = (['none', 'STARTTLS', 'at once'] as const).flatMap((tls) =>
  ([undefined, 'PLAIN', 'LOGIN'] as const).map((mechanism) => ({ tls, mechanism })),
);

const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];

const HOW = { none: 'in the clear', STARTTLS: 'by STARTTLS', 'at once': 'in TLS at once' };

let program: ServingProgram;
let smtpsPort: number;
let directory: TemporaryDirectory;
beforeAll(async () => {
  program = await startServing(['--ephemeral', '--smtpd-tls-security-level=may', '--smtps-port=0']);
  const [, port] = await program.waitFor('stdout', /:(\d+) for smtps\/inet, TLS at once\n/);
  smtpsPort = Number(port);
  directory = await makeTemporaryDirectory();
});
afterAll(async () => {
  await program[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

const cases = CLIENTS.flatMap((client) =>
  WAYS.filter((way) => client.lacks?.(way) !== true).map((way) => ({
    client,
    way,
    name: client.name,
    how: [HOW[way.tls], ...(way.mechanism ? [`with AUTH ${way.mechanism}`] : [])].join(' '),
  })),
);

test.for(cases)('$name sends a mail $how', { timeout: 60_000 }, async ({ client, way, how }) => {
  expect(
    FOLDERS.some((folder) => existsSync(join(folder, client.program))),
    'npm run test:all installs it',
  ).toBe(true);
  const subject = `${client.program} ${how}`;
  const file = join(directory.path, `${subject.replaceAll(' ', '-')}.eml`);
  const text = `From: ${ENVELOPE.from}\r\nTo: ${ENVELOPE.to}\r\nSubject: ${subject}\r\n\r\n.dots\r\n..\r\nend\r\n`;
  await writeFile(file, text);

  const port = way.tls === 'at once' ? smtpsPort : program.smtpPort;
  await runToEnd(client.toCommand({ ...way, port, subject, file }));

  const query = new URLSearchParams({ query: `subject:"${subject}"`, timeout: '20s' });
  const { messages } = (await (await fetch(`${program.url}/api/v1/wait?${query}`)).json()) as {
    readonly messages: readonly { readonly ID: string; readonly To: readonly { readonly Address: string }[] }[];
  };
  const [message] = messages;
  const session = (await (
    await fetch(`${program.url}/api/v1/message/${message?.ID ?? ''}/session`)
  ).json()) as MessageSession;
  expect(session.tls !== undefined).toBe(way.tls !== 'none');
  expect(session.username).toBe(way.mechanism && 'ada');
  expect(session.lines.map((line) => line.text).join('\n')).not.toMatch(/secret|c2VjcmV0/);
  if (client.program !== 'smtp-source') {
    const raw = await (await fetch(`${program.url}/api/v1/message/${message?.ID ?? ''}/raw`)).text();
    expect(raw).toContain('\r\n\r\n.dots\r\n..\r\nend\r\n');
  }
});

/** @throws {Error} with what it wrote, if it fails */
async function runToEnd([command = '', ...words]: readonly string[]): Promise<void> {
  const child = spawn(command, words, { env: { ...process.env, PATH: FOLDERS.join(delimiter) } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stdin.end();
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}:\n${output}`);
}
