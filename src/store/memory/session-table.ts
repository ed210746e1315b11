import { EMPTY_DIALOGUE, limitDialogue, type DialogueSize } from '../dialogue.ts';
import { applyUpdate, beginSession } from '../session-fold.ts';
import type { SessionId, SessionUpdate, StoredSession } from '../session.ts';

/** How many sessions without mail are kept. */
const KEPT_WITHOUT_MAIL = 1000;

interface Entry {
  session: StoredSession;
  size: DialogueSize;
  /** Number of the last message that came in it; 0: none did. */
  lastSeq: number;
}

/** The sessions of a store in memory, oldest first. */
export class SessionTable {
  readonly #sessions = new Map<SessionId, Entry>();

  update(update: SessionUpdate): void {
    const before = this.#sessions.get(update.id) ?? begin(update);
    if (before === undefined) return;
    const { lines, size } = limitDialogue(before.size, update.lines ?? []);
    before.size = size;
    before.session = { ...applyUpdate(before.session, { ...update, lines }), truncated: size.truncated };
    this.#sessions.set(update.id, before);
    this.#dropWithoutMail();
  }

  /** Notes that message `seq` came in session `id`. */
  addMail(id: SessionId, seq: number, inbox: string): void {
    const entry = this.#sessions.get(id);
    if (entry === undefined) return;
    entry.lastSeq = seq;
    entry.session = { ...entry.session, inbox };
  }

  /** Forgets sessions that are over and whose last message is older than the oldest that is left. */
  dropBefore(oldestSeq: number): void {
    for (const [id, { session, lastSeq }] of this.#sessions) {
      if (session.endedAtMs !== undefined && lastSeq > 0 && lastSeq < oldestSeq) this.#sessions.delete(id);
    }
  }

  get(id: SessionId): StoredSession | undefined {
    return this.#sessions.get(id)?.session;
  }

  list(options: { readonly limit: number; readonly withoutMail?: boolean; readonly inbox?: string }): StoredSession[] {
    return [...this.#sessions.values()]
      .filter(({ lastSeq }) => options.withoutMail !== true || lastSeq === 0)
      .map(({ session }) => session)
      .filter(({ inbox }) => options.inbox === undefined || inbox === options.inbox)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, options.limit);
  }

  #dropWithoutMail(): void {
    if (this.#sessions.size <= KEPT_WITHOUT_MAIL) return;
    const without = [...this.#sessions].filter(([, { lastSeq }]) => lastSeq === 0).map(([id]) => id);
    for (const id of without.sort().slice(0, -KEPT_WITHOUT_MAIL)) this.#sessions.delete(id);
  }
}

/** Only the first update says when and whence: without it there is no session to write to. */
function begin({ id, start }: SessionUpdate): Entry | undefined {
  if (start === undefined) return undefined;
  return { session: beginSession(id, start), size: EMPTY_DIALOGUE, lastSeq: 0 };
}
