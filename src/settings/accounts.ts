import { posix } from 'node:path';
import type { AccountTexts } from '../rules/config/common-accounts.ts';
import type { Octets } from '../rules/octets.ts';
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
