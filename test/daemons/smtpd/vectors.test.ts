import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { ParameterName } from '../../../src/rules/config/parameters.ts';
import type { SmtpClient } from '../../support/smtp-client.ts';
import { openMailroom } from '../../support/mailroom.ts';

/**
 * What a real Postfix said, replayed. Left out are probes in which Postfix refuses by policy (unknown user, relay
 * denied), which is not smtpd's syntax, and those that need a parameter that isn't there yet.
 */
const REPLAYED: Readonly<Record<string, { readonly probes: readonly number[]; readonly leftOut?: string }>> = {
  'dialogue-telnet': { probes: [0, 1, 3], leftOut: '2: unknown user' },
  'dialogue-basic': { probes: [0, 1, 2, 3, 4, 5, 7, 8, 9, 10], leftOut: '6: unknown user' },
  'dialogue-unknown-commands': {
    probes: [1, 2, 3, 4, 5, 6],
    leftOut: '0, 8: smtpd_noop_commands, ATRN after XVERP need no more; 7: BDAT is not announced',
  },
  'dialogue-mail-syntax': { probes: [0] },
  'dialogue-mail-params': { probes: [0, 1] },
  'dialogue-8bit': { probes: [0, 1, 2, 3, 4] },
  'dialogue-pipelining': { probes: [2, 3, 4, 5], leftOut: '0, 1: unknown user' },
  'dialogue-size-limit': { probes: [7] },
  'dialogue-ehlo-size': { probes: [0] },
  'dialogue-long-line': { probes: [0, 1] },
  'dialogue-dots': { probes: [0], leftOut: '1: a bare LF ends the content, which we forbid' },
  'dialogue-bare-newlines': { probes: [3, 4, 5], leftOut: '0, 1, 2, 6: a bare LF ends the content, which we forbid' },
  'auth-dialogue': { probes: [0, 1, 3, 4, 5, 7, 8, 9, 10, 11], leftOut: '2, 6: wrong passwords' },
};

/** Likewise, of the probes that send one message: what was said to MAIL and to each RCPT. */
const SENT: Readonly<Record<string, { readonly probes: readonly number[]; readonly leftOut?: string }>> = {
  'odd-addresses': {
    probes: [5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
    leftOut: '0–4, 12, 16: relaying denied',
  },
  'special-addresses': { probes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  'bounce-dsn-options': { probes: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
  'dialogue-recipient-limit': { probes: [0], leftOut: '1: smtpd_hard_error_limit; 2: unknown user' },
  'dialogue-size-limit': {
    probes: [0, 1, 3, 4, 5, 6],
    leftOut: '2: between the size of the content and that of the queue file',
  },
};

interface SentReply {
  readonly code: number;
  readonly enh?: string;
  readonly text: string;
}

interface Vector {
  readonly config: { readonly main_cf: string };
  readonly probes: readonly {
    readonly kind: string;
    readonly from?: string;
    readonly to?: readonly string[];
    readonly mail_args?: string;
    readonly rcpt_args?: string;
    readonly lines?: readonly (string | { readonly bytes: string; readonly replies: number })[];
    readonly expected: {
      readonly replies?: readonly (readonly string[] | null)[];
      readonly mail?: SentReply;
      readonly rcpt?: readonly SentReply[];
    };
  }[];
}

const SETTINGS: readonly ParameterName[] = ['myhostname', 'message_size_limit', 'smtpd_recipient_limit'];
/** Postfix announces what we don't have, and knows AUTH only where it is configured. */
const NOT_COMPARED = /^250[ -](?:ETRN|CHUNKING|AUTH .*)$/;

function casesOf(chosen: typeof REPLAYED): readonly { readonly name: string; readonly probe: number }[] {
  return Object.entries(chosen).flatMap(([name, { probes }]) => probes.map((probe) => ({ name, probe })));
}

test.for(casesOf(REPLAYED))('$name, dialogue $probe: every reply is what Postfix said', async ({ name, probe }) => {
  const vector = await readVector(name);
  const { lines, expected } = vector.probes[probe] ?? { expected: {} };
  await using room = await openMailroom({ settings: settingsOf(vector) });
  await using client = await room.connect();

  const replies = await replay(client, lines ?? []);

  const greeting = (expected.replies ?? []).slice(0, 1);
  expect([...greeting, ...replies].map(normalise)).toEqual((expected.replies ?? []).map(normalise));
});

test.for(casesOf(SENT))('$name, message $probe: MAIL and RCPT get what Postfix said', async ({ name, probe }) => {
  const vector = await readVector(name);
  const { from = '', to = [], mail_args = '', rcpt_args = '', expected } = vector.probes[probe] ?? { expected: {} };
  await using room = await openMailroom({ settings: settingsOf(vector) });
  await using client = await room.connect();

  const replies = await client.say(
    'EHLO client.test',
    `MAIL FROM:${toPath(from)}${mail_args}`,
    ...to.map((address) => `RCPT TO:${toPath(address)}${rcpt_args}`),
  );

  const said = [expected.mail, ...(expected.rcpt ?? [])].map((reply) => reply && toLine(reply));
  expect(replies.slice(1)).toEqual(said);
});

function toPath(address: string): string {
  return address.startsWith('raw:') ? address.slice('raw:'.length) : `<${address}>`;
}

function toLine({ code, enh, text }: SentReply): string {
  return [code, enh, text].filter((part) => part !== undefined).join(' ');
}

async function readVector(name: string): Promise<Vector> {
  const text = await readFile(new URL(`../../conformance/vectors/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as Vector;
}

function settingsOf(vector: Vector): Partial<Record<ParameterName, string>> {
  // Postfix's own default, where the case sets none.
  const settings: Partial<Record<ParameterName, string>> = { message_size_limit: '10240000' };
  for (const name of SETTINGS) {
    const value = new RegExp(`^${name} = (.*)$`, 'm').exec(vector.config.main_cf)?.[1];
    if (value !== undefined) settings[name] = value;
  }
  return settings;
}

async function replay(
  client: SmtpClient,
  lines: NonNullable<Vector['probes'][number]['lines']>,
): Promise<readonly (readonly string[] | null)[]> {
  const replies: (readonly string[] | null)[] = [];
  let inContent = false;
  for (const line of lines) {
    const octets = typeof line === 'string' ? Buffer.from(`${line}\r\n`).toString('latin1') : line.bytes;
    client.send(octets);
    if (inContent && typeof line === 'string' && line !== '.') continue;
    for (let count = typeof line === 'string' ? 1 : line.replies; count > 0; count -= 1) {
      const reply = (await client.reply()) ?? null;
      replies.push(reply);
      if (reply === null) return replies;
      inContent = reply[0]?.startsWith('354') ?? false;
    }
  }
  return replies;
}

function normalise(reply: readonly string[] | null): string | null {
  if (reply === null) return null;
  const kept = reply.filter((line) => !NOT_COMPARED.test(line)).join('\n');
  // Whichever line is last now has the hyphen or not.
  return kept.replaceAll(/^250[ -]/gm, '250 ').replace(/queued as \S+/, 'queued as <QID>');
}
