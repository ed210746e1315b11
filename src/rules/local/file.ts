import { writeMailbox } from '../delivery/mailbox-act.ts';
import type { Octets } from '../octets.ts';
import { deliverToMaildir, toAct, toWriting } from './mailbox.ts';
import { bounceToOwner } from './owner-bounce.ts';
import { toUnprivileged } from './privileges.ts';
import { deeper, fail, finish, note, type Result, type Run, type Way } from './way.ts';

const EXECUTABLE = 0o111;

/**
 * Delivers to a file that an alias, a .forward or an `:include:` file names.
 * @param path with a slash at its end: a maildir
 * @see aliases(5); Postfix's file(3)
 */
export function deliverToFile(run: Run, before: Way, path: Octets): Result {
  if (run.seen(`file ${before.rights.uid} ${path}`)) {
    note(run, before, { stage: 'local', note: 'the file has the message already' });
    return 'done';
  }
  if (!run.settings.toFiles.has(before.expansion ?? '')) {
    const words = `${before.expansion ?? ''} isn't among them`;
    note(run, before, { stage: 'local', parameter: 'allow_mail_to_files', note: words });
    return bounceToOwner(run, before, ['5.7.1', 'mail to file is restricted']);
  }
  const way = deeper(before, { rights: toUnprivileged(run, before.rights) });
  if (path.endsWith('/')) return deliverToMaildir(run, way, path);
  const about = `cannot append message to file ${path}:`;
  const fact = run.context.world.readFile(path);
  if ('text' in fact && (fact.mode & EXECUTABLE) !== 0) {
    return bounceToOwner(run, way, ['5.7.1', `${about} file is executable`]);
  }
  const act = toAct(run, way, 'mbox', path);
  const outcome = writeMailbox(act, toWriting(run, way));
  if (outcome.status === 'sent') return finish(run, way, { act, ...outcome, text: `delivered to file: ${path}` });
  const text = `${about} ${outcome.text}`;
  if (outcome.status === 'bounced') return bounceToOwner(run, way, [outcome.dsn, text]);
  return fail(run, way, 'deferred', [outcome.dsn, text]);
}
