import { posix } from 'node:path';
import type { AccountTexts } from '../rules/config/common-accounts.ts';
import type { Octets } from '../rules/octets.ts';
import type { Account, Accounts } from '../rules/world.ts';
import type { PostfixConfiguration } from './postfix-configuration.ts';

/**
 * The accounts and groups that `catch_passwd_file` says there are.
 * @returns undefined if it says nothing: then every local part may be an account
 * @throws {FatalError} if it can't be expanded
 */
export function readAccounts(config: Pick<PostfixConfiguration, 'get' | 'readFile'>): AccountTexts | undefined {
  const value = config.get('catch_passwd_file');
  if (value === '' || value === 'any') return undefined;
  const file = value === 'system' ? '/etc/passwd' : value;
  const read = (path: string): Octets => {
    const fact = config.readFile(path);
    return 'text' in fact ? fact.text : '';
  };
  return { passwd: read(file), group: read(posix.join(posix.dirname(file), 'group')) };
}

/** The accounts of a configuration, to be found by name. @throws {FatalError} if `catch_passwd_file` can't be expanded */
export function openAccounts(config: Pick<PostfixConfiguration, 'get' | 'readFile'>): Accounts {
  const texts = readAccounts(config);
  if (texts === undefined) return { find: guessAccount, findByUid: () => undefined, areGuessed: true };
  const accounts = new Map<Octets, Account>();
  const byUid = new Map<number, Account>();
  for (const line of texts.passwd.split('\n')) {
    const [name = '', , uid = '', gid = '', gecos = '', home = '', shell] = line.split(':');
    if (name === '' || shell === undefined || accounts.has(name) || !/^[0-9]+:[0-9]+$/.test(`${uid}:${gid}`)) continue;
    const account = { name, uid: Number(uid), gid: Number(gid), gecos, home, shell };
    accounts.set(name, account);
    if (!byUid.has(account.uid)) byUid.set(account.uid, account);
  }
  return { find: (name) => accounts.get(name), findByUid: (number) => byUid.get(number), areGuessed: false };
}

/** Where nobody said who there is, every name that could be one is an account, with the first number for people. */
function guessAccount(name: Octets): Account | undefined {
  if (!/^[^\s/:\x00-\x1f]+$/.test(name)) return undefined;
  if (name === 'root') return { name, uid: 0, gid: 0, gecos: '', home: '/root', shell: '/bin/sh' };
  return { name, uid: 1000, gid: 1000, gecos: '', home: `/home/${name}`, shell: '/bin/sh' };
}
