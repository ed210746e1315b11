// The private world in which the vectors were recorded: its files, accounts and addresses. Word for word the oracle's.
import type { VectorConfig } from './vector.ts';
import type { Switch } from './vector-outcome.ts';

/** Who runs a command. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

const BASE_MAIN = `\
compatibility_level = 3.6
maillog_file = /var/log/postfix.log
inet_protocols = ipv4
in_flow_delay = 0
default_destination_recipient_limit = 1
`;

/** master.cf as every case begins with it. */
export const BASE_MASTER = `\
smtp       inet  n - n - - smtpd -o smtpd_authorized_xclient_hosts=127.0.0.0/8
pickup     unix  n - n 60 1 pickup
cleanup    unix  n - n - 0 cleanup
qmgr       unix  n - n 300 1 qmgr
rewrite    unix  - - n - - trivial-rewrite
bounce     unix  - - n - 0 bounce
defer      unix  - - n - 0 bounce
trace      unix  - - n - 0 bounce
verify     unix  - - n - 1 verify
flush      unix  n - n 1000? 0 flush
proxymap   unix  - - n - - proxymap
proxywrite unix  - - n - 1 proxymap
showq      unix  n - n - - showq
error      unix  - - n - 1 error
retry      unix  - - n - 1 error -o syslog_name=postfix/retry
discard    unix  - - n - 1 discard
local      unix  - n n - 1 local
virtual    unix  - n n - 1 virtual
anvil      unix  - - n - 1 anvil
scache     unix  - - n - 1 scache
postlog    unix-dgram n - n - 1 postlogd
`;

const RECORDERS = ['smtp', 'relay', 'lmtp', 'uucp', 'custom', 'slow', 'filter'];

/** `/etc/passwd`. The number of `postfix` is Debian's on the machine that recorded; no vector shows it. */
export const PASSWD = `\
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
postfix:x:101:102::/var/spool/postfix:/usr/sbin/nologin
rec:x:2000:2000:recorder:/nonexistent:/usr/sbin/nologin
vmail:x:5000:5000:vmail:/home/vmail:/usr/sbin/nologin
alice:x:1001:1001:Alice Adams:/home/alice:/bin/sh
bob:x:1002:1002:Bob Brown,Room 5,555-1234,:/home/bob:/bin/sh
carol:x:1003:1003:Carol & Co:/home/carol:/bin/sh
dave:x:1004:1004::/home/dave:/bin/sh
`;

/** `/etc/group`. */
export const GROUP = `\
root:x:0:
mail:x:8:
nogroup:x:65534:
postfix:x:102:
postdrop:x:103:
rec:x:2000:
vmail:x:5000:
alice:x:1001:
bob:x:1002:
carol:x:1003:
dave:x:1004:
`;

/** `/etc/hosts`. */
export const HOSTS = '127.0.0.1 localhost\n10.1.2.3 box.localdomain box\n';

/** The addresses of the machine, with their networks. */
export const ADDRESSES = '127.0.0.1/8 10.1.2.3/24';

/** The directories that are there before anything is configured. */
export const DIRECTORIES: readonly string[] = [
  '/etc/postfix',
  '/etc/rec',
  '/var/lib/postfix',
  '/var/log',
  '/var/mail',
  '/tmp',
  '/root',
  ...['alice', 'bob', 'carol', 'dave', 'vmail'].map((user) => `/home/${user}`),
  ...'active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved trace'
    .split(' ')
    .map((name) => `/var/spool/postfix/${name}`),
];

/** @throws {Error} when the world has no such user */
export function getAccount(name: string): Account {
  for (const line of PASSWD.split('\n')) {
    const [user, , uid, gid, , home] = line.split(':');
    if (user === name && home !== undefined) return { name, uid: Number(uid), gid: Number(gid), home };
  }
  throw new Error(`the private world has no user "${name}"`);
}

/** main.cf: the case's text after the base, unless it is the whole. */
export function mainText({ main_cf, raw_main_cf }: { main_cf: string; raw_main_cf?: Switch }): string {
  return raw_main_cf ? main_cf : BASE_MAIN + main_cf;
}

/** Where the records are that the world's DNS server has: catch_dns. */
export const ZONE_FILE = '/etc/rec/dns';

/** The zone; of a case that has none, no name exists. */
export function zoneText(zone: VectorConfig['dns'] = {}): string {
  const lines = Object.entries(zone).flatMap(([name, records]) => {
    if (records === 'SERVFAIL') return [`${name} SERVFAIL`];
    return Object.entries(records).flatMap(([type, values]) => values.map((value) => `${name} ${type} ${value}`));
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** master.cf: the base and the recorders; each line of the case's replaces that of the same service and type. */
export function masterText(config: { master_cf?: string; smtp?: 'real'; transports?: readonly string[] }): string {
  const entries = new Map<string, string>();
  addEntries(BASE_MASTER, entries);
  for (const name of [...RECORDERS, ...(config.transports ?? [])]) {
    const isReal = config.smtp === 'real' && (name === 'smtp' || name === 'relay');
    const recorder = `pipe flags= user=rec null_sender= argv=/etc/pfrec ${name} \${queue_id} \${nexthop} \${sender} \${original_recipient} \${recipient}`;
    addEntries(isReal ? `${name} unix - - n - 1 smtp` : `${name} unix - n n - 1 ${recorder}`, entries);
  }
  addEntries(config.master_cf ?? '', entries);
  return `${[...entries.values()].join('\n')}\n`;
}

function addEntries(text: string, entries: Map<string, string>): void {
  let current: string | undefined;
  for (const line of text.split('\n')) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const before = current === undefined ? undefined : entries.get(current);
    if (/^[ \t]/.test(line) && current !== undefined && before !== undefined) {
      entries.set(current, `${before}\n${line}`);
      continue;
    }
    const [name = '', type = ''] = line.trim().split(/\s+/);
    current = `${name} ${type}`;
    entries.set(current, line);
  }
}
