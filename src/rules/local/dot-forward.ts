import type { Octets } from '../octets.ts';
import type { FileFact } from '../tables/file-text.ts';
import type { Account } from '../world.ts';
import { expandAttributes } from './attributes.ts';
import { withoutSuccess } from './send-forwards.ts';
import { deliverLines } from './targets.ts';
import { deeper, note, toRights, warn, type Result, type Run, type Way } from './way.ts';

const WORLD_WRITABLE = 0o002;

/**
 * Delivers to the members that the user's .forward file lists.
 * @returns undefined if there is no file that counts, or nobody in it: then there is a mailbox
 * @see local(8), "PER USER FORWARDING"; Postfix's dotforward(3)
 */
export function deliverDotForward(run: Run, before: Way): Result | undefined {
  const account = run.context.world.accounts.find(before.user);
  if (run.settings.forwardPath.length === 0 || account === undefined) return undefined;
  const way = deeper(before, {
    rights: toRights(account),
    expansion: 'forward',
    owner: before.user,
    ...(!run.settings.freezesDelivered && { delivered: before.recipient.address }),
  });
  const found = findForwardFile(run, way);
  if (found === undefined) return undefined;
  const { path, fact } = found;
  if (run.seen(`forward ${path}`)) {
    // It is among its own members, or it has been seen to already.
    const isDone = run.hasSeen(`forward-done ${path}`);
    const words = isDone ? 'the file has been seen to already' : 'it is among its own members: this is the mailbox';
    note(run, way, { stage: 'forward', file: path, note: words });
    return isDone ? 'done' : undefined;
  }
  const problem = findProblem(run, { path, fact, account });
  if (problem !== undefined || !('text' in fact)) {
    warn(run, problem ?? '');
    note(run, way, { stage: 'forward', file: path, note: `${problem ?? ''}: it doesn't count` });
    return undefined;
  }
  const members: Way = {
    ...way,
    expandedFrom: way.local,
    recipient: withoutSuccess(way.recipient),
    unmatched: found.keepsExtension ? way.unmatched : undefined,
  };
  const { result, count } = deliverLines(run, members, fact.text, { stage: 'forward', file: path });
  if (count === 0) {
    note(run, way, { stage: 'forward', file: path, note: 'nobody is in it' });
    return undefined;
  }
  run.seen(`forward-done ${path}`);
  if (result === 'done' && way.recipient.notify.includes('SUCCESS')) {
    run.ends.tell(way.recipient, 'expanded');
  }
  return result;
}

interface ForwardFile {
  readonly path: Octets;
  readonly fact: FileFact | { readonly fault: string };
  /** Whether the extension goes to the members. */
  readonly keepsExtension: boolean;
}

/** The first file of forward_path that is there, whether or not it counts. */
function findForwardFile(run: Run, way: Way): ForwardFile | undefined {
  const { settings, view, context } = run;
  for (const word of settings.forwardPath) {
    const expanded = expandAttributes(word, way, view.get('forward_expansion_filter'));
    if (expanded === undefined || expanded.isPartial) continue;
    const path = expanded.text;
    const fact = context.world.readFile(path);
    const asked = { stage: 'forward', parameter: 'forward_path', key: path, result: null } as const;
    if ('fault' in fact && (fact.fault === 'No such file or directory' || fact.fault === 'Not a directory')) {
      note(run, way, asked);
      continue;
    }
    note(run, way, { file: path, ...asked, result: 'found' });
    return { path, fact, keepsExtension: !expanded.hasExtension && settings.propagates.has('forward') };
  }
  return undefined;
}

interface Inspected extends Pick<ForwardFile, 'path' | 'fact'> {
  readonly account: Account;
}

/** Why a file doesn't count. */
function findProblem({ context: { world } }: Run, { path, fact, account }: Inspected): Octets | undefined {
  if (!('text' in fact)) {
    if (fact.fault === 'Is a directory') return `file ${path} is not a regular file`;
    return `cannot open file ${path}: ${fact.fault}`;
  }
  const isForeign = fact.uid !== 0 && fact.uid !== account.uid;
  if (isForeign && !world.accounts.areGuessed) return `file ${path} has bad owner uid ${fact.uid}`;
  return (fact.mode & WORLD_WRITABLE) !== 0 ? `file ${path} is world writable` : undefined;
}
