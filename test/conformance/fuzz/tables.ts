// The tables and lists of random cases.
import { DOMAINS, pickAddress, pickLocalPart, pickName } from './addresses.ts';
import type { Random } from './random.ts';

/** A table: a line for each entry. */
export type MakeTable = (random: Random) => readonly string[];

const TRANSPORTS = ['smtp', 'relay', 'lmtp', 'custom', 'slow', 'local', 'virtual', 'error', 'discard', ''] as const;
const NEXT_HOPS = ['', 'gw.test', '[gw.test]', '[gw.test]:2525', '5.1.1 no more', 'hop.test:587'] as const;
const INCLUDED = ['/etc/postfix/list1', '/etc/postfix/list2'] as const;

/** `count` entries, each of a key and what `make` gives it. */
function entries(count: number, make: () => string): readonly string[] {
  return [...new Map(Array.from({ length: count }, make).map((line) => [line.split(/\s/)[0], line])).values()];
}

/** A key of canonical(5), virtual(5) and the like: an address, a name, or a whole domain. */
function pickKey(random: Random): string {
  if (random.chance(20)) return `@${random.pick(DOMAINS).toLowerCase()}`;
  if (random.chance(20)) return pickName(random).toLowerCase();
  const localPart = random.chance(70) ? pickName(random) : `${pickName(random)}+x`;
  return `${localPart}@${random.pick(DOMAINS)}`.toLowerCase();
}

/** @see canonical(5) */
export const makeCanonical: MakeTable = (random) =>
  entries(1 + random.below(5), () => {
    const target = random.chance(15) ? `@${random.pick(DOMAINS)}` : pickAddress(random);
    return `${pickKey(random)} ${target}`;
  });

/** @see virtual(5) */
export const makeVirtual: MakeTable = (random) =>
  entries(1 + random.below(8), () => {
    const isWholeDomain = random.chance(10);
    const targets = isWholeDomain
      ? [`@${random.pick(DOMAINS)}`]
      : random.some(['', ''], 1, 3).map(() => pickAddress(random));
    return `${pickKey(random)} ${targets.join(', ')}`;
  });

/** @see transport(5) */
export const makeTransport: MakeTable = (random) =>
  entries(1 + random.below(5), () => {
    const domain = random.pick(DOMAINS).toLowerCase();
    const key = random.pick([domain, `.${domain}`, `${pickName(random).toLowerCase()}@${domain}`, '*']);
    return `${key} ${random.pick(TRANSPORTS)}:${random.pick(NEXT_HOPS)}`;
  });

/** @see relocated(5) */
export const makeRelocated: MakeTable = (random) =>
  entries(1 + random.below(3), () => `${pickKey(random)} new@elsewhere.test`);

/** `always`-like tables: what is sent to or by an address is copied to another. */
export const makeBcc: MakeTable = (random) =>
  entries(1 + random.below(3), () => `${pickKey(random)} ${pickAddress(random)}`);

/** A next hop for a sender. */
export const makeRelayhosts: MakeTable = (random) =>
  entries(1 + random.below(3), () => {
    const key = random.chance(30) ? `@${random.pick(DOMAINS).toLowerCase()}` : pickAddress(random).toLowerCase();
    return `${key.replaceAll(/["\s]/g, '')} ${random.pick(['[out.test]', 'out.test:26'])}`;
  });

/** Virtual mailboxes. @see virtual(8) */
export const makeMailboxes: MakeTable = (random) =>
  entries(1 + random.below(5), () => {
    const name = pickName(random).toLowerCase();
    const key = random.chance(15) ? '@vbox.test' : `${name}@vbox.test`;
    return `${key} ${name}${random.pick(['', '/'])}`;
  });

/** @see aliases(5) */
export const makeAliases: MakeTable = (random) => [
  'postmaster: root',
  ...entries(1 + random.below(7), () => {
    const name = random.chance(15) ? `owner-${pickName(random)}` : pickName(random);
    return `${name.toLowerCase()}: ${random
      .some(['', ''], 1, 3)
      .map(() => pickTarget(random))
      .join(', ')}`;
  }).filter((line) => !line.startsWith('postmaster:')),
];

/** A file of recipients. */
export const makeList: MakeTable = (random) =>
  random.some(['', ''], 1, 4).map(() => (random.chance(15) ? `# ${pickName(random)}` : pickPlainTarget(random)));

/** `.forward`. @see local(8) */
export const makeForward: MakeTable = (random) =>
  random.some(['', ''], 1, 3).map(() => (random.chance(20) ? String.raw`\alice` : pickTarget(random)));

function pickTarget(random: Random): string {
  if (random.chance(8)) return '"|cat >/dev/null"';
  if (random.chance(8)) return '/var/mail/box';
  if (random.chance(10)) return `:include:${random.pick(INCLUDED)}`;
  return pickPlainTarget(random);
}

function pickPlainTarget(random: Random): string {
  return random.chance(50) ? pickLocalPart(random) : pickAddress(random);
}
