// A client that sends what it is told, octet by octet, and reads replies; it follows no protocol of its own.
// @see Smtp in oracle/pforacle.py
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { encodeText } from '../python/text.ts';

/** The full lines of a reply, without their ends; null: the connection was closed instead. */
export type ReplyLines = readonly string[] | null;

/** A connection to a server. */
export interface SmtpClient extends Disposable {
  /** @throws {Error} when no reply comes in time */
  read(): Promise<ReplyLines>;
  /** Sends octets; that nobody reads them any more shows when the reply is read. */
  send(octets: Uint8Array): void;
  /** Sends a line, and reads the reply. */
  command(line: string): Promise<ReplyLines>;
  /** Goes on in TLS, whoever the server is. @returns false if there is no agreement: nothing is read any more */
  startTls(tls: ConnectionOptions): Promise<boolean>;
}

const TIME_LIMIT_MS = 20_000;

/** Connects. The greeting is the first reply to be read. */
export function openSmtpClient(port: number, host = '127.0.0.1'): SmtpClient {
  let socket: Socket = connect({ port, host, noDelay: true });
  const lines: string[] = [];
  let rest = Buffer.alloc(0);
  let isClosed = false;
  let wake = (): void => {};
  const take = (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      lines.push(toLine(rest.subarray(0, end)));
      rest = rest.subarray(end + 1);
    }
    wake();
  };
  const close = (): void => {
    if (!isClosed && rest.length > 0) lines.push(toLine(rest));
    isClosed = true;
    wake();
  };
  const listen = (): void => void socket.on('data', take).on('end', close).on('close', close).on('error', close);
  listen();

  const nextLine = async (deadline: number): Promise<string | undefined> => {
    while (lines.length === 0 && !isClosed) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error('no reply from the server');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return lines.shift();
  };
  const client: SmtpClient = {
    async read() {
      const deadline = Date.now() + TIME_LIMIT_MS;
      const reply: string[] = [];
      for (let line = await nextLine(deadline); line !== undefined; line = await nextLine(deadline)) {
        reply.push(line);
        if (line.charAt(3) !== '-') break;
      }
      return reply.length === 0 ? null : reply;
    },
    send: (octets) => void socket.write(octets),
    command(line) {
      client.send(encodeText(`${line}\r\n`));
      return client.read();
    },
    async startTls(tls) {
      // What the socket itself waits for stays.
      const plain = socket.off('data', take).off('end', close).off('close', close);
      const secured = connectTls({ ...tls, socket: plain, rejectUnauthorized: false });
      socket = secured;
      const agreed = await new Promise<boolean>((resolve) => {
        secured.once('secureConnect', () => resolve(true));
        secured.once('error', () => resolve(false)).once('close', () => resolve(false));
      });
      listen();
      if (!agreed) close();
      return agreed;
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
  return client;
}

function toLine(octets: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets).replace(/[\r\n]+$/, '');
}
