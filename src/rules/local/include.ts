import type { Octets } from '../octets.ts';
import type { FileFact } from '../tables/file-text.ts';
import { deliverLines } from './targets.ts';
import { deeper, fail, note, toRights, warn, type Result, type Rights, type Run, type Way } from './way.ts';

const MISCONFIGURED = ['5.3.5', 'mail system configuration error'] as const;
const DEEPEST = 100;
const WORLD_WRITABLE = 0o002;

/**
 * Delivers to the members that an `:include:` file lists.
 * @see aliases(5); Postfix's include(3)
 */
export function deliverInclude(run: Run, before: Way, path: Octets): Result {
  const way = deeper(before, { expandedFrom: before.local });
  // Postfix 3.7 has no such limit: once its duplicate filter is full, files that include each other end the daemon.
  if (way.level > DEEPEST) {
    warn(run, `:include: nesting limit exceeded for ${path}`);
    return fail(run, way, 'bounced', ['5.4.6', ':include: nesting limit exceeded']);
  }
  if (run.seen(`include ${way.rights.uid} ${path}`)) {
    note(run, way, { stage: 'include', file: path, note: 'the file has been read already' });
    return 'done';
  }
  if (!path.startsWith('/')) return refuse(run, way, `:include:${path} uses a relative path`);
  const fact = run.context.world.readFile(path);
  if (!('text' in fact)) {
    if (fact.fault === 'Is a directory') return refuse(run, way, `:include: file ${path} is not a regular file`);
    return refuse(run, way, `unable to lookup :include: file ${path}: ${fact.fault}`);
  }
  if ((fact.mode & WORLD_WRITABLE) !== 0) return refuse(run, way, `:include: file ${path} is world writable`);
  const rights = findRights(run, way, fact);
  if (rights === undefined) {
    warn(run, `cannot find username for uid ${fact.uid}`);
    warn(run, `${path}: cannot find :include: file owner username`);
    return fail(run, way, 'deferred', ['4.3.5', MISCONFIGURED[1]]);
  }
  const members: Way = {
    ...way,
    rights,
    expansion: 'include',
    owner: way.owner ?? way.recipient.address,
    unmatched: run.settings.propagates.has('include') ? way.unmatched : undefined,
  };
  return deliverLines(run, members, fact.text, { stage: 'include', file: path }).result;
}

function refuse(run: Run, way: Way, problem: Octets): Result {
  warn(run, problem);
  note(run, way, { stage: 'include', note: problem });
  return fail(run, way, 'bounced', MISCONFIGURED);
}

/** Rights stay what they are, unless they are nobody's: then they are those of the file's owner, if that isn't root. */
function findRights({ context: { world } }: Run, { rights }: Way, { uid }: FileFact): Rights | undefined {
  if (rights.uid !== 0 || uid === 0 || world.accounts.areGuessed) return rights;
  const owner = world.accounts.findByUid(uid);
  return owner === undefined ? undefined : toRights(owner);
}
