import { expect, test } from 'vitest';
import { quoteAddress, unquoteAddress } from '../../../src/rules/address/quote.ts';
import { fromOctets, toOctets } from '../../../src/rules/octets.ts';
import type { RuleWorld } from '../../../src/rules/world.ts';
import { cleanMessage, listRecipients } from '../../support/cleanup.ts';
import { readRecorded, type RecordedProbe } from '../../support/recorded-mail.ts';
import { openTestWorld } from '../../support/rule-world.ts';

const VECTORS = [
  'bcc-maps',
  'canonical-classes-0',
  'canonical-classes-1',
  'canonical-classes-2',
  'canonical-classes-4',
  'canonical-classes-split',
  'canonical-recursion',
  'canonical-split',
  'duplicate-recipients',
  'masquerade-0',
  'masquerade-1',
  'masquerade-3',
  'masquerade-4',
  'masquerade-5',
  'orig-recipient',
  'virtual-domains',
  'virtual-ext-canonical',
  'virtual-ext-dash',
  'virtual-ext-multi',
  'virtual-ext-nodelim',
  'virtual-ext-none',
  'virtual-loops',
  'virtual-multi',
  'virtual-regexp',
].map((name) => `../../conformance/vectors/${name}.json`);

const RECORDED = [
  'alias-limits',
  'bcc-oddities',
  'broken-exceptions',
  'broken-header-canonical',
  'broken-recipient-bcc',
  'broken-recipient-canonical',
  'broken-sender-bcc',
  'broken-sender-canonical',
  'broken-virtual',
  'canonical-oddities',
  'duplicate-limit',
  'header-canonical',
  'masquerade-lists',
  'masquerade-nobody',
  'missing-canonical',
  'missing-destinations',
  'missing-exceptions',
  'missing-virtual',
  'no-address',
  'utf8-recipients',
].map((name) => `recorded/${name}.json`);

test.for([...VECTORS, ...RECORDED])('%s: sender and recipients are those that Postfix queued', async (path) => {
  const { config, probes } = await readRecorded(new URL(path, import.meta.url));
  await using opened = await openTestWorld({ mainCf: toOctets(config.main_cf), files: config.files ?? {} });
  for (const probe of probes) {
    if (probe.kind !== 'smtp' || probe.expected.dot === undefined) continue;
    expect.soft(decide(probe, opened.world)).toEqual(recorded(probe));
  }
});

const HEADERS: NonNullable<RecordedProbe['headers']> = [
  ['From', 'probe@origin.test'],
  ['To', 'undisclosed@list.test'],
];

/** What is compared. */
interface Outcome {
  readonly reply: string;
  /** Undefined where the message isn't queued. */
  readonly sender: string | undefined;
  readonly recipients: readonly string[];
  /** Warnings, and what cleanup(8) says of headers. */
  readonly log: readonly string[];
}

function recorded({ expected }: RecordedProbe): Outcome {
  const { dot, deliveries = [], messages = [], log = [] } = expected;
  const finals = deliveries
    .filter(({ msg }) => msg === 1)
    .map(({ to, orig_to: original }) => (original === undefined ? to : `${to} < ${original}`));
  return {
    reply: dot === undefined ? '' : `${dot.code} ${dot.enh} ${dot.text}`,
    sender: messages.find(({ msg }) => msg === 1)?.sender ?? undefined,
    recipients: finals.sort(),
    log: log.filter((line) => line.startsWith('postfix/cleanup: ')).map((line) => line.slice(17)),
  };
}

function decide(probe: RecordedProbe, world: RuleWorld): Outcome {
  const { from, to, headers = HEADERS, mail_args: parameters = '', expected } = probe;
  const { result } = cleanMessage(world, {
    sender: toInternal(from),
    to: to.filter((_, index) => expected.rcpt?.[index]?.code === 250).map(toInternal),
    smtputf8: parameters.includes('SMTPUTF8'),
    content: `${headers.map(([name, value]) => `${name}: ${value}\n`).join('')}\nx\n`,
  });
  const { end, sender } = result;
  const isQueued = end.state === 'queued';
  return {
    reply: end.state === 'rejected' ? `${end.code} ${end.dsn} ${end.text}` : '250 2.0.0 Ok: queued as <QID>',
    sender: isQueued ? sender && fromOctets(quoteAddress(sender)) : undefined,
    recipients: isQueued ? listRecipients(result).map(fromOctets).map(withMailerDaemon).sort() : [],
    log: result.log
      .filter(({ text }) => !/^(resent-)?message-id=/.test(text))
      .map(({ text, isBare }) => (isBare ? text.replace('4Z0000', '<Q1>') : `<Q1>: ${text}`)),
  };
}

/** As smtpd(8) hands an address on: without a route, without quotes. */
function toInternal(path: string): string {
  return unquoteAddress(path.replace(/^@[^:]*:/, ''));
}

/** The empty recipient is one of the queue manager's own names. */
function withMailerDaemon(recipient: string): string {
  return recipient.replace(/^""(?!@)/, 'MAILER-DAEMON@mail.example.com');
}
