import { dialogueBytes } from '../dialogue.ts';
import type { KeptUpdate } from '../session-fold.ts';
import type { SessionUpdate } from '../session.ts';
import type { UpdateRequest } from './protocol.ts';

/** A session update as it goes to the writer: in the text that is kept, so that its lines are walked through once. */
export function toUpdateRequest(update: SessionUpdate): UpdateRequest {
  const { id, start, inbox, lines = [], ...rest } = update;
  const kept: KeptUpdate = { ...rest, lines, truncated: false };
  return {
    id,
    start: start && JSON.stringify(start),
    inbox,
    entry: lines.length > 0 || Object.keys(rest).length > 0 ? JSON.stringify(kept) : undefined,
    dialogueBytes: dialogueBytes(lines),
    isEnd: update.endedAtMs !== undefined,
  };
}
