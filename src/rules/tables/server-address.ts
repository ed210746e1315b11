import type { Octets } from '../octets.ts';
import type { ServerAddress } from '../question.ts';

/**
 * Reads `inet:HOST:PORT`, `inet:PORT` or `unix:PATH`.
 * @returns the address; or what is wrong, in Postfix's words: none of its programs goes on
 * @see Postfix's attr_clnt(3), dict_sockmap(3)
 */
export function parseServerAddress(written: Octets): ServerAddress | { readonly fault: Octets } {
  const colon = written.indexOf(':');
  const transport = written.slice(0, colon);
  const endpoint = written.slice(colon + 1);
  if (colon <= 0 || endpoint === '') return { fault: `need service transport:endpoint instead of "${written}"` };
  if (transport === 'unix' || transport === 'local') return { kind: 'unix', written: endpoint };
  if (transport !== 'inet') return { fault: `invalid transport name: ${transport} in service: ${written}` };
  const port = /^(?<host>.*):(?<port>[^:\]]*)$/s.exec(endpoint)?.groups;
  const host = port?.['host'] ?? (/^[0-9]+$/.test(endpoint) ? '' : endpoint);
  return {
    kind: 'inet',
    host: host.replace(/^\[(.*)\]$/s, '$1'),
    port: port?.['port'] ?? (host === '' ? endpoint : ''),
    written: endpoint,
  };
}

/** The same with the whole path of a socket: smtpd(8) runs in the directory of the queue. */
export function resolveSocket<T extends ServerAddress>(server: T, queueDirectory: Octets): T {
  if (server.kind === 'inet' || server.written.startsWith('/')) return server;
  return { ...server, written: `${queueDirectory}/${server.written}` };
}
