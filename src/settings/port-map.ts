import type { ReportFinding } from '../rules/config/finding.ts';

/** Reads the items of `catch_port_map`: `587=1587`. One that makes no sense is reported and left out. */
export function parsePortMap(items: readonly string[], report: ReportFinding): ReadonlyMap<number, number> {
  const ports = new Map<number, number>();
  for (const item of items) {
    const [, from, to] = /^([0-9]{1,5})=([0-9]{1,5})$/.exec(item) ?? [];
    if (from === undefined || to === undefined || Number(from) > 65_535 || Number(to) > 65_535) {
      report({
        severity: 'error',
        code: 'bad-value',
        at: { file: 'catch_port_map' },
        problem: `"${item}" in catch_port_map says nothing of a port`,
        why: 'It is left out.',
        hint: 'write FROM=TO, as in 587=1587',
      });
      continue;
    }
    ports.set(Number(from), Number(to));
  }
  return ports;
}
