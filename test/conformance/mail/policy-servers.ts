// Policy servers that answer as a case spells out, and what they were asked. @see policy in oracle/pforacle.py
import { startPolicyServer, type PolicyServer } from '../../support/policy-server.ts';
import type { Sandbox } from '../sandbox.ts';
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

/** Opens them, at the paths of the case's world. */
export async function openPolicyServers(
  endpoints: NonNullable<VectorConfig['policy']>,
  sandbox: Sandbox,
): Promise<PolicyServers> {
  let asked: PolicyRequest[] = [];
  let instances: string[] = [];
  const servers: PolicyServer[] = [];
  for (const [endpoint, rules] of Object.entries(endpoints)) {
    const choose = openChoice(rules);
    const answer = (attributes: readonly string[]): PolicyRule | undefined => {
      asked.push({ server: endpoint, attributes: attributes.map((one) => hide(one, instances)) });
      return choose(attributes);
    };
    servers.push(await startPolicyServer(answer, sandbox.locate(endpoint.replace(/^unix:/, ''))));
  }
  return {
    take() {
      const taken = asked;
      asked = [];
      instances = [];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    },
  };
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
