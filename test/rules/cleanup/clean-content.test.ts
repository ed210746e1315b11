import { describe, expect, test } from 'vitest';
import { cleanContent, type ContentRequest } from '../../../src/rules/cleanup/clean-content.ts';
import type { CleanupRequest } from '../../../src/rules/cleanup/cleanup-request.ts';
import { applyEdits } from '../../../src/rules/cleanup/edit-script.ts';
import type { RuleWorld } from '../../../src/rules/world.ts';
import { openTestWorld, type TestConfiguration } from '../../support/rule-world.ts';

const CLIENT = {
  name: 'localhost',
  reverseName: '',
  address: '127.0.0.1',
  port: '25',
  helo: 'h.test',
  protocol: 'ESMTP',
};
const MESSAGE: CleanupRequest = {
  number: 1,
  origin: 'received',
  queueId: 'QQQQQQQ',
  nowMs: Date.UTC(2026, 10, 5, 4, 5, 6),
  sender: 's@o.test',
  recipients: [{ address: 'a@r.test', orcpt: '', notify: [], original: '', parent: undefined }],
  raw: new Uint8Array(),
  client: CLIENT,
  login: '',
  context: 'remote',
  actions: { prepend: [], hold: undefined, discard: undefined, filter: undefined, redirect: undefined, bcc: [] },
  overrides: new Set(),
  body: undefined,
  smtputf8: false,
  service: 'smtp/inet',
};
const RECEIVED =
  'Received: from h.test (localhost [127.0.0.1])\n\tby box.localdomain (Postfix) with ESMTP id QQQQQQQ\n\tfor <a@r.test>; Thu,  5 Nov 2026 04:05:06 +0000 (UTC)\n';

function clean(world: RuleWorld, raw: Uint8Array | string, message: Partial<CleanupRequest> = {}) {
  const octets = typeof raw === 'string' ? Buffer.from(raw.replaceAll('\n', '\r\n'), 'latin1') : raw;
  const request: ContentRequest = {
    message: { ...MESSAGE, ...message, raw: octets },
    sender: 's@o.test',
    lastRecipient: 'a@r.test',
    mapAddress: (address) => address,
  };
  const cleaned = cleanContent(request, world);
  return {
    ...cleaned,
    queued: () => Buffer.from(applyEdits(octets, cleaned.edits)).toString('latin1').replaceAll('\r\n', '\n'),
  };
}

async function cleanOne(raw: string, message: Partial<CleanupRequest> = {}, configuration: TestConfiguration = {}) {
  await using testWorld = await openTestWorld(configuration);
  const { queued, ...cleaned } = clean(testWorld.world, raw, message);
  return { ...cleaned, queued: queued() };
}

describe('what stands before a message', () => {
  test.for([
    { who: 'a client', message: {}, received: RECEIVED },
    {
      who: 'a client with an IPv6 address and without HELO',
      message: { client: { ...CLIENT, name: 'unknown', address: '2001:db8::1', helo: '', protocol: 'SMTP' } },
      received: RECEIVED.replace(
        'from h.test (localhost [127.0.0.1])',
        'from unknown (unknown [IPv6:2001:db8::1])',
      ).replace('ESMTP', 'SMTP'),
    },
    {
      who: 'a client that logged in',
      message: { login: 'alice' },
      received: RECEIVED.replace('ESMTP', 'ESMTPA'),
    },
    {
      who: 'sendmail(1)',
      message: {
        client: { ...CLIENT, name: '', address: '', helo: '', protocol: '' },
        submitter: { uid: 1001, fullName: 'Alice Adams' },
      },
      received:
        'Received: by box.localdomain (Postfix, from userid 1001)\n\tid QQQQQQQ; Thu,  5 Nov 2026 04:05:06 +0000 (UTC)\n',
    },
  ])('$who: a Received header', async ({ message, received }) => {
    expect((await cleanOne('Subject: x\n\ny\n', message)).queued).toBe(`${received}Subject: x\n\ny\n`);
  });

  test('headers of access rules stand above it, and are checked first', async () => {
    const { queued } = await cleanOne('X: y\n\n', { actions: { ...MESSAGE.actions, prepend: ['X-A: 1', 'X-B: 2'] } });
    expect(queued).toBe(`X-A: 1\nX-B: 2\n${RECEIVED}X: y\n\n`);
  });
});

test('the full name of whoever ran sendmail(1) is in a From header that is added', async () => {
  const submitter = { uid: 1001, fullName: 'J. R. "Bob"' };
  const { queued } = await cleanOne('Subject: x\n\n', { submitter, context: 'local' });
  expect(queued).toContain('\nFrom: "J. R. \\"Bob\\"" <s@o.test>\n');
});

describe('access rules', () => {
  const configuration = { mainCf: 'header_checks = regexp:{{/^X: y/ HOLD for a look}}\n' };
  test('HOLD counts, and a check that holds again says nothing', async () => {
    const { end, log } = await cleanOne('X: y\n\n', { actions: { ...MESSAGE.actions, hold: 'acc' } }, configuration);
    expect({ end, log }).toEqual({ end: { state: 'held', reason: 'acc' }, log: [] });
  });
  test('DISCARD ends it before anything is looked at', async () => {
    const { end, log, edits } = await cleanOne(
      'X: y\n\n',
      { actions: { ...MESSAGE.actions, discard: '' } },
      configuration,
    );
    expect({ end, log, edits }).toEqual({ end: { state: 'discarded', reason: '' }, log: [], edits: [] });
  });
});

test('a hit leaves a step with its line, misses one step together', async () => {
  const { steps } = await cleanOne(
    'X-A: 1\nX-B: 2\n\nbody\n',
    {},
    {
      mainCf: 'header_checks = pcre:/etc/postfix/hc\nbody_checks = pcre:/etc/postfix/bc\n',
      files: { hc: '# comment\n/^X-B/ WARN seen\n', bc: '/never/ REJECT\n' },
    },
  );
  expect(steps).toEqual([
    {
      stage: 'cleanup',
      parameter: 'header_checks',
      table: 'pcre:/etc/postfix/hc',
      file: '/etc/postfix/hc',
      line: 2,
      key: 'X-B: 2',
      result: 'WARN seen',
      note: 'header',
    },
    { stage: 'cleanup', parameter: 'body_checks', result: null, note: 'none of 1 lines matched' },
  ]);
});

test.for([
  {
    what: 'a multipart of 8-bit parts',
    raw: 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: 8bit\n\n',
    encoding: '8bit',
  },
  { what: 'a message that says nothing', raw: 'X: y\n\n\xe9\n', encoding: '' },
  { what: 'a declaration of the client', raw: 'X: y\n\n', message: { body: '7BIT' as const }, encoding: '7bit' },
])('$what: the encoding is "$encoding"', async ({ raw, message, encoding }) => {
  expect((await cleanOne(raw, message)).encoding).toBe(encoding);
});

describe('hostile content takes no more time than its octets do', () => {
  const MEGABYTES = 8 << 20;
  const CHECKED = { mainCf: 'body_checks = inline:{{never=REJECT}}\nmime_header_checks = inline:{{never=REJECT}}\n' };
  test.for([
    { what: 'CRs', unit: '\r' },
    { what: 'LFs', unit: '\n' },
    { what: 'CRs before each LF', unit: '\r\r\n' },
    { what: 'folded lines', unit: 'X: y\r\n z\r\n\t' },
    { what: 'dashes', unit: '--' },
    { what: 'boundaries', unit: 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n' },
    { what: 'one header', unit: ' a' },
    { what: 'comments in a Content-Type', unit: 'Content-Type: ((((((((((((\r\n' },
    { what: 'NULs', unit: '\0' },
  ])('$what', async ({ unit }) => {
    await using testWorld = await openTestWorld(CHECKED);
    const raw = Buffer.alloc(MEGABYTES, unit, 'latin1');
    const { queued } = clean(testWorld.world, raw, { context: 'local' });
    expect(queued().length).toBeGreaterThan(0);
  });
});
