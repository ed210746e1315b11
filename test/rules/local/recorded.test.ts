import { expect, test } from 'vitest';
import { quoteAddress } from '../../../src/rules/address/quote.ts';
import { readMailboxHead, sendLocally, type LocalOutcome } from '../../support/local-mail.ts';
import { readRecorded, withOwners, type RecordedDelivery, type RecordedProbe } from '../../support/recorded-mail.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const VECTORS = new URL('../../conformance/vectors/', import.meta.url);

test.for([
  'alias-basic',
  'alias-command-denied',
  'alias-include',
  'alias-include-allowed',
  'alias-loops',
  'alias-multi-maps',
  'alias-owner-expand',
  'alias-owner-nospecial',
  'alias-propagate',
  'alias-regexp',
  'fallback-transport',
  'forward-files',
  'forward-loops',
  'luser-relay',
  'luser-relay-blocked',
  'luser-relay-v1',
  'luser-relay-v2',
  'luser-relay-v3',
  'luser-relay-v5',
  'luser-relay-v6',
  'luser-relay-v7',
  'luser-relay-v9',
  'mailbox-command',
  'mailbox-mbox-home',
  'mailbox-size-limit',
  'mailbox-spool-maildir',
  'mailbox-transport',
  'virtual-mailbox-nomaps',
  'virtual-mailbox-transport',
])('%s: delivers as Postfix did', async (name) => {
  const { config, probes } = await readRecorded(new URL(`${name}.json`, VECTORS));
  await using configuration = await openTestWorld({ mainCf: config.main_cf, files: config.files ?? {} });
  const world = withOwners(configuration.world);
  for (const probe of probes) {
    const accepted = probe.to.filter((_, index) => probe.expected.rcpt?.[index]?.code === 250);
    if (probe.kind !== 'smtp' || accepted.length === 0) continue;
    const outcome = sendLocally(world, { sender: probe.from, to: accepted.map(unquote), content: toContent(probe) });
    expect(toAnswer(outcome), accepted.join()).toEqual(toExpected(probe));
  }
});

function unquote(address: string): string {
  return address.replace(/^"(.*)"@/, '$1@');
}

const HEADERS = [
  ['From', 'probe@origin.test'],
  ['To', 'undisclosed@list.test'],
  ['Subject', 'probe'],
  ['Date', 'x'],
  ['Message-Id', '<x@x>'],
];

function toContent({ headers = HEADERS.map(([a = '', b = '']) => [a, b] as const), pad = 0 }: RecordedProbe): string {
  const body = `x\n${`${'y'.repeat(70)}\n`.repeat(Math.floor(pad / 71))}`;
  // As long as the Received header that the message had then.
  return `Received: ${'r'.repeat(140)}\n${headers.map(([name, value]) => `${name}: ${value}\n`).join('')}\n${body}`;
}

function toExpected({ expected }: RecordedProbe) {
  const messages = expected.messages ?? [];
  const isOurs = (number: number): boolean => {
    const origin = messages.find(({ msg }) => msg === number)?.origin;
    return origin === undefined || origin === 'forward';
  };
  return {
    deliveries: (expected.deliveries ?? [])
      .filter(({ msg }) => isOurs(msg))
      .map(toLine)
      .sort(),
    senders: messages
      .filter(({ msg }) => isOurs(msg))
      .map(({ sender }) => sender)
      .sort(),
    files: (expected.files ?? [])
      .filter(({ head }) => head !== undefined)
      .map(({ path, head, mbox_messages }) => ({
        path,
        count: mbox_messages,
        head: mbox_messages === undefined || mbox_messages === 1 ? head : undefined,
      })),
    log: (expected.log ?? []).filter((line) => line.startsWith('postfix/local:')),
  };
}

function toLine({ to, orig_to, transport, dsn, status, text }: Omit<RecordedDelivery, 'msg'>): string {
  return `to=<${to}> orig_to=<${orig_to ?? ''}> ${transport} ${dsn} ${status} (${text})`;
}

function toAnswer({ records, messages, performed, log }: LocalOutcome) {
  return {
    deliveries: records
      .map(({ recipient, original, transport, dsn, status, text, isSoftBounce }) =>
        toLine({
          to: quoteAddress(recipient),
          ...(original !== undefined && { orig_to: quoteAddress(original) }),
          transport,
          dsn,
          status: isSoftBounce ? 'SOFTBOUNCE' : status,
          text: text.replace(/^forwarded as Q\d+$/, 'forwarded as <QID>'),
        }),
      )
      .sort(),
    senders: messages.map(({ message }) => message.sender).sort(),
    files: toFiles(performed),
    log: log
      .filter(({ program }) => program === 'local')
      .map(({ text, isBare }) => {
        const id = isBare ? '' : '<Q1>: ';
        return `postfix/local: ${id}${text.replace(/\bQ1\b/, '<Q1>')}`;
      }),
  };
}

function toFiles(performed: LocalOutcome['performed']) {
  const files = new Map<string, { readonly format: string; readonly heads: unknown[] }>();
  for (const one of performed) {
    if (one.act.kind !== 'mailbox' || !/^\/(?:home|var\/mail)\//.test(one.act.path)) continue;
    const path = one.act.format === 'maildir' ? `${one.act.path}new/*` : one.act.path;
    const file = files.get(path) ?? { format: one.act.format, heads: [] };
    files.set(path, file);
    file.heads.push(readMailboxHead(one));
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { format, heads }]) => ({
      path,
      count: format === 'mbox' ? heads.length : undefined,
      head: heads.length === 1 ? heads[0] : undefined,
    }));
}
