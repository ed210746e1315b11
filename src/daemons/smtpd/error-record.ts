import { readNotifyClasses, type ErrorClass } from '../../rules/bounce/error-class.ts';
import { toOctets } from '../../rules/octets.ts';
import type { SessionNotice } from '../../store/session.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../clock.ts';
import type { Dialogue } from './dialogue.ts';
import type { SessionRules } from './rules.ts';

/** Why a session ended before its time, in Postfix's words. */
export type AbortReason = 'timeout' | 'lost connection' | 'too many errors';

/**
 * What went wrong in a session since its transcript began, and the notice of it that Postfix would send to the postmaster.
 * @see Postfix's smtpd_chat(3), smtpd_chat_notify; postconf(5), notify_classes
 */
export interface ErrorRecord {
  add(errorClass: ErrorClass): void;
  /** A message was taken: all is forgiven. */
  forgive(): void;
  /**
   * A transaction, or the session, is over: writes the notice if there is a reason, and begins a new transcript.
   * @param options.peer `name[address]` of the client, as it is now
   * @param options.isFlush only if the transcript is longer than smtpd_history_flush_threshold
   */
  close(options: { readonly peer: string; readonly isFlush?: boolean; readonly reason?: AbortReason }): void;
}

/** So many notices of one session are written: there is no end to what a client can get wrong. */
const MOST_NOTICES = 20;

/** Begins with a clean record. @param rules without them nobody is told of anything */
export function openErrorRecord(
  rules: SessionRules | undefined,
  {
    dialogue,
    store,
    clock,
  }: { readonly dialogue: Dialogue; readonly store: Pick<Store, 'newQueueId'>; readonly clock: Clock },
): ErrorRecord {
  const classes = new Set<ErrorClass>();
  let startLine = 0;
  let startSpoken = 0;
  let count = 0;

  const toNotice = (view: SessionRules['view'], peer: string, reason: AbortReason | undefined): SessionNotice => ({
    queueId: store.newQueueId(),
    atMs: Math.floor(clock.nowMs()),
    service: view.service,
    recipient: view.get(classes.has('bounce') ? 'bounce_notice_recipient' : 'error_notice_recipient'),
    classes: [...classes],
    peer: toOctets(peer),
    ...(reason !== undefined && { reason }),
    startLine,
    endLine: dialogue.lineCount,
  });
  return {
    add: (errorClass) => void classes.add(errorClass),
    forgive: () => classes.clear(),
    close({ peer, isFlush = false, reason }) {
      if (rules === undefined) return;
      const { view } = rules;
      const spoken = dialogue.spokenCount - startSpoken;
      if (spoken === 0 || (isFlush && spoken <= view.integer('smtpd_history_flush_threshold'))) return;
      const wanted = readNotifyClasses(view);
      if (count < MOST_NOTICES && [...classes].some((one) => wanted.has(one))) {
        count += 1;
        dialogue.addNotice(toNotice(view, peer, reason));
      }
      classes.clear();
      startLine = dialogue.lineCount;
      startSpoken = dialogue.spokenCount;
    },
  };
}
