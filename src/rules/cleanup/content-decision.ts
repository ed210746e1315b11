import { toLogForm } from '../address/log-form.ts';
import type { Octets } from '../octets.ts';
import type { TraceStep } from '../trace.ts';
import type { View } from '../world.ts';
import type { ContentRequest } from './clean-content.ts';
import { openCleanupLog, type CleanupLog } from './cleanup-log.ts';
import type { CleanupResult } from './cleanup-request.ts';
import { LOOKUP_FAILURE, type Rejection } from './rejection.ts';

/** What is decided about a message while its content passes by. */
export interface ContentDecision {
  rejection: Rejection | undefined;
  /** Why a message that is forwarded bounces: all the same it is looked at to its end. */
  bounce: Rejection | undefined;
  /** DISCARD's text. */
  discard: Octets | undefined;
  /** HOLD's text. */
  hold: Octets | undefined;
  filter: Octets | undefined;
  redirect: Octets | undefined;
  readonly bcc: Octets[];
  /** Whether checks still look at what passes. */
  isChecking: boolean;
  encoding: CleanupResult['encoding'];
  readonly steps: TraceStep[];
  readonly log: ContentLog;
}

/** What cleanup(8) logs while content passes by. */
export interface ContentLog extends CleanupLog {
  /** Who sent it and to whom: `from client[address]; from=<…> to=<…> proto=ESMTP helo=<…>`. */
  describe(options: { readonly hasSession: boolean }): Octets;
}

/** Nothing is decided but what access rules said. */
export function openDecision(
  request: ContentRequest,
  { isChecking, logsUtf8, view }: { readonly isChecking: boolean; readonly logsUtf8: boolean; readonly view: View },
): ContentDecision {
  const { actions, body } = request.message;
  return {
    rejection: undefined,
    bounce: undefined,
    discard: actions.discard,
    hold: actions.hold,
    filter: undefined,
    redirect: undefined,
    bcc: [],
    isChecking,
    encoding: body === undefined ? '' : body === '7BIT' ? '7bit' : '8bit',
    steps: [],
    log: openLog(request, { logsUtf8, view }),
  };
}

/** Whether nothing more needs to be looked at. */
export function isOver({ rejection, discard }: ContentDecision): boolean {
  return rejection !== undefined || discard !== undefined;
}

/** A lookup table can't answer: the client is told to come again. */
export function deferForTable(decision: ContentDecision): void {
  decision.rejection = LOOKUP_FAILURE;
}

/** What becomes of the message. @param view cleanup(8)'s: with soft_bounce nothing bounces */
export function toEnd({ rejection, bounce, discard, hold }: ContentDecision, view: View): CleanupResult['end'] {
  if (rejection !== undefined) return rejection;
  if (bounce !== undefined) return view.isYes('soft_bounce') ? bounce : { ...bounce, state: 'bounced' };
  if (discard !== undefined) return { state: 'discarded', reason: discard };
  return hold === undefined ? { state: 'queued' } : { state: 'held', reason: hold };
}

function openLog(
  { message, sender, lastRecipient }: ContentRequest,
  { logsUtf8, view }: { readonly logsUtf8: boolean; readonly view: View },
): ContentLog {
  const { name, address, protocol, helo } = message.client;
  return {
    describe({ hasSession }) {
      const origin = address === '' ? 'local' : `${name}[${address}]`;
      const recipient =
        lastRecipient === undefined ? (hasSession ? '' : ' to=<unknown>') : ` to=<${toLogForm(lastRecipient, view)}>`;
      const session =
        (hasSession && protocol !== '' ? ` proto=${protocol}` : '') +
        (hasSession && helo !== '' ? ` helo=<${helo}>` : '');
      return `from ${origin}; from=<${toLogForm(sender, view)}>${recipient}${session}`;
    },
    ...openCleanupLog(message, logsUtf8),
  };
}
