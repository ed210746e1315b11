import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openSmtpClient } from './smtp-client.ts';

/** Answers each connection as it is told. */
async function serve(answer: (socket: Socket) => void): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a reply ends with the line that has no hyphen behind its code', async () => {
  await using server = await serve((socket) => socket.write('250-a\r\n250-b\r\n250 c\r\n221 d\r\n'));
  using client = openSmtpClient(server.port);
  expect(await client.read()).toEqual(['250-a', '250-b', '250 c']);
  expect(await client.read()).toEqual(['221 d']);
});

test('octets come in any pieces', async () => {
  await using server = await serve((socket) => {
    socket.setNoDelay(true);
    socket.write('25');
    socket.on('data', () => socket.write('0 \xc3\xa9\r\n', 'latin1'));
  });
  using client = openSmtpClient(server.port);
  expect(await client.command('EHLO x')).toEqual(['250 é']);
});

test('a server that hangs up replies null, whatever is sent then', async () => {
  await using server = await serve((socket) => socket.end('221 bye\r\n'));
  using client = openSmtpClient(server.port);
  expect(await client.read()).toEqual(['221 bye']);
  expect(await client.read()).toBe(null);
  expect(await client.command('NOOP')).toBe(null);
});
