import type { Rights, Run } from './way.ts';

/** Rights that aren't root's: nobody's in particular are those of default_privs. */
export function toUnprivileged({ view, context }: Run, rights: Rights): Rights {
  if (rights.uid !== 0 && rights.gid !== 0) return rights;
  const nobody = context.world.accounts.find(view.get('default_privs'));
  return {
    ...rights,
    uid: rights.uid === 0 ? (nobody?.uid ?? 65_534) : rights.uid,
    gid: rights.gid === 0 ? (nobody?.gid ?? 65_534) : rights.gid,
  };
}
