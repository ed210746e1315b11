import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../log.ts';

/** How long a client may keep a connection open between two requests. */
const KEEP_ALIVE_MS = 65_000;
/** How often two addresses may fail to agree on a free port. */
const PORT_TRIES = 20;

/** Where a server listens. */
export interface ListenAddress {
  readonly address: string;
  readonly port: number;
}

/** Servers that listen, all on one port. */
export interface Listeners {
  readonly servers: readonly Server[];
  readonly addresses: readonly ListenAddress[];
}

/**
 * Listens on each of `interfaces` with the same port. Where the machine has no IPv6, its loopback address is left out.
 * @param interfaces `loopback-only`, `all`, or addresses: inet_interfaces
 * @param port 0 takes one that is free on all of them
 * @param options.prepare puts the handlers on a server, before its first client can come
 * @throws the system's error (`EADDRINUSE`, `EADDRNOTAVAIL` …, with `address` and `port`); nothing listens then
 */
export async function listen(
  interfaces: readonly string[],
  port: number,
  options: { readonly prepare: (server: Server) => void; readonly log: Log },
): Promise<Listeners> {
  for (let tries = 1; ; tries += 1) {
    const servers: Server[] = [];
    try {
      for (const { hosts, optional } of interfaces.flatMap(toHosts)) {
        const wanted = servers[0] ? addressOf(servers[0]).port : port;
        const server = await listenOnFirst(hosts, wanted, options.prepare).catch((error: unknown) => {
          if (!optional || !lacksAddress(error)) throw error;
          options.log.info({ address: hosts[0] }, 'not listening there: the machine has no such address');
          return undefined;
        });
        if (server) servers.push(server);
      }
      return { servers, addresses: servers.map(addressOf) };
    } catch (error) {
      for (const server of servers) server.close();
      // A port that was free on the first address may be taken on the second: another one will do.
      if (port !== 0 || tries === PORT_TRIES || codeOf(error) !== 'EADDRINUSE') throw error;
    }
  }
}

/** What one word of inet_interfaces means: of `hosts` the first that the machine has; `optional`, it may have none. */
function toHosts(word: string): readonly { readonly hosts: readonly string[]; readonly optional: boolean }[] {
  switch (word) {
    case 'loopback-only':
      return [
        { hosts: ['127.0.0.1'], optional: false },
        { hosts: ['::1'], optional: true },
      ];
    case 'all':
      return [{ hosts: ['::', '0.0.0.0'], optional: false }];
    default:
      return [{ hosts: [word.replace(/^\[(.*)\]$/, '$1')], optional: false }];
  }
}

async function listenOnFirst(
  hosts: readonly string[],
  port: number,
  prepare: (server: Server) => void,
): Promise<Server> {
  const [host = '', ...others] = hosts;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  prepare(server);
  try {
    return await listenOn(server, host, port);
  } catch (error) {
    if (others.length === 0 || !lacksAddress(error)) throw error;
    return await listenOnFirst(others, port, prepare);
  }
}

function listenOn(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function addressOf(server: Server): ListenAddress {
  const { address, port } = server.address() as AddressInfo;
  return { address, port };
}

function lacksAddress(error: unknown): boolean {
  return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
