import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that says exactly what it is told to, and reads replies one by one. */
export interface SmtpClient extends AsyncDisposable {
  readonly socket: Socket;
  /** Sends octets: one character U+0000…U+00FF each. */
  send(octets: string): void;
  /** The next reply, as lines; undefined: the server hung up. */
  reply(): Promise<readonly string[] | undefined>;
  /** Sends each line and reads its reply; the replies, lines joined with a newline. */
  say(...lines: readonly string[]): Promise<readonly string[]>;
  /** Resolves once the server has closed. */
  readonly closed: Promise<void>;
}

/** Connects; the greeting is the first reply. */
export async function connectSmtp(port: number, host = '127.0.0.1'): Promise<SmtpClient> {
  const socket = connect({ port, host, noDelay: true });
  const replies: (readonly string[])[] = [];
  let lines: string[] = [];
  let partial = '';
  let ended = false;
  let wake = () => {};
  socket.on('data', (chunk: Buffer) => {
    const parts = (partial + chunk.toString('latin1')).split('\r\n');
    partial = parts.pop() ?? '';
    for (const line of parts) {
      lines.push(line);
      if (line[3] !== ' ') continue;
      replies.push(lines);
      lines = [];
    }
    wake();
  });
  const end = () => {
    ended = true;
    wake();
  };
  socket.on('end', end).on('close', end).on('error', end);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  await once(socket, 'connect');

  const reply = async () => {
    while (replies.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
    return replies.shift();
  };
  return {
    socket,
    closed,
    send: (octets) => void socket.write(octets, 'latin1'),
    reply,
    async say(...commands) {
      const answers: string[] = [];
      for (const command of commands) {
        socket.write(`${command}\r\n`);
        answers.push((await reply())?.join('\n') ?? '(closed)');
      }
      return answers;
    },
    async [Symbol.asyncDispose]() {
      socket.destroy();
      if (!socket.closed) await closed;
    },
  };
}
