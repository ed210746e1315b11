import type { NetConnectOpts } from 'node:net';
import { mayAsk } from '../rules/config/may-ask.ts';
import { fromOctets } from '../rules/octets.ts';
import type { Answer, ServerAddress } from '../rules/question.ts';

/** What an answerer that connects to servers knows of the world. */
export interface ServerOptions {
  /** catch_lookup_allow. */
  readonly allow: () => readonly string[];
  /** Where a path that a configuration names is found. */
  readonly mapPath: (path: string) => string;
  /** How long one question, or one try of it, may take. */
  readonly timeoutMs: number;
}

/** Where to connect to, or why not. */
export function findTarget(server: ServerAddress, { allow, mapPath }: ServerOptions): NetConnectOpts | Answer {
  if (server.kind === 'unix') return { path: mapPath(fromOctets(server.written)) };
  const { port, written } = server;
  const host = fromOctets(server.host);
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535) {
    return toUnresolved(server, 'Servname not supported for ai_socktype');
  }
  if (!mayAsk(host, port, allow())) return { faults: [{ stage: 'refused', where: written, message: 'not asked' }] };
  return { host: host === '' ? 'localhost' : host, port: Number(port) };
}

/** QUIRK: of a server without an address Postfix says so, and then what errno(3) is left at. */
export function toUnresolved({ written }: ServerAddress, message: string): Answer {
  return {
    faults: [
      { stage: 'resolve', where: written, message },
      { stage: 'connect', where: written, message: 'Cannot assign requested address' },
    ],
  };
}
