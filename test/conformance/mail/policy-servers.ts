// Policy servers that answer as a case spells out, and what they were asked. @see policy in oracle/pforacle.py
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Sandbox } from '../sandbox.ts';
import { decodeText, encodeText } from '../python/text.ts';
import type { PolicyRule, VectorConfig } from '../vector.ts';

/** A request, as vectors have it: `name=value`, in order. */
export interface PolicyRequest {
  readonly server: string;
  readonly attributes: readonly string[];
}

/** The policy servers of a case. */
export interface PolicyServers extends AsyncDisposable {
  /** What they were asked since the last time. */
  take(): readonly PolicyRequest[];
}

const DUNNO = 'action=DUNNO\n\n';

/** Opens them, at the paths of the case's world. */
export async function openPolicyServers(
  endpoints: NonNullable<VectorConfig['policy']>,
  sandbox: Sandbox,
): Promise<PolicyServers> {
  let asked: PolicyRequest[] = [];
  let instances: string[] = [];
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  for (const [endpoint, rules] of Object.entries(endpoints)) {
    const choose = openChoice(rules);
    const server = createServer((socket) => {
      sockets.add(socket.once('close', () => sockets.delete(socket)));
      serve(socket, (attributes) => {
        asked.push({ server: endpoint, attributes: attributes.map((one) => hide(one, instances)) });
        return choose(attributes);
      });
    });
    servers.push(server.listen(sandbox.locate(endpoint.replace(/^unix:/, ''))));
    await once(server, 'listening');
  }
  return {
    take() {
      const taken = asked;
      asked = [];
      instances = [];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => once(server.close(), 'close')));
    },
  };
}

function serve(socket: Socket, answer: (attributes: readonly string[]) => PolicyRule | undefined): void {
  const lines: string[] = [];
  let rest = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = decodeText(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      if (line !== '') lines.push(line);
      else reply(socket, answer(lines.splice(0)));
    }
  });
}

function reply(socket: Socket, { reply: text = DUNNO, then }: PolicyRule = {}): void {
  if (then === 'wait') return;
  if (then === 'close') socket.end(encodeText(text));
  else socket.write(encodeText(text));
}

/** The first rule that fits, and wasn't used too often. */
function openChoice(rules: readonly PolicyRule[]): (attributes: readonly string[]) => PolicyRule | undefined {
  const used = new Map<PolicyRule, number>();
  return (attributes) => {
    const rule = rules.find(
      (one) =>
        (used.get(one) ?? 0) < (one.times ?? Infinity) &&
        Object.entries(one.when ?? {}).every(([name, value]) => attributes.includes(`${name}=${value}`)),
    );
    if (rule !== undefined) used.set(rule, (used.get(rule) ?? 0) + 1);
    return rule;
  };
}

/** What varies from run to run is named. @param instances those of the probe, in their order */
function hide(attribute: string, instances: string[]): string {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(attribute) ?? [];
  if (name === 'queue_id' && value !== '') return 'queue_id=<QID>';
  if (name === 'client_port' && /^[0-9]+$/.test(value)) return 'client_port=<PORT>';
  if (name !== 'instance' || value === '') return attribute;
  if (!instances.includes(value)) instances.push(value);
  return `instance=<I${instances.indexOf(value) + 1}>`;
}
