// A configuration with 10 tables of 10,000 entries, and recipients of every kind that it knows.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../bin/postfixture.js');
const ENTRIES = 10_000;

const MAIN_CF = `compatibility_level = 3.6
myhostname = mail.example.com
mydomain = example.com
mydestination = $myhostname, localhost.$mydomain, localhost, $mydomain
mynetworks = 127.0.0.0/8 [::1]/128
recipient_delimiter = +
alias_maps = hash:/etc/postfix/aliases
virtual_alias_domains = lists.example.com, teams.example.com
virtual_alias_maps = hash:/etc/postfix/virtual
virtual_mailbox_domains = boxes.example.com, customers.example.com
virtual_mailbox_base = /var/mail/vhosts
virtual_mailbox_maps = hash:/etc/postfix/vmailbox
virtual_uid_maps = static:5000
virtual_gid_maps = static:5000
relay_domains = branch.example.com
relay_recipient_maps = hash:/etc/postfix/relay_recipients
canonical_maps = hash:/etc/postfix/canonical
sender_canonical_maps = hash:/etc/postfix/sender_canonical
recipient_bcc_maps = hash:/etc/postfix/recipient_bcc
relocated_maps = hash:/etc/postfix/relocated
transport_maps = texthash:/etc/postfix/transport
relayhost = [smtp.example.net]:587
smtpd_recipient_restrictions = reject_unknown_recipient_domain,
  check_recipient_access hash:/etc/postfix/recipient_access,
  permit_mynetworks, reject_unauth_destination
`;

const MASTER_CF = `smtp inet n - y - - smtpd
cleanup unix n - y - 0 cleanup
rewrite unix - - y - - trivial-rewrite
qmgr unix n - n 300 1 qmgr
bounce unix - - y - 0 bounce
defer unix - - y - 0 bounce
relay unix - - y - - smtp
smtp unix - - y - - smtp
error unix - - y - - error
retry unix - - y - - error
local unix - n n - - local
virtual unix - n n - - virtual
`;

/** Key and value of each entry, by the name of its table. */
const TABLES = {
  aliases: (n) => [`staff${n}:`, n % 4 === 0 ? `staff${n + 1}, person${n}@partner${n % 500}.example` : `person${n}`],
  virtual: (n) => [`team${n}@lists.example.com`, `box${n}@boxes.example.com, person${n}`],
  vmailbox: (n) => [`box${n}@boxes.example.com`, `boxes/${n % 100}/box${n}/`],
  relay_recipients: (n) => [`clerk${n}@branch.example.com`, 'known'],
  canonical: (n) => [`old${n}@example.com`, `staff${n}@example.com`],
  sender_canonical: (n) => [`app${n}@example.com`, `app${n}@boxes.example.com`],
  recipient_bcc: (n) => [`clerk${n * 20}@branch.example.com`, `archive${n}@example.com`],
  relocated: (n) => [`gone${n}@example.com`, `person${n}@elsewhere.example`],
  transport: (n) => [`partner${n}.example`, `smtp:[mx${n}.partner.example]`],
  recipient_access: (n) => [`closed${n}@example.com`, 'REJECT this address is closed'],
};

/** Of 20 recipients; the share of each kind is about that of an application's mail. */
const KINDS = [
  ...Array.from({ length: 6 }, () => (n) => `box${n}@boxes.example.com`),
  ...Array.from({ length: 3 }, () => (n) => `team${n}@lists.example.com`),
  ...Array.from({ length: 2 }, () => (n) => `staff${n}@example.com`),
  ...Array.from({ length: 3 }, () => (n) => `someone${n}@partner${n}.example`),
  ...Array.from({ length: 2 }, () => (n) => `somebody${n}@mail${n}.example.org`),
  (n) => `clerk${n}@branch.example.com`,
  (n) => `old${n}@example.com`,
  (n) => `box${n}+news@boxes.example.com`,
  (n) => (n % 2 === 0 ? `gone${n}@example.com` : `closed${n}@example.com`),
];

/** Writes main.cf, master.cf and the tables, with their maps, into `directory`, which is made. */
export function writeRouting(directory) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'main.cf'), MAIN_CF);
  writeFileSync(join(directory, 'master.cf'), MASTER_CF);
  for (const [name, toEntry] of Object.entries(TABLES)) {
    const lines = Array.from({ length: ENTRIES }, (_, n) => `${toEntry(n).join(' ')}\n`);
    writeFileSync(join(directory, name), lines.join(''));
  }
  const { aliases: _, transport: __, ...mapped } = TABLES;
  build('postalias', [join(directory, 'aliases')]);
  build(
    'postmap',
    Object.keys(mapped).map((name) => join(directory, name)),
  );
}

/** Without its map, a table of the type hash is reported. */
function build(tool, paths) {
  const tables = paths.map((path) => `hash:${path}`);
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, tool, ...tables], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`postfixture ${tool} exited with ${status}: ${stderr}`);
}

/** The recipient of a turn: neighbours are of different kinds, and no kind has the same one twice in 200,000 turns. */
export function toRecipient(turn) {
  const place = (turn * 7) % KINDS.length;
  return KINDS[place]((Math.floor(turn / KINDS.length) * 7919 + place * 501) % ENTRIES);
}

/** The sender of a turn. */
export function toSender(turn) {
  return turn % 2 === 0 ? `app${(turn * 31) % ENTRIES}@example.com` : `user${turn}@shop.example`;
}
