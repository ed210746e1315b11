// The tables of random cases.
import { DOMAINS, pickAddress, pickLocalPart, pickName } from './addresses.ts';
import type { Random } from './random.ts';

/** A table: a line for each entry. */
export type MakeTable = (random: Random) => readonly string[];

/** A kind of table: what is looked up in it, and what is found. */
export interface TableKind {
  /** The key of an entry, as plain tables have it. */
  readonly pickKey: (random: Random) => string;
  readonly pickValue: (random: Random) => string;
  readonly maxEntries: number;
  /** With an entry for whatever is asked, mail would go round for ever, and all domains be this machine's. */
  readonly mayNotHaveAll?: true;
}

/** A table as a parameter names it. */
export interface MadeTable {
  /** `hash:/etc/postfix/x` */
  readonly name: string;
  readonly files: Readonly<Record<string, readonly string[]>>;
}

const TRANSPORTS = [
  'smtp',
  'relay',
  'lmtp',
  'custom',
  'slow',
  'local',
  'virtual',
  'error',
  'discard',
  'retry',
  '',
] as const;
const NEXT_HOPS = ['', 'gw.test', '[gw.test]', '[gw.test]:2525', '5.1.1 no more', 'hop.test:587', 'Gw.Test'] as const;

/** A key of canonical(5), virtual(5) and the like: an address, a name, or a whole domain. */
function pickAddressKey(random: Random): string {
  if (random.chance(20)) return `@${random.pick(DOMAINS)}`;
  if (random.chance(20)) return withExtension(random).toLowerCase();
  return `${withExtension(random)}@${random.pick(DOMAINS)}`.toLowerCase();
}

function withExtension(random: Random): string {
  return random.chance(75) ? pickName(random) : `${pickName(random)}${random.pick(['+', '-'])}x`;
}

function pickTransportKey(random: Random): string {
  const domain = random.pick(DOMAINS);
  return random.pick([domain, `.${domain}`, `${withExtension(random).toLowerCase()}@${domain}`, '*', 'test']);
}

/** @see transport(5) */
export function pickTransport(random: Random): string {
  return `${random.pick(TRANSPORTS)}:${random.pick(NEXT_HOPS)}`;
}

/** Tables whose keys are addresses, by what is found in them. */
export const KINDS = {
  canonical: {
    pickKey: pickAddressKey,
    pickValue: (random) => (random.chance(15) ? `@${random.pick(DOMAINS)}` : pickAddress(random)),
    maxEntries: 5,
    mayNotHaveAll: true,
  },
  virtual: {
    pickKey: pickAddressKey,
    pickValue: (random) =>
      random.chance(10) ? `@${random.pick(DOMAINS)}` : random.times(1, 3, () => pickAddress(random)).join(', '),
    maxEntries: 8,
    mayNotHaveAll: true,
  },
  transport: { pickKey: pickTransportKey, pickValue: pickTransport, maxEntries: 5 },
  relocated: {
    pickKey: pickAddressKey,
    pickValue: (random) => random.pick(['new@elsewhere.test', 'new@elsewhere.test', '+1 555 0100, é']),
    maxEntries: 3,
  },
  address: { pickKey: pickAddressKey, pickValue: pickAddress, maxEntries: 3 },
  relayhost: {
    pickKey: (random) => (random.chance(30) ? `@${random.pick(DOMAINS)}` : pickAddressKey(random)),
    pickValue: (random) => random.pick(['[out.test]', 'out.test:26', 'DUNNO', 'dunno']),
    maxEntries: 3,
  },
  defaultTransport: {
    pickKey: pickAddressKey,
    pickValue: (random) => random.pick(['custom:', 'slow:[out.test]', 'custom', 'DUNNO', 'error:not you']),
    maxEntries: 3,
  },
  /** Transports of names. @see local(8), mailbox_transport_maps */
  localTransport: {
    pickKey: (random) => withExtension(random).toLowerCase(),
    pickValue: (random) =>
      random.pick(['custom:', 'slow:hop.test', 'lmtp:[in.test]', 'error:5.2.1 closed', 'virtual:']),
    maxEntries: 3,
  },
  command: {
    pickKey: (random) => pickName(random).toLowerCase(),
    pickValue: (random) => random.pick(['cat >/dev/null', 'cat >/var/mail/$USER.got']),
    maxEntries: 2,
  },
  mailbox: {
    pickKey: (random) => (random.chance(15) ? '@vbox.test' : `${withExtension(random).toLowerCase()}@vbox.test`),
    pickValue: (random) => `${pickName(random).toLowerCase()}${random.pick(['', '.dir/'])}`,
    maxEntries: 5,
  },
  login: {
    pickKey: pickAddressKey,
    pickValue: (random) => random.pick(['alice', 'bob@example.com', 'alice, bob@example.com', 'nobody']),
    maxEntries: 3,
  },
} as const satisfies Readonly<Record<string, TableKind>>;

/**
 * A table of a random type.
 * @param path of its file, if it has one
 */
export function makeTable(random: Random, kind: TableKind, path: string): MadeTable {
  const { pickKey, pickValue, maxEntries, mayNotHaveAll } = kind;
  const pairs = uniquePairs(random.times(1, maxEntries, () => [pickKey(random), pickValue(random)] as const));
  const plain = pairs.map(([key, value]) => `${key} ${value}`);
  if (random.chance(70)) return { name: `hash:${path}`, files: { [path]: plain } };
  const type = random.pick([
    'texthash',
    'regexp',
    'pcre',
    'inline',
    'unionmap',
    'pipemap',
    'btree',
    'two',
    mayNotHaveAll ? 'texthash' : 'static',
  ]);
  switch (type) {
    case 'regexp':
    case 'pcre':
      return { name: `${type}:${path}`, files: { [path]: pairs.map((pair) => toPattern(random, pair)) } };
    case 'inline':
      return { name: `inline:{ ${pairs.map(([key, value]) => `{ ${key} = ${value} }`).join(', ')} }`, files: {} };
    case 'unionmap': {
      const name = `unionmap:{hash:${path},inline:{{ ${pickKey(random)} = ${pickValue(random)} }}}`;
      return { name, files: { [path]: plain } };
    }
    case 'pipemap': {
      const values = [...new Set(pairs.map(([, value]) => value))].filter((value) => !value.includes(','));
      const further = values.map((value) => `{ ${value} = ${pickValue(random)} }`);
      const rest =
        further.length === 0 || random.chance(20)
          ? `static:{${pickValue(random)}}`
          : `inline:{ ${further.join(', ')} }`;
      return { name: `pipemap:{hash:${path},${rest}}`, files: { [path]: plain } };
    }
    case 'static':
      return { name: `hash:${path}, static:{${pickValue(random)}}`, files: { [path]: plain } };
    case 'two': {
      const other = `${path}_2`;
      const second = [`${pickKey(random)} ${pickValue(random)}`];
      return { name: `hash:${path}, texthash:${other}`, files: { [path]: plain, [other]: second } };
    }
    default:
      return { name: `${type}:${path}`, files: { [path]: plain } };
  }
}

/** Of two entries with one key, the last. */
function uniquePairs(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return [...new Map(pairs)];
}

function toPattern(random: Random, [key, value]: readonly [string, string]): string {
  const escaped = key.replaceAll(/[.+*]/g, String.raw`\$&`);
  const [localPart = '', domain] = escaped.split('@');
  if (domain === undefined) return `/^${escaped}$/ ${value}`;
  const pattern = localPart === '' ? `/@${domain}$/` : `/^${localPart}@${domain}$/`;
  if (random.chance(25)) {
    return (
      String.raw`/^([a-z]+)([-+].*)?@${domain}$/ ` + value.replace(/^[a-z]+@/, random.pick(['${1}@', '$1@', '$1$2@']))
    );
  }
  return `${pattern}${random.pick(['', '', 'i'])} ${value.replaceAll('$', '$$')}`;
}

/** The local part of someone here, mostly. */
export function pickPlainTarget(random: Random): string {
  return random.chance(50) ? pickLocalPart(random) : pickAddress(random);
}
