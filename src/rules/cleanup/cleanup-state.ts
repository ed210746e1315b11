import type { LogLine } from '../journey.ts';
import { toPrintable, type Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { RuleWorld, View } from '../world.ts';
import type { CleanupRequest, CleanupResult } from './cleanup-request.ts';
import type { EnvelopeSettings } from './envelope-settings.ts';

/** A message that isn't taken. */
export type Rejection = Extract<CleanupResult['end'], { state: 'rejected' }>;

/** What cleanup(8) knows while a message passes through it. */
export interface CleanupState {
  readonly message: CleanupRequest;
  readonly world: RuleWorld;
  /** cleanup(8)'s own. */
  readonly view: View;
  readonly settings: EnvelopeSettings;
  readonly log: LogLine[];
  /** Why the message isn't taken. What is being looked at when that turns out is still looked at to its end. */
  rejection: Rejection | undefined;
}

/** An alias that has no end, or too many: the client is told to come again. */
export const EXPANSION_ERROR: Rejection = {
  state: 'rejected',
  code: 451,
  dsn: '4.6.0',
  text: 'Alias expansion error',
};

/** A table that can't answer. QUIRK: Postfix tells of it in the words that it has for a full disk. */
export const LOOKUP_FAILURE: Rejection = {
  state: 'rejected',
  code: 451,
  dsn: '4.3.0',
  text: 'Error: queue file write error',
};

/** Refuses the message. Of several reasons an alias's is told, else the first. */
export function reject(state: CleanupState, rejection: Rejection): void {
  if (state.rejection === undefined || rejection === EXPANSION_ERROR) state.rejection = rejection;
}

/** A warning of the program itself. @param text `warning: …` */
export function warn({ log, settings }: CleanupState, text: Octets): void {
  log.push({ program: 'cleanup', text: toPrintable(text, settings.smtputf8), isBare: true });
}

/** A warning about the message. QUIRK: its queue ID stands behind the word. */
export function warnOfMessage(state: CleanupState, text: Octets): void {
  warn(state, `warning: ${state.message.queueId}: ${text}`);
}

/**
 * Looks something up; if a table can't answer, the message is refused.
 * @param problem what is logged then about the message; undefined for nothing
 * @returns undefined if there is no answer
 */
export function lookUp<T>(state: CleanupState, find: () => T, problem: Octets | undefined): T | undefined {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    if (problem !== undefined) warnOfMessage(state, `${problem} -- message not accepted, try again later`);
    reject(state, LOOKUP_FAILURE);
    return undefined;
  }
}
