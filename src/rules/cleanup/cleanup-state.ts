import type { Octets } from '../octets.ts';
import { LookupError } from '../tables/lookup-table.ts';
import type { RuleWorld, View } from '../world.ts';
import type { CleanupLog } from './cleanup-log.ts';
import type { CleanupRequest } from './cleanup-request.ts';
import type { EnvelopeSettings } from './envelope-settings.ts';
import { EXPANSION_ERROR, LOOKUP_FAILURE, type Rejection } from './rejection.ts';

/** What cleanup(8) knows while a message passes through it. */
export interface CleanupState {
  readonly message: CleanupRequest;
  readonly world: RuleWorld;
  /** cleanup(8)'s own. */
  readonly view: View;
  readonly settings: EnvelopeSettings;
  readonly log: CleanupLog;
  /** Why the message isn't taken. What is being looked at when that turns out is still looked at to its end. */
  rejection: Rejection | undefined;
}

/** Whether the message is refused: nothing more is looked at. */
export function isRefused({ rejection }: CleanupState): boolean {
  return rejection !== undefined;
}

/** Refuses the message. Of several reasons an alias's is told, else the first. */
export function reject(state: CleanupState, rejection: Rejection): void {
  if (state.rejection === undefined || rejection === EXPANSION_ERROR) state.rejection = rejection;
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
    if (problem !== undefined) state.log.warnOfMessage(`${problem} -- message not accepted, try again later`);
    reject(state, LOOKUP_FAILURE);
    return undefined;
  }
}
