import { cleanUp } from './cleanup/clean-up.ts';
import type { AccessActions, CleanupResult } from './cleanup/cleanup-request.ts';
import { openTrail } from './journey.ts';
import { toReceived, type Mail } from './mail.ts';
import type { RuleWorld } from './world.ts';

/**
 * What cleanup(8) makes of a mail that access rules let in, before it is kept: header and body checks, loops and broken
 * tables may still refuse it.
 * @param actions what access rules asked for
 * @throws {Unanswered} if a table has to ask outside
 */
export function decideContent(
  mail: Mail,
  actions: AccessActions,
  world: RuleWorld,
): Pick<CleanupResult, 'end' | 'log'> {
  const recipients = mail.recipients.map((recipient) => ({ ...recipient, original: '', parent: undefined }));
  const { request, raw } = toReceived(mail, { recipients, actions, steps: [] }, world);
  const { queueId, nowMs } = mail;
  return cleanUp({ ...request, raw, number: 1, queueId, nowMs }, world, openTrail());
}
