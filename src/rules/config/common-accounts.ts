import type { Octets } from '../octets.ts';

/** Who there is on the machine, as passwd(5) and group(5) have it. */
export interface AccountTexts {
  readonly passwd: Octets;
  readonly group: Octets;
}

/** The parameters that name an account or a group. */
export interface AccountSettings {
  readonly default_privs: Octets;
  readonly mail_owner: Octets;
  readonly setgid_group: Octets;
}

interface Account {
  readonly name: Octets;
  /** The user's or the group's own number. */
  readonly id: number;
  /** The number of a user's group. */
  readonly group: number;
}

/**
 * What is wrong with the accounts that Postfix runs as, the first fault, in Postfix's words.
 * @param file main.cf, as it is named in messages
 * @see Postfix's mail_params.c, check_default_privs and those after it
 */
export function checkAccounts(
  settings: AccountSettings,
  { passwd, group }: AccountTexts,
  file: string,
): Octets | undefined {
  const users = readAccounts(passwd);
  const groups = readAccounts(group);
  const about = (name: keyof AccountSettings, text: Octets): Octets => `file ${file}: parameter ${name}: ${text}`;
  for (const name of ['default_privs', 'mail_owner'] as const) {
    const value = settings[name];
    const user = users.find((candidate) => candidate.name === value);
    if (user === undefined) return about(name, `unknown user name value: ${value}`);
    if (user.id === 0) return about(name, `user ${value} has privileged user ID`);
    if (user.group === 0) return about(name, `user ${value} has privileged group ID`);
    const first = users.find((candidate) => candidate.id === user.id);
    if (name === 'mail_owner' && first && first.name !== value) {
      return about(name, `user ${value} has same user ID as ${first.name}`);
    }
  }
  const { setgid_group: groupName } = settings;
  const setgid = groups.find((candidate) => candidate.name === groupName);
  if (setgid === undefined) return about('setgid_group', `unknown group name: ${groupName}`);
  if (setgid.id === 0) return about('setgid_group', `group ${groupName} has privileged group ID`);
  const first = groups.find((candidate) => candidate.id === setgid.id);
  if (first && first.name !== groupName) {
    return about('setgid_group', `group ${groupName} has same group ID as ${first.name}`);
  }
  const text = findOverlap(settings, users, setgid.id);
  return text && `file ${file}: parameters ${text}`;
}

/** Whom two parameters share. */
function findOverlap(
  { default_privs: privs, mail_owner: owner, setgid_group: groupName }: AccountSettings,
  users: readonly Account[],
  setgid: number,
): Octets | undefined {
  const [of, other] = [privs, owner].map((name) => users.find((candidate) => candidate.name === name));
  if (of === undefined || other === undefined) return undefined;
  const both = 'default_privs and mail_owner';
  if (privs === owner) return `${both} specify the same user ${privs}`;
  if (of.id === other.id) return `${both}: users ${privs} and ${owner} have the same user ID: ${of.id}`;
  if (of.group === other.group) return `${both}: users ${privs} and ${owner} have the same group ID: ${of.group}`;
  if (of.group === setgid) {
    return `default_privs and setgid_group: user ${privs} and group ${groupName} have the same group ID: ${setgid}`;
  }
  if (other.group !== setgid) return undefined;
  return `mail_owner and setgid_group: user ${owner} and group ${groupName} have the same group ID: ${setgid}`;
}

/** Lines of passwd(5) or group(5): in both the third field is the number. */
function readAccounts(text: Octets): readonly Account[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , id = '', group = ''] = line.split(':');
    return name === '' || !/^[0-9]+$/.test(id) ? [] : [{ name, id: Number(id), group: Number(group) }];
  });
}
