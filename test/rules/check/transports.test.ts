import { expect, test } from 'vitest';
import { checkTransports } from '../../../src/rules/check/transports.ts';
import { findIn, toRows } from '../../support/checked.ts';

test.for([
  { main: 'default_transport = smtp:[h.test]', files: {}, rows: [] },
  { main: 'local_transport = error:5.1.1 mailbox unavailable', files: {}, rows: [] },
  { main: 'default_transport = stmp', files: {}, rows: ['unknown-transport main.cf:1:21'] },
  { main: 'content_filter = amavis:[127.0.0.1]:10024', files: {}, rows: ['unknown-transport main.cf:1:18'] },
  { main: 'mailbox_transport = lmtp:unix:private/x', files: {}, rows: ['unknown-transport main.cf:1:21'] },
  { main: 'defer_transports = smtp, hold', files: {}, rows: ['unknown-transport main.cf:1:26'] },
  {
    main: 'transport_maps = texthash:/etc/postfix/transport',
    files: { transport: 'a.test smtp:[h.test]\nb.test nosuch:\nc.test :[h.test]\nd.test [h.test]\n' },
    rows: ['unknown-transport transport:2', 'unknown-transport transport:4'],
  },
  {
    main: 'sender_dependent_default_transport_maps = inline:{a.test=DUNNO}',
    files: {},
    rows: [],
  },
])('$main finds $rows', async ({ main, files, rows }) => {
  expect(toRows(await findIn(checkTransports, { ...files, 'main.cf': main }))).toEqual(rows);
});

test('the nearest service is the hint, and Postfix’s words are there', async () => {
  const [finding] = await findIn(checkTransports, { 'main.cf': 'default_transport = stmp' });
  expect(finding).toMatchObject({
    hint: 'write smtp, or add a service stmp to master.cf',
    postfixLine: 'warning: connect to transport private/stmp: No such file or directory',
  });
});

test('a service that isn’t private is no transport', async () => {
  const files = { 'main.cf': 'default_transport = out', 'master.cf': 'out unix n - n - - smtp\n' };
  expect(toRows(await findIn(checkTransports, files))).toEqual(['unknown-transport main.cf:1:21']);
});

test('without a master.cf nobody knows', async () => {
  expect(await findIn(checkTransports, { 'main.cf': 'default_transport = x', 'master.cf': '' })).toEqual([]);
});
