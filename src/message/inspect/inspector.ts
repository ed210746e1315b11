import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { JobThread } from '../job-thread.ts';
import type { FilteredHtml } from '../html/filtered-html.ts';
import type { HtmlCheck } from './html-check.ts';

/** Looks at pictures and HTML of mails, in a thread of its own: whatever they are, they cost only their own answer. */
export interface Inspector extends AsyncDisposable {
  /** A JPEG of 180 by 120 pixels; white for what can't be shown. Rejects with {@link InspectError}. */
  thumbnail(octets: Uint8Array): Promise<Uint8Array>;
  /** Which mail programs show HTML as it is meant. Rejects with {@link InspectError}. */
  checkHtml(html: string): Promise<HtmlCheck>;
  /** HTML in which nothing runs, with gaps for what would be loaded. Rejects with {@link InspectError}. */
  filterHtml(html: string): Promise<FilteredHtml>;
  /** HTML as text, as a client without HTML would show it. Rejects with {@link InspectError}. */
  htmlAsText(html: string): Promise<string>;
}

/** There is no answer: it took too long, or too much is asked at once. */
export class InspectError extends Error {
  override readonly name = 'InspectError';
  readonly code = 'NOT_INSPECTED';
}

/** What the thread answers, by what it is asked. */
export interface InspectAnswers extends Readonly<Record<string, unknown>> {
  readonly thumbnail: Uint8Array;
  readonly html: HtmlCheck;
  readonly filter: FilteredHtml;
  readonly text: string;
}

const MAX_ASKED = 200;
const HEAP_LIMIT_MB = 256;

/**
 * Opens an inspector. Its thread starts with the first thing to be looked at, and leaves when there is none for a while.
 * @param options.timeLimitMs what takes longer is given up
 */
export function openInspector(options: {
  readonly timeLimitMs: number;
  readonly clock: Clock;
  readonly log: Log;
}): Inspector {
  const thread = new JobThread<InspectAnswers>({
    ...options,
    worker: 'inspect-worker',
    threadName: 'postfixture-inspect',
    heapLimitMb: HEAP_LIMIT_MB,
    words: { doer: 'the inspector', doing: 'it', failed: 'something in a mail could not be looked at' },
  });
  let asked = 0;
  let isClosed = false;

  async function ask<Kind extends 'thumbnail' | 'html' | 'filter' | 'text'>(
    kind: Kind,
    octets: Uint8Array,
  ): Promise<InspectAnswers[Kind]> {
    if (asked >= MAX_ASKED) throw new InspectError('too much is to be looked at');
    asked += 1;
    try {
      return await thread.ask(kind, octets);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InspectError(isClosed ? 'the server stops' : reason, { cause: error });
    } finally {
      asked -= 1;
    }
  }

  return {
    thumbnail: (octets) => ask('thumbnail', octets),
    checkHtml: (html) => ask('html', Buffer.from(html)),
    filterHtml: (html) => ask('filter', Buffer.from(html)),
    htmlAsText: (html) => ask('text', Buffer.from(html)),
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await thread[Symbol.asyncDispose]();
    },
  };
}
