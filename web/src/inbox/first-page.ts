import type { MessagesSummary } from '../../../src/http/api/schemas/message.ts';
import type { Api } from '../api/client.ts';

/** Rows are asked for in pages of so many: some 80 KB, two screens at least, soon there. */
export const PAGE_ROWS = 80;

/** The newest rows of what a search finds, on their way. */
export interface FirstPage {
  readonly query: string;
  readonly page: Promise<MessagesSummary>;
}

/** Asks for the newest rows of what `query` finds; if it is empty, of the inbox. */
export function askFirstPage(api: Pick<Api, 'list'>, query: string, signal?: AbortSignal): FirstPage {
  return { query, page: api.list({ query, start: 0, limit: PAGE_ROWS, ...(signal && { signal }) }) };
}
