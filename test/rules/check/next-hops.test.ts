import { expect, test } from 'vitest';
import { checkNextHops } from '../../../src/rules/check/next-hops.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: 'relayhost = [smtp.isp.test]:587', rows: [] },
  { main: 'relayhost =', rows: [] },
  { main: 'relayhost = smtp.isp.test:587', rows: ['next-hop-mx-lookup main.cf:1:13'] },
  { main: 'relayhost = [a.test], b.test', rows: ['next-hop-mx-lookup main.cf:1:23'] },
  { main: 'relayhost = 192.0.2.1', rows: ['next-hop-bare-address main.cf:1:13'] },
  { main: 'relayhost = [127.0.0.1]', rows: ['next-hop-is-self main.cf:1:13'] },
  { main: 'relayhost = [IPv6:::1]:25', rows: ['next-hop-is-self main.cf:1:13'] },
  { main: 'relayhost = [127.0.0.1]:10025', rows: [] },
  { main: 'relayhost = $myhostname', rows: ['next-hop-is-self main.cf:1:13'] },
  { main: 'smtp_fallback_relay = b.test', rows: ['next-hop-mx-lookup main.cf:1:23'] },
  { main: 'content_filter = smtp:127.0.0.1:10024', rows: ['next-hop-bare-address main.cf:1:18'] },
  { main: 'default_transport = error:no mail', rows: [] },
  {
    main: 'transport_maps = inline:{a.test=smtp:x.test, b.test=relay:y.test, c.test=smtp:[z.test]}',
    rows: ['next-hop-mx-lookup main.cf:1:18'],
  },
])('$main finds $rows', async ({ main, rows }) => {
  expect(toRows(await findIn(checkNextHops, { 'main.cf': main }))).toEqual(rows);
});

test('the hint is what to write', async () => {
  const findings = await findIn(checkNextHops, { 'main.cf': 'relayhost = smtp.isp.test:587' });
  expect(findings).toMatchObject([{ hint: 'write [smtp.isp.test]:587 if that very host is meant' }]);
});
