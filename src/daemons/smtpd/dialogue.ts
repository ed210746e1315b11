import type { Clock } from '../../clock.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type {
  DialogueLine,
  SessionId,
  SessionNotice,
  SessionStart,
  SessionTls,
  SessionUpdate,
} from '../../store/session.ts';
import type { Store } from '../../store/store.ts';

/** What is written down of a session: what was said when, but neither content nor secrets. */
export interface Dialogue {
  readonly sessionId: SessionId;
  /** Lines so far: the number that the next line gets. */
  readonly lineCount: number;
  /** Of these, those that are no remarks of ours. */
  readonly spokenCount: number;
  /** @param options.isPipelined it was sent before the reply to the command before could be read */
  client(text: string, options?: { readonly isPipelined?: boolean }): void;
  /** @param reply one line, or several separated by CRLF */
  server(reply: string): void;
  /** A remark of ours, in parentheses. */
  note(text: string): void;
  setHelo(name: string): void;
  setUsername(username: string): void;
  setTls(tls: SessionTls): void;
  addQueueId(id: QueueId): void;
  addNotice(notice: SessionNotice): void;
  /** Hands over what wasn't journaled yet, to be kept in the same commit as a message. */
  take(): SessionUpdate;
  /** Takes back what wasn't kept after all. */
  giveBack(update: SessionUpdate): void;
  /** Journals what is left, and that the session is over. May be called again, when more was said after the end. */
  end(): void;
}

/** So many lines are handed over at once, where no message comes before. */
const BATCH_LINES = 256;
/** The store keeps 256 KB of a session and notes where it stopped; beyond this nothing need be written down. */
const ENOUGH_CHARACTERS = 512 * 1024;

/** Begins to write a session down. */
export function openDialogue(
  sessionId: SessionId,
  start: SessionStart,
  { store, clock }: { readonly store: Pick<Store, 'journal'>; readonly clock: Clock },
): Dialogue {
  type Pending = { -readonly [K in keyof SessionUpdate]: SessionUpdate[K] };
  let pending: Pending = { id: sessionId, start };
  let lines: DialogueLine[] = [];
  let queueIds: QueueId[] = [];
  let notices: SessionNotice[] = [];
  let lineCount = 0;
  let spokenCount = 0;
  let characters = 0;

  const take = (): SessionUpdate => {
    const update = pending;
    if (lines.length > 0) update.lines = lines;
    if (queueIds.length > 0) update.queueIds = queueIds;
    if (notices.length > 0) update.notices = notices;
    pending = { id: sessionId };
    lines = [];
    queueIds = [];
    notices = [];
    return update;
  };
  const add = (from: DialogueLine['from'], text: string, isPipelined = false) => {
    lineCount += 1;
    if (from !== 'note') spokenCount += 1;
    if (characters > ENOUGH_CHARACTERS) return;
    characters += text.length;
    lines.push({ atMs: clock.nowMs(), from, text, ...(isPipelined && { isPipelined }) });
    if (lines.length >= BATCH_LINES) store.journal(take());
  };
  return {
    sessionId,
    get lineCount() {
      return lineCount;
    },
    get spokenCount() {
      return spokenCount;
    },
    client: (text, { isPipelined } = {}) => add('client', text, isPipelined),
    server(reply) {
      if (!reply.includes('\n')) add('server', reply);
      else for (const line of reply.split('\r\n')) add('server', line);
    },
    note: (text) => add('note', `(${text})`),
    setHelo(name) {
      pending.helo = name;
    },
    setUsername(username) {
      pending.username = username;
    },
    setTls(tls) {
      pending.tls = tls;
    },
    addQueueId: (id) => void queueIds.push(id),
    addNotice: (notice) => void notices.push(notice),
    take,
    giveBack(update) {
      pending = { ...update, ...pending };
      lines = [...(update.lines ?? []), ...lines];
      queueIds = [...(update.queueIds ?? []), ...queueIds];
      notices = [...(update.notices ?? []), ...notices];
    },
    end() {
      pending.endedAtMs = Math.floor(clock.nowMs());
      store.journal(take());
    },
  };
}

/** A number for people: `1,532`. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
