import { createServer, type AddressInfo } from 'node:net';

/** An authentication server as Dovecot's speaks, with one account: `ada`, `s3cret`. */
export interface AuthServer extends AsyncDisposable {
  /** As smtpd_sasl_path has it. */
  readonly path: string;
  /** The requests that came, without their handshakes. */
  readonly requests: readonly string[];
}

const GREETING =
  'VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\nMECH\tCRAM-MD5\tdictionary\tactive\nMECH\tEXTERNAL\tprivate\nDONE\n';

/** @param options.hangsUp it goes away when it is asked */
export async function startAuthServer({ hangsUp = false }: { readonly hangsUp?: boolean } = {}): Promise<AuthServer> {
  const requests: string[] = [];
  const answer = (line: string): string => {
    const [word, id = '', ...rest] = line.split('\t');
    const response = word === 'CONT' ? rest[0] : rest.find((item) => item.startsWith('resp='))?.slice('resp='.length);
    if (response === undefined) return `CONT\t${id}\t\n`;
    const [, user = '', password = ''] = Buffer.from(response, 'base64').toString().split('\0');
    if (user === 'busy') return `FAIL\t${id}\tuser=${user}\ttemp\treason=Try later\n`;
    if (user === 'gone') return `FAIL\t${id}\tuser=${user}\treason=Account is closed\n`;
    return user === 'ada' && password === 's3cret'
      ? `OK\t${id}\tuser=ada@example.com\n`
      : `FAIL\t${id}\tuser=${user}\n`;
  };
  const server = createServer((socket) => {
    socket.write(GREETING);
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (chunk) => {
      for (const line of String(chunk)
        .split('\n')
        .filter((one) => /^(?:AUTH|CONT)\t/.test(one))) {
        requests.push(line);
        if (hangsUp) socket.destroy();
        else socket.write(answer(line));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    path: `inet:127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
