import { toMailboxHead } from '../delivery/mailbox-head.ts';
import { isForeignMailbox, writeMailbox, type MailboxAct, type MailboxWriting } from '../delivery/mailbox-act.ts';
import type { Octets } from '../octets.ts';
import type { Account } from '../world.ts';
import { deliverToCommand } from './command.ts';
import { findInMaps } from './find-in-maps.ts';
import { passOn } from './pass-on.ts';
import { deeper, fail, finish, note, toRights, warn, type Result, type Run, type Way } from './way.ts';

/**
 * Delivers to a user of this machine: by mailbox_transport, a mailbox command, or into the mailbox.
 * @returns undefined if there is no such user
 * @see local(8), "MAILBOX DELIVERY"; Postfix's mailbox(3)
 */
export function deliverToUser(run: Run, before: Way): Result | undefined {
  const way = deeper(before);
  const { settings, view, context } = run;
  if (run.seen(`mailbox ${way.local}`)) {
    note(run, way, { stage: 'local', note: `${way.local}'s mailbox has the message already` });
    return 'done';
  }
  const transport = findInMaps(run, way, settings.mailboxTransports, way.user);
  if (transport === 'unavailable') return fail(run, way, 'deferred', ['4.3.0', 'table lookup failure']);
  if (transport !== undefined) return passOn(run, way, transport.value);
  const everybodys = view.get('mailbox_transport');
  if (everybodys !== '') return passOn(run, way, everybodys, 'mailbox_transport');
  const account = context.world.accounts.find(way.user);
  note(run, way, { stage: 'local', key: way.user, result: account?.home ?? null, note: 'account' });
  if (account === undefined) return undefined;
  return deliverToAccount(run, { ...way, rights: toRights(account) }, account);
}

function deliverToAccount(run: Run, way: Way, account: Account): Result {
  const { settings, view } = run;
  const command = findInMaps(run, way, settings.mailboxCommands, way.user);
  if (command === 'unavailable') return fail(run, way, 'deferred', ['4.3.0', 'table lookup failure']);
  if (command !== undefined) return deliverToCommand(run, way, command.value, 'mailbox_command_maps');
  const everybodys = view.raw('mailbox_command') ?? '';
  if (everybodys !== '') return deliverToCommand(run, way, everybodys, 'mailbox_command');
  const { parameter, format, path } = findMailbox(run, way, account);
  note(run, way, { stage: 'local', parameter, ...toPlace(run, parameter), result: path });
  return format === 'maildir' ? deliverToMaildir(run, way, path) : deliverToMbox(run, way, path);
}

interface Mailbox extends Pick<MailboxAct, 'format' | 'path'> {
  readonly parameter: 'home_mailbox' | 'mail_spool_directory';
}

/** QUIRK: a spool of maildirs goes before a home_mailbox that is a file. */
function findMailbox({ view }: Run, { user }: Way, account: Account): Mailbox {
  const home = view.get('home_mailbox');
  const spool = view.get('mail_spool_directory');
  const inHome = { parameter: 'home_mailbox', path: `${account.home}/${home}` } as const;
  if (home.endsWith('/')) return { format: 'maildir', ...inHome };
  if (spool.endsWith('/')) return { parameter: 'mail_spool_directory', format: 'maildir', path: `${spool}${user}/` };
  if (home !== '') return { format: 'mbox', ...inHome };
  return { parameter: 'mail_spool_directory', format: 'mbox', path: `${spool}/${user}` };
}

/** Delivers into a maildir. @param path with a slash at its end */
export function deliverToMaildir(run: Run, before: Way, path: Octets): Result {
  const way = named(run, before);
  const act = toAct(run, way, 'maildir', path);
  const outcome = writeMailbox(act, toWriting(run, way));
  if (outcome.status === 'sent') return finish(run, way, { act, ...outcome });
  return finish(run, way, { act, ...outcome, text: `maildir delivery failed: ${outcome.text}` });
}

/** Unless Delivered-To stays as it was before aliases, it has the final recipient. */
function named({ settings }: Run, way: Way): Way {
  return settings.freezesDelivered ? way : { ...way, delivered: way.recipient.address };
}

function deliverToMbox(run: Run, before: Way, path: Octets): Result {
  const { view, context } = run;
  const way = named(run, before);
  const act = toAct(run, way, 'mbox', path);
  const about = `cannot update mailbox ${path} for user ${way.user}.`;
  if (isForeignMailbox(act, view, context.world)) {
    warn(run, 'specify "strict_mailbox_ownership = no" to ignore mailbox ownership mismatch');
    return fail(run, way, 'deferred', ['4.2.0', `${about} destination ${path} is not owned by recipient`]);
  }
  const outcome = writeMailbox(act, toWriting(run, way));
  if (outcome.status === 'sent') return finish(run, way, { act, ...outcome });
  return finish(run, way, { act, ...outcome, text: `${about} ${outcome.text}` });
}

/** What is written for a way, with its rights. */
export function toAct(run: Run, way: Way, format: MailboxAct['format'], path: Octets): MailboxAct {
  const { recipient, sender, delivered, rights } = way;
  const named = run.settings.prepends.has('file') ? (delivered ?? recipient.address) : undefined;
  const head = toMailboxHead({ sender, original: recipient.original, delivered: named }, run.view);
  return { kind: 'mailbox', format, path, head, uid: rights.uid, gid: rights.gid };
}

/** For whom a file is written. */
export function toWriting({ request, context, settings }: Run, { recipient, sender }: Way): MailboxWriting {
  return { request, context, recipient, sender, limitBytes: settings.mailboxLimit };
}

function toPlace({ view }: Run, parameter: Octets): { readonly file: string; readonly line: number | undefined } {
  const { file, line } = view.placeOf(parameter);
  return { file, line };
}
