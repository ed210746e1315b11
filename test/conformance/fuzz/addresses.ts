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
] as const;

/** Spellings that something is done about, or that a client may send all the same. */
const ODD_DOMAINS = [
  'REMOTE.test',
  'Example.COM',
  'localhost',
  'host',
  'sub',
  'virt.test.',
  'example.com.',
  '[127.0.0.1]',
  '[10.1.2.3]',
  '[192.0.2.7]',
  'a-b.remote.test',
  'é.remote.test',
  'xn--9ca.remote.test',
] as const;
/** What no client may send as a domain; tables and headers may hold it. */
const BAD_DOMAINS = ['remote.test..', '.remote.test', 're..mote.test', '[192.0.2', 'a_b.test', '-a.test', ''] as const;

const NAMES = [
  'alice',
  'bob',
  'carol',
  'dave',
  'root',
  'postmaster',
  'mailer-daemon',
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

const ODD = [
  'alice%remote.test',
  'alice%example.com',
  'info%virt.test',
  'remote.test!alice',
  'example.com!info',
  'a!b!c',
  'x%y%remote.test',
  '"a b"',
  '"alice"',
  '"bob+x"',
  '".dot"',
  'alice@remote.test',
  '"alice@remote.test"',
  '+x',
  '-list',
  'alice+',
  'bob+x+y',
  'bob-x+y',
  'a--b',
  'owner-list+x',
  '/var/mail/x',
  '|cat',
  ':include:/etc/postfix/list1',
  String.raw`\alice`,
  "o'hara",
  'é',
] as const;

const EXTENSIONS = ['x', 'ext', 'x+y', 'x-y', 'X', ''] as const;

/** A name without an extension, as keys of tables have it. */
export function pickName(random: Random): string {
  return random.pick(NAMES);
}

/** A local part, maybe with an extension. */
export function pickLocalPart(random: Random): string {
  if (random.chance(6)) return random.pick(ODD);
  const name = pickName(random);
  return random.chance(30) ? `${name}${random.pick(['+', '-', '='])}${random.pick(EXTENSIONS)}` : name;
}

/** A domain as a client may send it. */
export function pickDomain(random: Random): string {
  return random.chance(8) ? random.pick(ODD_DOMAINS) : random.pick(DOMAINS);
}

/** An address as a client or a table may write it. */
export function pickAddress(random: Random): string {
  const localPart = pickLocalPart(random);
  return random.chance(8) ? localPart : `${localPart}@${pickDomain(random)}`;
}

/** A path in an envelope: an address, or a form of it that old software sends. */
export function pickPath(random: Random): string {
  if (random.chance(94)) return pickAddress(random);
  const address = pickAddress(random);
  return random.pick([
    `@${random.pick(DOMAINS)}:${address}`,
    `@a.test,@${random.pick(DOMAINS)}:${address}`,
    `${address}@${random.pick(DOMAINS)}`,
    `${pickLocalPart(random)}@${random.pick(BAD_DOMAINS)}`,
    `raw:${address}`,
    `raw:< ${address} >`,
    `raw: <${address}>`,
    `raw:"Ann" <${address}>`,
    'raw:<>',
    'postmaster',
    '@virt.test',
    '"',
  ]);
}

/** An address as programs pass it to each other, without quotes: anything at all. */
export function pickInternalAddress(random: Random): string {
  if (random.chance(70)) return pickAddress(random).replaceAll('"', '');
  const localPart = random.pick([...ODD, pickLocalPart(random)]).replaceAll('"', '');
  return random.pick([
    localPart,
    `${localPart}@${random.pick(BAD_DOMAINS)}`,
    `${localPart}@${random.pick(ODD_DOMAINS)}`,
    `@${random.pick(DOMAINS)}:${localPart}@${random.pick(DOMAINS)}`,
    `${localPart}@${random.pick(DOMAINS)}@${random.pick(DOMAINS)}`,
    `${localPart}%${random.pick(DOMAINS)}@${random.pick(DOMAINS)}`,
    `${random.pick(DOMAINS)}!${localPart}@${random.pick(DOMAINS)}`,
    `${random.pick(DOMAINS)}!${localPart}`,
    `${localPart}.@${random.pick(DOMAINS)}`,
    `@${random.pick(DOMAINS)}`,
    '',
    '@',
  ]);
}
