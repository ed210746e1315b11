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
