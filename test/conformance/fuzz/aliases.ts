// aliases(5), lists and .forward files of random cases.
import { pickName } from './addresses.ts';
import type { Random } from './random.ts';
import { pickPlainTarget, type MakeTable } from './tables.ts';

const INCLUDED = ['/etc/postfix/list1', '/etc/postfix/list2', '/etc/postfix/nosuch'] as const;
/** What is told of a delivery; each telling has a file of its own, as nobody knows which of them comes first. */
const TELL = [
  's=$SENDER:$RECIPIENT:$LOCAL:$EXTENSION:$DOMAIN:$USER:$ORIGINAL_RECIPIENT:$HOME',
  "echo $s >/var/mail/`echo $s | cksum | tr -d ' '`.out",
].join('; ');
/** All of them succeed, and say nothing: what a command says only running it tells. */
const COMMANDS = ['"|cat >/dev/null"', '"| cat >/dev/null"', '|/bin/true', `"|${TELL}"`] as const;

/** @see aliases(5) */
export const makeAliases: MakeTable = (random) => {
  const pick = openTargets(random, 'aliases');
  const lines = random.times(1, 8, () => {
    const name = pickAliasName(random);
    // A list that owns itself gets what its own members bounce, and each round may double the mail.
    const targets = random.times(1, 3, pick).map((target) => (name.startsWith(`owner-${target}`) ? 'root' : target));
    return [name, targets.join(', ')] as const;
  });
  return [...new Map([['postmaster', 'root'], ...lines])].map(([name, targets]) => `${name}: ${targets}`);
};

function pickAliasName(random: Random): string {
  const name = pickName(random).toLowerCase();
  if (random.chance(15)) return `owner-${name}`;
  return random.chance(10) ? `${name}+x` : name;
}

/** A file of recipients. */
export function makeList(random: Random): readonly string[] {
  const pick = openTargets(random, 'list');
  return random.times(1, 4, () => {
    if (random.chance(15)) return `# ${pickName(random)}`;
    return random.chance(20) ? pick() : toTarget(pickPlainTarget(random));
  });
}

/** `.forward`. @see local(8) */
export function makeForward(random: Random, owner: string): readonly string[] {
  const pick = openTargets(random, owner);
  return random.times(1, 3, () => (random.chance(25) ? random.pick([String.raw`\alice`, String.raw`\bob`]) : pick()));
}

/** @param owner files that users of their own write to have names of their own: what is whose is a kernel's matter */
function openTargets(random: Random, owner: string): () => string {
  const files = [`/var/mail/${owner}.box`, `/var/mail/${owner}.dir/`, '/dev/null', `"/var/mail/${owner} x"`];
  return () => {
    if (random.chance(8)) return random.pick(COMMANDS);
    if (random.chance(8)) return random.pick(files);
    if (random.chance(10)) return `:include:${random.pick(INCLUDED)}`;
    return toTarget(pickPlainTarget(random));
  };
}

/** What begins so is no address. */
function toTarget(address: string): string {
  return /^[|/:]/.test(address) ? 'bob' : address;
}
