import type { Octets } from '../octets.ts';
import { parseEndpoint } from './endpoint.ts';
import { findPort } from './tcp-ports.ts';

/**
 * The port at which Postfix would listen for a service of master.cf.
 * @param service `25/inet`, `127.0.0.1:submission/inet`
 * @returns undefined if it is none that listens at a port
 */
export function findServicePort(service: Octets): number | undefined {
  const [, name] = /^(.*)\/inet$/s.exec(service) ?? [];
  const endpoint = name === undefined ? undefined : parseEndpoint(name);
  return endpoint === undefined || 'fault' in endpoint ? undefined : findPort(endpoint.port);
}
