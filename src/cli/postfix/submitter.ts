import { toOctets, type Octets } from '../../rules/octets.ts';
import type { Account } from '../../rules/world.ts';
import { openAccounts } from '../../settings/accounts.ts';
import type { PostfixConfiguration } from '../../settings/postfix-configuration.ts';
import type { Context } from '../context.ts';

/** The account that runs a tool. */
export interface Submitter {
  readonly uid: number;
  /** Empty if it has none. */
  readonly user: Octets;
  /** As From headers have it; empty if nobody said it. */
  readonly fullName: Octets;
}

/**
 * Who runs a tool: by catch_passwd_file, or where that names no file, as the machine has it.
 * @see Postfix's username(3), fullname(3)
 */
export function findSubmitter(config: PostfixConfiguration, { uid = 0, user, env }: Context): Submitter {
  const accounts = openAccounts(config);
  const account = accounts.areGuessed ? findOnMachine(config, toOctets(user)) : accounts.findByUid(uid);
  const fullName = env['NAME'] === undefined ? toFullName(account) : toOctets(env['NAME']);
  return { uid, user: accounts.areGuessed ? toOctets(user) : (account?.name ?? ''), fullName };
}

function findOnMachine(config: PostfixConfiguration, user: Octets): Account | undefined {
  const ofMachine = { get: () => 'system', readFile: config.readFile };
  return openAccounts(ofMachine).find(user);
}

/** The first part of the comment field; `&` stands for the account's name. @see passwd(5) */
function toFullName(account: Account | undefined): Octets {
  if (account === undefined) return '';
  const { gecos, name } = account;
  const [first = ''] = gecos.split(/[,;%]/);
  const text = first.replaceAll('&', () => name.slice(0, 1).toUpperCase() + name.slice(1));
  return text.trim() === '' ? '' : text;
}
