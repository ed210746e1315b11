import { toPeerText } from './peer-text.ts';
import { blame } from './decide.ts';
import type { Session } from './session.ts';

/**
 * Logs what smtpd(8) would.
 * @param text about a message that has a queue ID, and `isAboutMessage`: without the ID, which goes before it
 */
export function logSession({ log, dialogue, transaction }: Session, text: string, isAboutMessage = false): void {
  const queueId = isAboutMessage ? transaction?.queueId : undefined;
  const said = isAboutMessage && queueId === undefined ? `NOQUEUE: ${text}` : text;
  log.info({ session: dialogue.sessionId, program: 'smtpd', ...(queueId !== undefined && { queueId }) }, said);
}

/** What the log says of whoever is refused: `from=<a@b.test> to=<c@d.test> proto=ESMTP helo=<e.test>`. */
export function describeCommand(
  { protocol, helo }: Pick<Session, 'protocol' | 'helo'>,
  { sender, recipient }: { readonly sender: string | undefined; readonly recipient?: string | undefined },
): string {
  return [
    ...(sender === undefined ? [] : [`from=<${sender}>`]),
    ...(recipient === undefined ? [] : [`to=<${recipient}>`]),
    `proto=${protocol}`,
    ...(helo === undefined ? [] : [`helo=<${helo}>`]),
  ].join(' ');
}

/** Gives up, as Postfix does without a table that it can't go on without. @param where the command, as the log calls it */
export function refuseForLocalData(session: Session, where: string): string {
  const reply = `421 4.3.0 ${session.settings.get('myhostname')} Server local data error`;
  logSession(session, `NOQUEUE: reject: ${where} from ${toPeerText(session)}: ${reply}`);
  return blame(session, 'data', reply);
}
