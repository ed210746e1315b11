import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { masterText } from '../../conformance/world.ts';
import { openTestWorld } from '../../support/rule-world.ts';
import { playProbe } from './play-probe.ts';

const dir = new URL('../../conformance/vectors/', import.meta.url);
test('triage', { timeout: 600000 }, async () => {
  const out: string[] = [];
  let total = 0;
  let failed = 0;
  for (const file of readdirSync(dir).filter((f) => f.endsWith('.json'))) {
    const v = JSON.parse(readFileSync(new URL(file, dir), 'utf8'));
    const probes = v.probes.map((p: any, i: number) => [p, i]).filter(([p]: any) => p.kind === 'smtp' && p.port === undefined && p.server === undefined);
    if (probes.length === 0 || v.config.raw_main_cf) continue;
    await using t = await openTestWorld({ mainCf: Buffer.from(v.config.main_cf).toString('latin1'), masterCf: Buffer.from(masterText(v.config)).toString('latin1'), files: Object.fromEntries(Object.entries(v.config.files).map(([k, x]: any) => [k, Buffer.from(x).toString('latin1')])) });
    for (const [p, i] of probes) {
      total++;
      const e = p.expected;
      let got: any;
      try { got = playProbe(p, t.world); } catch (error: any) { out.push(`${file} ${i} THREW ${error.stack}`); failed++; continue; }
      const log = (e.log ?? []).filter((l: string) => l.startsWith('postfix/smtpd:')).map((l: string) => l.slice(15).replace(/^<Q\d+>: /, ''));
      const gotLog = got.log.filter((l: string) => !/^warning: /.test(l));
      const a = { mail: e.mail, rcpt: e.rcpt, connect: e.connect, helo: e.helo?.code === 250 ? undefined : e.helo, dot: e.dot?.code === 250 ? undefined : e.dot, log };
      const b = { mail: got.mail, rcpt: got.rcpt.length ? got.rcpt : undefined, connect: got.connect, helo: got.helo, dot: got.dot, log: gotLog };
      if (JSON.stringify(a.rcpt) === undefined) b.rcpt = undefined;
      if (JSON.stringify(a) !== JSON.stringify(b)) { failed++; out.push(`${file} ${i} ${JSON.stringify({ ...p, expected: 0 })}\n  exp ${JSON.stringify(a)}\n  got ${JSON.stringify(b)}`); }
    }
  }
  writeFileSync('/tmp/triage-access.txt', out.join('\n') + `\n${failed} of ${total}\n`);
});
