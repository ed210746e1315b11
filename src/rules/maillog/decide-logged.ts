import { explain } from '../explain.ts';
import type { Mail } from '../mail.ts';
import { listReachedEnds, type ReachedEnd } from '../replay/reached-ends.ts';
import { compareEnd } from './compare-end.ts';
import type { LoggedAction } from './log-event.ts';
import type { LoggedMessage } from './log-gatherer.ts';
import type { LogRecord } from './log-record.ts';
import { toLoggedMails, toRefusedMail, type LogWorld } from './logged-mail.ts';

/** What rules say of what a line tells. */
export interface LineDecision {
  /** Every end of the recipient. */
  readonly ends: readonly ReachedEnd[];
  /** Those that are what the line tells; none if this configuration would do otherwise. */
  readonly likes: readonly ReachedEnd[];
}

/**
 * Decides about the one delivery of a message. @param message with that delivery alone, and what is known of it
 * @throws {Unanswered}
 */
export function decideDelivery(message: LoggedMessage, log: LogWorld): LineDecision {
  const [logged] = message.deliveries;
  let first: LineDecision | undefined;
  for (const mail of toLoggedMails(message, log)) {
    const ends = decide(mail, log, message.smtpd === undefined);
    // A message that was made of it is where all its ends are.
    const likes = ends.filter((end) => {
      if (logged === undefined) return false;
      return logged.forwardedAs === undefined ? compareEnd(logged, end, log.world) !== 'other' : true;
    });
    if (likes.length > 0) return { ends, likes };
    first ??= { ends, likes };
  }
  return first ?? { ends: [], likes: [] };
}

/** Decides about a recipient that was refused. @returns undefined if the line doesn't name one @throws {Unanswered} */
export function decideRefusal(record: LogRecord, action: LoggedAction, log: LogWorld): LineDecision | undefined {
  const mail = toRefusedMail(record, action, log);
  if (mail === undefined) return undefined;
  const ends = decide(mail, log, false);
  return { ends, likes: ends.filter(({ status }) => status === 'rejected') };
}

function decide(mail: Mail, { world }: LogWorld, isAccepted: boolean): readonly ReachedEnd[] {
  return listReachedEnds(explain(mail, world).journey, { isAccepted })[0] ?? [];
}
