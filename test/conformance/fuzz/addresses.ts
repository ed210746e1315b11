// The addresses of random cases. There are few, so that tables meet them.
import type { Random } from './random.ts';

/** Domains of every class, and some above and below these. */
export const DOMAINS = [
  'example.com',
  'mail.example.com',
  'localhost.example.com',
  'sub.example.com',
  'virt.test',
  'sub.virt.test',
  'vbox.test',
  'relay.test',
  'sub.relay.test',
  'remote.test',
  'sub.remote.test',
  'REMOTE.test',
] as const;

const NAMES = [
  'alice',
  'bob',
  'carol',
  'dave',
  'root',
  'postmaster',
  'nosuch',
  'list',
  'list-request',
  'owner-list',
  'info',
  'sales',
  'a.b',
  'Alice',
  'tempfail',
  'permfail',
] as const;

const ODD = ['alice%remote.test', 'remote.test!alice', '"a b"', '.dot', 'alice@remote.test', 'a..b', 'é'] as const;

/** A name without an extension, as keys of tables have it. */
export function pickName(random: Random): string {
  return random.pick(NAMES);
}

/** A local part, maybe with an extension. */
export function pickLocalPart(random: Random): string {
  if (random.chance(4)) return random.pick(ODD);
  const name = pickName(random);
  return random.chance(30) ? `${name}${random.pick(['+', '-'])}${random.pick(['x', 'ext', 'x+y', 'x-y', ''])}` : name;
}

/** An address as a client or a table may write it. */
export function pickAddress(random: Random): string {
  const localPart = pickLocalPart(random);
  return random.chance(8) ? localPart : `${localPart}@${random.pick(DOMAINS)}`;
}
