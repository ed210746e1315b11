import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { ParameterName } from '../../../src/rules/config/parameters.ts';
import type { SmtpClient } from '../../support/smtp-client.ts';
import { openMailroom } from '../../support/smtp-client-mailroom.ts';

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

interface Vector {
  readonly config: { readonly main_cf: string };
  readonly probes: readonly {
    readonly kind: string;
    readonly lines?: readonly (string | { readonly bytes: string; readonly replies: number })[];
    readonly expected: { readonly replies?: readonly (readonly string[] | null)[] };
  }[];
}

const SETTINGS: readonly ParameterName[] = ['myhostname', 'message_size_limit', 'smtpd_recipient_limit'];
/** Postfix announces what we don't have, and knows AUTH only where it is configured. */
const NOT_COMPARED = /^250[ -](?:ETRN|CHUNKING|AUTH .*)$/;

const cases = Object.entries(REPLAYED).flatMap(([name, { probes }]) => probes.map((probe) => ({ name, probe })));

test.for(cases)('$name, dialogue $probe: every reply is what Postfix said', async ({ name, probe }) => {
  const vector = await readVector(name);
  const { lines, expected } = vector.probes[probe] ?? { expected: {} };
  await using room = await openMailroom({ settings: settingsOf(vector) });
  await using client = await room.connect();

  const replies = await replay(client, lines ?? []);

  const greeting = (expected.replies ?? []).slice(0, 1);
  expect([...greeting, ...replies].map(normalise)).toEqual((expected.replies ?? []).map(normalise));
});

async function readVector(name: string): Promise<Vector> {
  const text = await readFile(new URL(`../../conformance/vectors/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as Vector;
}

function settingsOf(vector: Vector): Partial<Record<ParameterName, string>> {
  const assignments = vector.config.main_cf.matchAll(/^(\w+) = (.*)$/gm);
  const all = [...assignments].map(([, name, value]) => [name, value]);
  // Postfix's own default, where the case sets none.
  return Object.fromEntries(
    [['message_size_limit', '10240000'], ...all].filter(([name]) => SETTINGS.some((one) => one === name)),
  );
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
