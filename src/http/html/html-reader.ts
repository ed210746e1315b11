import type { FilteredHtml } from '../../message/html/filtered-html.ts';
import type { MessageRecord } from '../../store/store.ts';
import { getBodies } from '../api/bodies.ts';
import { toBusy } from '../api/busy.ts';
import type { Ports } from '../api/ports.ts';
import { RequestError } from '../api/request-error.ts';

/** The filtered HTML of a message. */
export interface ReadHtml {
  readonly filtered: FilteredHtml;
  /** Characters of the HTML as it was sent, and how many of them were filtered. */
  readonly length: number;
  readonly shownLength: number;
}

/** Reads and filters HTML of messages. */
export interface HtmlReader {
  /**
   * The HTML of a message that is parsed.
   * @param options.isWhole all of it is wanted, however long it is
   * @throws {RequestError} 404 if it has none, 503 if it can't be filtered: it is never shown as it is
   */
  read(record: MessageRecord, options: { readonly isWhole: boolean }): Promise<ReadHtml>;
}

/** So many characters are shown unasked. */
const SHOWN_LENGTH = 2 * 1024 * 1024;
/** As long as somebody looks at the first part before asking for all of it. */
const KEPT_MS = 30_000;

/** What was read of one message, or is being read. */
interface Reading {
  readonly id: string;
  readonly html: Promise<string>;
  /** The first part and the whole, each once it is asked for. */
  start?: Promise<ReadHtml>;
  whole?: Promise<ReadHtml>;
}

/**
 * Opens a reader. The message that was read last is kept for a while: whoever looks at it asks for the HTML and for what
 * is left out of it in the same moment, and for the rest of a long one soon after. Of 5 MB each costs half a second.
 */
export function openHtmlReader(ports: Pick<Ports, 'store' | 'bodies' | 'log' | 'inspector' | 'clock'>): HtmlReader {
  let last: Reading | undefined;
  let timer: Disposable | undefined;

  function readingOf(record: MessageRecord): Reading {
    const reading: Reading =
      last?.id === record.id ? last : { id: record.id, html: getBodies(record, ports).then(({ html }) => html) };
    last = reading;
    timer?.[Symbol.dispose]();
    timer = ports.clock.setTimer(KEPT_MS, () => (last = undefined));
    return reading;
  }

  async function filter(html: string, isWhole: boolean): Promise<ReadHtml> {
    if (html === '') throw new RequestError(404, 'This message does not contain a HTML part');
    const shown = isWhole ? html : cut(html);
    const filtered = await ports.inspector.filterHtml(shown).catch(toBusy);
    return { filtered, length: html.length, shownLength: shown.length };
  }

  return {
    async read(record, { isWhole }) {
      const reading = readingOf(record);
      const part = isWhole ? 'whole' : 'start';
      try {
        return await (reading[part] ??= reading.html.then((html) => filter(html, isWhole)));
      } catch (error) {
        // The next one may fare better.
        if (last === reading) last = undefined;
        throw error;
      }
    },
  };
}

/** The filter closes whatever is open at the end; but a tag isn't cut in two. */
function cut(html: string): string {
  if (html.length <= SHOWN_LENGTH) return html;
  const tag = html.lastIndexOf('<', SHOWN_LENGTH);
  return html.slice(0, tag > 0 ? tag : SHOWN_LENGTH);
}
