import { Resolver } from 'node:dns/promises';
import type { DnsType } from '../rules/dns/dns.ts';
import { fromOctets, toOctets, type Octets } from '../rules/octets.ts';
import type { DnsQuestion } from '../rules/question.ts';
import type { Answerer } from './answer.ts';

/** How DNS servers are asked. */
export interface DnsAnswererOptions {
  /** How long one try may take; there are two. */
  readonly timeoutMs: number;
  /**
   * `ADDRESS:PORT` of each.
   * @default those of the machine
   */
  readonly servers?: readonly string[];
}

/**
 * Makes what asks DNS servers. A name that isn't there, or has no such record, is an answer without rows,
 * and with a fault that says which of both it is; anything else that goes wrong is an answer that nobody gave.
 */
export function createDnsAnswerer({ timeoutMs, servers }: DnsAnswererOptions): Answerer<DnsQuestion> {
  return async ({ name, type }, { signal }) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = (): void => resolver.cancel();
    signal.addEventListener('abort', cancel);
    try {
      const records = await RESOLVERS[type](resolver, fromOctets(name));
      return { rows: records.map((record) => [toOctets(record)]), faults: [] };
    } catch (error) {
      signal.throwIfAborted();
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      const fault = { stage: 'query', where: name, message: toMessage(code) } as const;
      return code === 'ENOTFOUND' || code === 'ENODATA' ? { rows: [], faults: [fault] } : { faults: [fault] };
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}

const RESOLVERS: Readonly<Record<DnsType, (resolver: Resolver, name: string) => Promise<readonly string[]>>> = {
  A: (resolver, name) => resolver.resolve4(name),
  AAAA: (resolver, name) => resolver.resolve6(name),
  MX: async (resolver, name) =>
    (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`),
  NS: (resolver, name) => resolver.resolveNs(name),
  TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map((parts) => parts.join('')),
  PTR: (resolver, name) => resolver.resolvePtr(name),
  CNAME: (resolver, name) => resolver.resolveCname(name),
};

function toMessage(code: string): Octets {
  if (code === 'ENOTFOUND') return 'no domain';
  return code === 'ENODATA' ? 'no data' : code;
}
