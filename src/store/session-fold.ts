import type { SessionId, SessionStart, SessionUpdate, StoredSession } from './session.ts';

/** An update as a database keeps it. */
export interface KeptUpdate extends Omit<SessionUpdate, 'id' | 'start'> {
  /** The dialogue was too long by then. */
  readonly truncated: boolean;
}

/** A session of which nothing is written yet but its start. */
export function beginSession(id: SessionId, start: SessionStart, inbox = ''): StoredSession {
  return { ...start, id, inbox, lines: [], truncated: false, queueIds: [], notices: [] };
}

/** The session after an update. Its lines are appended as they are: cut them before. */
export function applyUpdate(session: StoredSession, update: Omit<SessionUpdate, 'id' | 'start'>): StoredSession {
  return {
    ...session,
    lines: [...session.lines, ...(update.lines ?? [])],
    queueIds: [...session.queueIds, ...(update.queueIds ?? [])],
    notices: [...session.notices, ...(update.notices ?? [])],
    ...(update.inbox !== undefined && { inbox: update.inbox }),
    ...(update.helo !== undefined && { helo: update.helo }),
    ...(update.username !== undefined && { username: update.username }),
    ...(update.tls !== undefined && { tls: update.tls }),
    ...(update.endedAtMs !== undefined && { endedAtMs: update.endedAtMs }),
  };
}
