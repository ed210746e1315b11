import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Act, MailboxHead } from '../../../src/rules/journey.ts';
import { openSandbox } from '../sandbox.ts';
import { openShims, type Shims } from '../shims.ts';
import { BUILT } from '../support.ts';
import { listMailFiles, takeLeftFiles } from './left-files.ts';
import { openDoAct } from './mailbox.ts';

let shims: Shims;
beforeAll(async () => {
  shims = await openShims(BUILT);
});
afterAll(() => shims[Symbol.asyncDispose]());

const HEAD: MailboxHead = [
  ['Return-Path', '<s@x.test>'],
  ['X-Original-To', 'a@x.test'],
];
const CONTENT = Buffer.from('Delivered-To: b@x.test\r\nSubject: s\r\n\r\nFrom here\r\n');
const OWNER = { uid: 1001, gid: 1001 };
const mailbox = (format: 'mbox' | 'maildir', path: string): Act => ({
  kind: 'mailbox',
  format,
  path,
  head: HEAD,
  ...OWNER,
});
const command = (text: string): Act => ({
  kind: 'command',
  shell: [],
  command: text,
  head: HEAD,
  environment: [['USER', 'alice']],
  directory: '/home/alice',
  ...OWNER,
});
const SHOWN = [...HEAD, ['Delivered-To', 'b@x.test']];

test.for([
  {
    acts: [mailbox('mbox', '/var/mail/alice'), mailbox('mbox', '/var/mail/alice')],
    left: [{ path: '/var/mail/alice', head: SHOWN, mbox_messages: 2 }],
    why: 'an mbox has messages',
  },
  {
    acts: [mailbox('maildir', '/home/alice/Maildir/'), mailbox('maildir', '/home/alice/Maildir/')],
    left: [1, 2].map(() => ({ path: '/home/alice/Maildir/new/*', head: SHOWN })),
    why: 'a maildir has files',
  },
  { acts: [mailbox('mbox', '/dev/null')], left: [], why: 'other places are not looked at' },
  { acts: [command('cat >/dev/null')], left: [], why: 'a command may leave nothing' },
  {
    acts: [command('cat >/var/mail/$USER.out')],
    left: [
      {
        path: '/var/mail/alice.out',
        text: `From s@x.test  <TIME>\nReturn-Path: <s@x.test>\nX-Original-To: a@x.test\n${CONTENT.toString().replaceAll('\r', '')}`,
      },
    ],
    why: "a command's output is shown",
  },
])('of acts is left what vectors show: $why', async ({ acts, left }) => {
  await using sandbox = await openSandbox({ main_cf: '', files: { '/var/mail/bob': 'old' } });
  const before = new Set(await listMailFiles(sandbox));
  const doAct = openDoAct(sandbox, shims);
  for (const act of acts) doAct(act, CONTENT);
  expect(await takeLeftFiles(sandbox, before, (text) => text)).toEqual(left);
  expect(await listMailFiles(sandbox)).toEqual(['/var/mail/bob']);
});
