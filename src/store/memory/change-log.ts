import type { Change } from '../changes.ts';
import type { ReplayPage } from '../feed.ts';
import type { QueueId } from '../queue-id.ts';
import type { CommitNumber, StoredMessage } from '../store.ts';

/** How many changes can be read back. */
const KEPT_CHANGES = 100_000;

/** Stands for a change that shows a message. */
interface MessageMark {
  readonly seq: CommitNumber;
  readonly inbox: string | undefined;
  readonly shows: 'new' | 'parsed';
  readonly id: QueueId;
}

/** The changes of a store in memory. Messages are named, not held: one that is deleted can't be read back. */
export class ChangeLog {
  #entries: (Change | MessageMark)[] = [];
  readonly #find: (id: QueueId) => StoredMessage | undefined;

  constructor(find: (id: QueueId) => StoredMessage | undefined) {
    this.#find = find;
  }

  append(change: Change): void {
    const { seq, inbox } = change;
    const showsMessage = change.type === 'new' || change.type === 'parsed';
    this.#entries.push(showsMessage ? { seq, inbox, shows: change.type, id: change.message.id } : change);
    if (this.#entries.length >= 2 * KEPT_CHANGES) this.#entries = this.#entries.slice(-KEPT_CHANGES);
  }

  replay(since: CommitNumber, limit: number): ReplayPage | undefined {
    const [first] = this.#entries;
    if (first === undefined || since < first.seq - 1) return undefined;
    // Numbers have no gaps, so they say where an entry is.
    const start = since - first.seq + 1;
    const page = this.#entries.slice(start, start + limit);
    return {
      changes: page.flatMap((entry) => this.#materialise(entry) ?? []),
      through: page.at(-1)?.seq ?? since,
    };
  }

  #materialise(entry: Change | MessageMark): Change | undefined {
    if (!('shows' in entry)) return entry;
    const { seq, inbox, shows: type, id } = entry;
    const message = this.#find(id);
    return message && { type, message, seq, inbox };
  }
}
