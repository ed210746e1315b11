import type { Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import { readProxyHeader, type ProxiedConnection, type ProxyHeader } from '../../rules/access/proxy-protocol.ts';
import type { View } from '../../rules/world.ts';

/** What came of waiting for the header: whose connection it is; what is wrong; or the client has gone. */
export type ProxyGreeting =
  { readonly connection: ProxiedConnection | undefined } | { readonly fault: string } | 'gone';

/**
 * Waits for the header that a proxy puts before what the client says; what follows it is left to be read.
 * @see postconf(5), smtpd_upstream_proxy_protocol, smtpd_upstream_proxy_timeout
 */
export async function readProxyGreeting(socket: Socket, view: View, clock: Clock): Promise<ProxyGreeting> {
  let octets = Buffer.alloc(0);
  return await new Promise((resolve) => {
    const timer = clock.setTimer(view.seconds('smtpd_upstream_proxy_timeout') * 1000, () =>
      settle({ fault: 'timeout error' }),
    );
    const settle = (greeting: ProxyGreeting): void => {
      timer[Symbol.dispose]();
      socket.off('readable', look).off('end', leave).off('close', leave).off('error', leave);
      resolve(greeting);
    };
    const leave = (): void => settle('gone');
    const look = (): void => {
      for (let chunk = readChunk(socket); chunk !== undefined; chunk = readChunk(socket)) {
        octets = Buffer.concat([octets, chunk]);
      }
      const header: ProxyHeader = readProxyHeader(octets.toString('latin1'), view);
      if (header === 'incomplete') return;
      if ('fault' in header) { settle(header); return; }
      const rest = octets.subarray(header.sizeBytes);
      settle({ connection: header.connection });
      if (rest.length > 0) socket.unshift(rest);
    };
    socket.on('readable', look).once('end', leave).once('close', leave).once('error', leave);
  });
}

function readChunk(socket: Socket): Buffer | undefined {
  const chunk: unknown = socket.read();
  return chunk instanceof Buffer ? chunk : undefined;
}
