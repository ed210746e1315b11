import { randomInt } from 'node:crypto';
import { connect, type NetConnectOpts, type Socket } from 'node:net';

/** A mechanism that the server has. @property properties `plaintext`, `anonymous`, `private` … */
export interface OfferedMechanism {
  readonly name: string;
  readonly properties: readonly string[];
}

/**
 * What the server says to a response: it asks for more, or a login is known, or not.
 * @property challenge in base64
 */
export type AuthReply =
  | { readonly challenge: string }
  | { readonly username: string }
  | { readonly refusal: string | undefined; readonly isTemporary: boolean };

/** What the server is told of the client. */
export interface AuthRequest {
  readonly mechanism: string;
  /** In base64; undefined: there is none yet. */
  readonly initial: string | undefined;
  readonly isSecured: boolean;
  readonly client: { readonly address: string; readonly port: string };
  readonly server: { readonly address: string; readonly port: number };
}

/** A connection to Dovecot's authentication server. It ends with the signal that it was opened with. */
export interface DovecotAuth {
  readonly mechanisms: readonly OfferedMechanism[];
  begin(request: AuthRequest): Promise<AuthReply>;
  /** @param response to the challenge, in base64 */
  go(response: string): Promise<AuthReply>;
}

const LOST: AuthReply = { refusal: 'Connection lost to authentication server', isTemporary: true };
/** A line longer than that is none of Dovecot's. */
const MAX_LINE = 16_384;

/**
 * Connects, and shakes hands.
 * @param options.signal ends the wait, and the connection when it is there
 * @throws {Error} what the system said, or what is wrong with what the server says
 * @see https://doc.dovecot.org/2.3/developer_manual/design/auth_protocol/
 */
export async function connectDovecot(
  target: NetConnectOpts,
  { signal }: { readonly signal: AbortSignal },
): Promise<DovecotAuth> {
  const socket = connect(target);
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', stop));
  if (signal.aborted) stop();
  const lines = readLines(socket);
  // Of each connection a number of its own is asked for; Postfix gives that of its process.
  socket.write(`VERSION\t1\t1\nCPID\t${randomInt(1, 2 ** 31 - 1)}\n`);
  const mechanisms: OfferedMechanism[] = [];
  for (let line = await lines.next(); ; line = await lines.next()) {
    if (line === undefined) throw new Error('the authentication server hung up');
    const [word, name = '', ...properties] = line.split('\t');
    if (word === 'DONE') break;
    if (word === 'VERSION' && name !== '1') throw new Error(`the authentication server speaks version ${name}`);
    if (word === 'MECH') mechanisms.push({ name, properties });
  }
  let id = 0;
  const ask = async (line: string): Promise<AuthReply> => {
    if (!socket.writable) return LOST;
    socket.write(line);
    for (let reply = await lines.next(); reply !== undefined; reply = await lines.next()) {
      const read = readReply(reply, id);
      if (read !== undefined) return read;
    }
    return LOST;
  };
  return {
    mechanisms,
    begin({ mechanism, initial, isSecured, client, server }) {
      id += 1;
      const facts = [
        'service=smtp',
        'nologin',
        `lip=${server.address}`,
        `rip=${client.address}`,
        `lport=${server.port}`,
        `rport=${client.port}`,
        ...(isSecured ? ['secured'] : []),
        // The last one: nothing behind it is read.
        ...(initial === undefined ? [] : [`resp=${initial}`]),
      ];
      return ask(`${['AUTH', id, mechanism, ...facts].join('\t')}\n`);
    },
    go: (response) => ask(`CONT\t${id}\t${response}\n`),
  };
}

/** @returns undefined for what answers no question of ours */
function readReply(line: string, id: number): AuthReply | undefined {
  const [word, of, ...rest] = line.split('\t');
  if (of !== String(id)) return undefined;
  const find = (name: string): string | undefined =>
    rest.find((item) => item.startsWith(`${name}=`))?.slice(name.length + 1);
  switch (word) {
    case 'OK':
      return { username: find('user') ?? '' };
    case 'CONT':
      return { challenge: rest[0] ?? '' };
    case 'FAIL':
      return { refusal: find('reason'), isTemporary: rest.includes('temp') };
    default:
      return undefined;
  }
}

interface Lines {
  /** The next line; undefined once there are no more. @throws what the system said, if nothing came at all */
  next(): Promise<string | undefined>;
}

function readLines(socket: Socket): Lines {
  const lines: string[] = [];
  let rest = '';
  let isEnded = false;
  let fault: Error | undefined;
  let wake = (): void => {};
  const end = (): void => {
    isEnded = true;
    wake();
  };
  socket.setEncoding('utf8').on('data', (chunk) => {
    const parts = `${rest}${String(chunk)}`.split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    if (rest.length > MAX_LINE) socket.destroy();
    wake();
  });
  socket.on('end', end).on('close', end);
  socket.on('error', (error) => {
    fault = error;
    end();
  });
  return {
    async next() {
      while (lines.length === 0 && !isEnded) await new Promise<void>((resolve) => (wake = resolve));
      const line = lines.shift();
      if (line === undefined && fault !== undefined) throw fault;
      return line;
    },
  };
}
