import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { startServer } from '../../src/server.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { StoreCorruptError } from '../../src/store/store.ts';
import { runCommand } from '../support/cli.ts';

/** Fails as a real listener does. */
const listen =
  (address: (settings: Settings) => { port: number; host: string }): typeof startServer =>
  async ({ settings }) => {
    const listener = createServer().listen(address(settings.current()));
    await once(listener, 'listening');
    throw new Error('it listens');
  };

describe('a port that is in use', () => {
  test.for([
    { flag: '--smtp-port', parameter: 'catch_smtp_port', role: 'SMTP' },
    { flag: '--http-port', parameter: 'catch_http_port', role: 'the inbox' },
  ] as const)('of $role exits 1 and names $flag', async ({ flag, parameter, role }) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const start = listen((settings) => ({ port: settings.get(parameter), host: '127.0.0.1' }));

    const result = await runCommand([flag, String(port)], { start });
    other.close();

    expect(result).toEqual({
      status: 1,
      stdout: '',
      stderr: `postfixture: port ${port} (${role}) is in use\n  hint: choose another with ${flag} PORT; 0 takes a free one\n`,
    });
  });

  test('by the program itself: both were given the same', async () => {
    const start: typeof startServer = () =>
      Promise.reject(Object.assign(new Error('in use'), { code: 'EADDRINUSE', syscall: 'listen', port: 2525 }));

    const { stderr } = await runCommand(['-s', '2525', '-p', '2525'], { start });

    expect(stderr).toBe(
      'postfixture: port 2525 is given to both SMTP and the inbox\n  hint: choose another with --http-port PORT\n',
    );
  });
});

test('an address of another machine exits 1 and names --listen', async () => {
  const start = listen(() => ({ port: 0, host: '192.0.2.1' }));

  const { status, stderr } = await runCommand(['--listen', '192.0.2.1', '-s', '0'], { start });

  expect(status).toBe(1);
  expect(stderr).toBe(
    'postfixture: 192.0.2.1 is no address of this machine\n  hint: choose another with --listen LIST\n',
  );
});

test('a name that no machine has exits 1 and names --listen', async () => {
  const start: typeof startServer = () =>
    Promise.reject(
      Object.assign(new Error('getaddrinfo ENOTFOUND nosuch.invalid'), {
        code: 'ENOTFOUND',
        syscall: 'getaddrinfo',
        hostname: 'nosuch.invalid',
      }),
    );

  const { status, stderr } = await runCommand(['--listen', 'nosuch.invalid'], { start });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^postfixture: nosuch.invalid is no address of this machine\n {2}hint: .* --listen LIST\n$/);
});

test('a privileged port exits 1 and names the flag', async () => {
  const start: typeof startServer = () =>
    Promise.reject(
      Object.assign(new Error('listen EACCES: permission denied 127.0.0.1:25'), {
        code: 'EACCES',
        syscall: 'listen',
        port: 25,
      }),
    );

  const { status, stderr } = await runCommand(['-s', '25'], { start });

  expect(status).toBe(1);
  expect(stderr).toBe(
    'postfixture: port 25 (SMTP) may not be used: listen EACCES: permission denied 127.0.0.1:25\n  hint: choose one from 1024 up with --smtp-port PORT\n',
  );
});

test('data that can’t be read exits 1 and says the way out', async () => {
  const start: typeof startServer = () =>
    Promise.reject(new StoreCorruptError('/data/mail.db: file is not a database'));

  const { status, stderr } = await runCommand(['--data', '/data'], { start });

  expect(status).toBe(1);
  expect(stderr).toBe(
    'postfixture: /data/mail.db: file is not a database\n  hint: move /data away, or keep messages elsewhere with --data DIR\n',
  );
});

test('a data directory that can’t be made exits 1 and says the way out', async () => {
  const start: typeof startServer = async ({ settings }) => {
    await mkdir(settings.current().get('catch_data_directory'), { recursive: true });
    throw new Error('it was made');
  };

  const { status, stderr } = await runCommand(['--data', '/dev/null/mail'], { start });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^postfixture: messages can't be kept: .*\/dev\/null\/mail.*\n {2}hint: .* --data DIR/);
});

test('flags, environment and -o reach the server as settings', async () => {
  const seen: Settings[] = [];
  const start: typeof startServer = ({ settings }) => {
    seen.push(settings.current());
    return Promise.reject(new StoreCorruptError('enough'));
  };

  await runCommand(['-s', '0', '--ephemeral', '-o', 'mail_name=Test', '-o', 'catch_smtp_port=9'], {
    start,
    env: { POSTFIXTURE_HTTP_PORT: '0', POSTFIXTURE_EPHEMERAL: 'no' },
  });

  expect(
    seen.map((settings) => [
      settings.get('catch_smtp_port'),
      settings.get('catch_http_port'),
      settings.get('catch_ephemeral'),
      settings.get('mail_name'),
    ]),
  ).toEqual([[0, 0, true, 'Test']]);
});
