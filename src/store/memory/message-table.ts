import type { ParsedMessage, ParseOutcome } from '../../message/parsed.ts';
import type { EditScript } from '../../rules/cleanup/edit-script.ts';
import type { Envelope } from '../../rules/envelope.ts';
import type { Journey } from '../../rules/journey.ts';
import { matchesQuery } from '../match.ts';
import type { Query } from '../query.ts';
import type { QueueId } from '../queue-id.ts';
import { toSearchDocument, type SearchDocument } from '../search-text.ts';
import type { ListOptions, Selection, StoredMessage } from '../store.ts';

/** A message in memory. */
export interface MessageEntry {
  message: StoredMessage;
  document: SearchDocument;
  parsed: ParsedMessage | undefined;
  parserVersion: number;
  generation: number;
  journey: Journey | undefined;
  queued: EditScript;
  readonly envelope: Envelope;
  readonly raw: Uint8Array;
}

/** The messages of a store in memory, in the order of their commits. */
export class MessageTable {
  readonly #byId = new Map<QueueId, MessageEntry>();
  /** Oldest first. */
  #entries: MessageEntry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  get oldestSeq(): number {
    return this.#entries[0]?.message.seq ?? Infinity;
  }

  add(message: StoredMessage, rest: { envelope: Envelope; raw: Uint8Array }): void {
    const entry: MessageEntry = {
      ...rest,
      message,
      document: toDocument(message, rest.envelope),
      parsed: undefined,
      parserVersion: 0,
      generation: 0,
      journey: undefined,
      queued: [],
    };
    this.#entries.push(entry);
    this.#byId.set(message.id, entry);
  }

  find(id: QueueId): MessageEntry | undefined {
    return this.#byId.get(id);
  }

  remove(entries: readonly MessageEntry[]): void {
    const gone = new Set(entries);
    for (const { message } of gone) this.#byId.delete(message.id);
    this.#entries = this.#entries.filter((entry) => !gone.has(entry));
  }

  /** Oldest first. */
  all(): readonly MessageEntry[] {
    return this.#entries;
  }

  /** Newest first, without the bounds of a page. */
  listed(options: { readonly query?: Query; readonly inbox?: string; readonly children?: boolean }): MessageEntry[] {
    return this.#entries.filter((entry) => isListed(entry, options)).reverse();
  }

  /** Walks from the newest, and no further than the page reaches. */
  page(options: ListOptions): readonly MessageEntry[] {
    const { before = Infinity, receivedBeforeMs = Infinity, offset = 0, limit = Infinity } = options;
    const found: MessageEntry[] = [];
    let toSkip = offset;
    for (let index = this.#entries.length - 1; index >= 0 && found.length < limit; index -= 1) {
      const entry = this.#entries[index];
      if (!entry || entry.message.seq >= before || entry.message.receivedAtMs >= receivedBeforeMs) continue;
      if (!isListed(entry, options)) continue;
      if (toSkip > 0) toSkip -= 1;
      else found.push(entry);
    }
    return found;
  }

  select(selection: Selection): readonly MessageEntry[] {
    if ('ids' in selection) return [...new Set(selection.ids)].flatMap((id) => this.#byId.get(id) ?? []);
    if ('query' in selection) return this.listed(selection);
    return this.listed({ ...(selection.inbox !== undefined && { inbox: selection.inbox }), children: true });
  }
}

/** Writes down what came of parsing. */
export function applyOutcome(entry: MessageEntry, version: number, outcome: ParseOutcome): void {
  entry.parserVersion = version;
  if ('failure' in outcome) {
    entry.parsed = undefined;
    entry.message = { ...entry.message, parse: { state: 'failed', reason: outcome.failure } };
    entry.document = toDocument(entry.message, entry.envelope);
    return;
  }
  const { parsed } = outcome;
  const { snippet, attachmentCount, inlineCount, summary } = parsed;
  entry.parsed = parsed;
  entry.message = { ...entry.message, summary, parse: { state: 'parsed', snippet, attachmentCount, inlineCount } };
  entry.document = toDocument(entry.message, entry.envelope, outcome);
}

function isListed(
  { message, document }: MessageEntry,
  options: { readonly query?: Query; readonly inbox?: string; readonly children?: boolean },
): boolean {
  if (options.inbox !== undefined && message.inbox !== options.inbox) return false;
  if (message.parent !== undefined && options.children !== true) return false;
  return options.query === undefined || matchesQuery(options.query, message, document);
}

function toDocument(
  message: StoredMessage,
  envelope: Envelope,
  text: { readonly searchText?: string; readonly fileNames?: readonly string[] } = {},
): SearchDocument {
  return toSearchDocument({
    ...text,
    summary: message.summary,
    reversePath: message.reversePath,
    recipients: envelope.recipients.map(({ address }) => address),
  });
}
