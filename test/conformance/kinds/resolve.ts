// Kind `resolve`: where mail for addresses would go. @see p_resolve in oracle/pforacle.py
import { resolveAddress, type Resolution } from '../../../src/rules/trivial-rewrite/resolve.ts';
import type { Answer } from '../answer.ts';
import { fromRules, toRules, type Rewriter } from '../rewriter.ts';
import type { ResolveProbe } from '../vector.ts';

/** Asks for one address after the other. */
export function askResolve({ addrs, sender = '' }: ResolveProbe, rewriter: Rewriter): Answer {
  const results = new Map<string, unknown>();
  for (const address of addrs) {
    const asked = { address: toRules(address), sender: toRules(sender) };
    const { resolution, warnings } = resolveAddress(asked, rewriter.world);
    for (const text of warnings) rewriter.warn(text);
    results.set(address, { ...toDestination(resolution), flags: listFlags(resolution) });
  }
  return { got: { results: Object.fromEntries(results), log: rewriter.takeLog() }, complaints: [] };
}

function toDestination(resolution: Resolution): object {
  if (resolution.kind === 'try-again' || resolution.transport === undefined) return {};
  const { transport, nexthop, recipient } = resolution;
  return { transport: fromRules(transport), nexthop: fromRules(nexthop), recipient: fromRules(recipient) };
}

/** In the oracle's order. */
function listFlags(resolution: Resolution): readonly string[] {
  return [
    ...(resolution.isRouted ? ['routed'] : []),
    ...(resolution.kind === 'bad-address' ? ['error'] : []),
    ...(resolution.kind === 'try-again' ? ['fail'] : []),
    ...(resolution.addressClass === undefined ? [] : [resolution.addressClass]),
  ];
}
