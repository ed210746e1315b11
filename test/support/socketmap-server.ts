import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What a server does with a request: octets to send; then it hangs up, or waits. */
export interface RawReply {
  readonly octets: string;
  readonly hangsUp?: boolean;
}

/** A server that speaks socketmap, well or badly. */
export interface SocketmapServer extends AsyncDisposable {
  /** 0 on a UNIX-domain socket. */
  readonly port: number;
  /** Each request as it came, a netstring, in order. */
  readonly requests: readonly string[];
}

/** Starts a server on loopback, or on a socket file. @param reply called for each request */
export async function startSocketmapServer(
  reply: (request: string) => RawReply,
  socketFile?: string,
): Promise<SocketmapServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (request: string) => {
      requests.push(request);
      const { octets, hangsUp = false } = reply(request);
      socket.write(octets, 'latin1');
      if (hangsUp) socket.end();
    });
  });
  if (socketFile === undefined) server.listen(0, '127.0.0.1');
  else server.listen(socketFile);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    requests,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
