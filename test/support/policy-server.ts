// A policy server for tests.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { decodeText, encodeText } from '../conformance/python/text.ts';

/** What a server does with a request. */
export interface PolicyReply {
  /** @default it has nothing to say: `DUNNO` */
  readonly reply?: string;
  /** It hangs up behind the reply, or never answers. */
  readonly then?: 'close' | 'wait';
}

/** A running server. */
export interface PolicyServer extends AsyncDisposable {
  readonly port: number;
  /** Each request, as `name=value` in order. */
  readonly requests: readonly (readonly string[])[];
}

const DUNNO = 'action=DUNNO\n\n';

/**
 * Starts one on a free port of this machine.
 * @param path a UNIX-domain socket in the place of the port
 */
export async function startPolicyServer(
  answer: (attributes: readonly string[]) => PolicyReply | undefined = () => undefined,
  path?: string,
): Promise<PolicyServer> {
  const requests: (readonly string[])[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    serve(socket, (attributes) => {
      requests.push(attributes);
      return answer(attributes);
    });
  });
  server.listen(path ?? { host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    requests,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}

function serve(socket: Socket, answer: (attributes: readonly string[]) => PolicyReply | undefined): void {
  const lines: string[] = [];
  let rest = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = decodeText(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      if (line !== '') lines.push(line);
      else reply(socket, answer(lines.splice(0)));
    }
  });
}

function reply(socket: Socket, { reply: text = DUNNO, then }: PolicyReply = {}): void {
  if (then === 'wait') return;
  if (then === 'close') socket.end(encodeText(text));
  else socket.write(encodeText(text));
}
