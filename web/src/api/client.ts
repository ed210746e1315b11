import type { Configuration } from '../../../src/http/api/schemas/config.ts';
import type { ChecksResponse, HTMLCheckResponse, LinkCheckResponse } from '../../../src/http/api/schemas/check.ts';
import type { AppInformation } from '../../../src/http/api/schemas/info.ts';
import type { HtmlContents } from '../../../src/http/api/schemas/html.ts';
import type { FilterCounts } from '../../../src/http/api/schemas/filter.ts';
import type { Journey } from '../../../src/http/api/schemas/journey.ts';
import type { HeaderField, Message, MessagesSummary } from '../../../src/http/api/schemas/message.ts';
import type { SendConfirmation, SendRequest } from '../../../src/http/api/schemas/request.ts';
import type { MessageSession } from '../../../src/http/api/schemas/session.ts';

/** Which messages a write is about: these, or all that a search finds (an empty search: all there are). */
export type Selection = { readonly ids: readonly string[] } | { readonly query: string };

/** The server's HTTP API, as far as the page needs it. Each call throws {@link ApiError}, or what `fetch` throws. */
export interface Api {
  /** Rows `start` … of the inbox, newest first; of what `query` finds, if it isn't empty. */
  list(options: {
    readonly query: string;
    readonly start: number;
    readonly limit: number;
    readonly signal?: AbortSignal;
  }): Promise<MessagesSummary>;
  /** One message; the server marks it as read, unless it is only peeked at. `latest` is an ID too. */
  message(id: string, signal: AbortSignal, options?: { readonly peek?: boolean }): Promise<Message>;
  /** Its header fields, in the order of the wire. */
  fields(id: string, signal: AbortSignal): Promise<readonly HeaderField[]>;
  /** Its HTML as a client without HTML would show it. */
  htmlAsText(id: string, signal: AbortSignal): Promise<string>;
  /** What may go wrong with it elsewhere, and what Postfix would change of it. */
  checks(id: string, signal: AbortSignal): Promise<ChecksResponse>;
  /** Which mail programs show its HTML as it is meant. */
  htmlCheck(id: string, signal: AbortSignal): Promise<HTMLCheckResponse>;
  /** Asks for each of its links: the server sends requests to strangers. */
  askLinks(id: string, signal: AbortSignal): Promise<LinkCheckResponse>;
  /** The SMTP session that it came in. */
  session(id: string, signal: AbortSignal): Promise<MessageSession>;
  /**
   * A decoded part as octets, at most `limit` of them. It is a stranger's: for eyes only.
   */
  part(
    id: string,
    partId: string,
    options: { readonly limit: number; readonly signal: AbortSignal },
  ): Promise<Uint8Array>;
  /** What its HTML would load, and what is left out of it. @param isWhole however long it is */
  htmlContents(id: string, isWhole: boolean, signal: AbortSignal): Promise<HtmlContents>;
  /** Where Postfix would take it, and why. */
  journey(id: string, signal: AbortSignal): Promise<Journey>;
  /**
   * Octets `start` … `end` (exclusive) of the message as the client sent it.
   * @returns from where they really are (0 if the server has no ranges), and how long the whole is
   */
  raw(id: string, range: OctetRange, signal: AbortSignal): Promise<RawOctets>;
  setRead(which: Selection, read: boolean): Promise<void>;
  /** @param options.leaving the page is being left: the request must outlive it */
  remove(which: Selection, options?: { readonly leaving?: boolean }): Promise<void>;
  /** Replaces the tags of messages. */
  setTags(ids: readonly string[], tags: readonly string[]): Promise<void>;
  /** How much the ready-made searches would find. */
  filters(): Promise<FilterCounts>;
  /** Hands a message in, as an app's own would come. @returns its queue ID */
  send(mail: SendRequest): Promise<string>;
  info(signal: AbortSignal): Promise<AppInformation>;
  /** Postfix's configuration as it holds there. @param all with the parameters that are left at their defaults */
  configuration(all: boolean, signal: AbortSignal): Promise<Configuration>;
}

/** In octets, `end` exclusive. */
export interface OctetRange {
  readonly start: number;
  readonly end: number;
}

/** A piece of a raw message. */
export interface RawOctets {
  readonly start: number;
  readonly octets: Uint8Array;
  /** Of the whole message, in octets. */
  readonly size: number;
}

/** The server said no. The message is in its words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  constructor(status: number, words: string) {
    super(words);
    this.status = status;
  }
}

function ofMessage(id: string, rest: string): string {
  return `/api/v1/message/${encodeURIComponent(id)}${rest}`;
}

/** Where a message's things are. */
export const urls = {
  html(id: string, options: Readonly<Record<string, string>>): string {
    const query = new URLSearchParams(options).toString();
    return `/view/${encodeURIComponent(id)}.html${query === '' ? '' : `?${query}`}`;
  },
  download: (id: string) => ofMessage(id, '/raw?dl=1'),
  part: (id: string, partId: string) => ofMessage(id, `/part/${encodeURIComponent(partId)}`),
};

/** Talks to the server that the page came from. */
export function createApi(): Api {
  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(path, { ...init, cache: 'no-store' });
    if (response.ok) return response;
    throw new ApiError(response.status, await readReason(response));
  }
  async function read<T>(path: string, signal: AbortSignal | undefined): Promise<T> {
    const response = await request(path, { signal: signal ?? null });
    return (await response.json()) as T;
  }
  async function write(
    method: 'PUT' | 'DELETE' | 'POST',
    path: string,
    body: unknown,
    keepalive = false,
  ): Promise<Response> {
    // JSON, so that no form of another site can send the same without being asked first.
    const headers = { 'Content-Type': 'application/json' };
    return await request(path, { method, headers, keepalive, body: JSON.stringify(body) });
  }

  return {
    list({ query, start, limit, signal }) {
      const search = new URLSearchParams({ start: String(start), limit: String(limit) });
      if (query !== '') search.set('query', query);
      return read(`/api/v1/${query === '' ? 'messages' : 'search'}?${search.toString()}`, signal);
    },
    message: async (id, signal, { peek = false } = {}) =>
      toShown(await read<Message>(ofMessage(id, peek ? '?peek=1' : ''), signal)),
    fields: (id, signal) => read(ofMessage(id, '/fields'), signal),
    htmlContents: (id, isWhole, signal) => read(ofMessage(id, `/html${isWhole ? '?all=1' : ''}`), signal),
    htmlAsText: async (id, signal) => (await request(ofMessage(id, '/html-as-text'), { signal })).text(),
    checks: (id, signal) => read(ofMessage(id, '/checks'), signal),
    htmlCheck: (id, signal) => read(ofMessage(id, '/html-check'), signal),
    askLinks: (id, signal) => read(ofMessage(id, '/link-check?follow=true'), signal),
    session: (id, signal) => read(ofMessage(id, '/session'), signal),
    part: async (id, partId, { limit, signal }) =>
      await readStart(await request(urls.part(id, partId), { signal }), limit),
    journey: (id, signal) => read(ofMessage(id, '/journey'), signal),
    async raw(id, { start, end }, signal) {
      const path = ofMessage(id, '/raw');
      const response = await fetch(path, {
        signal,
        cache: 'no-store',
        headers: { Range: `bytes=${start}-${end - 1}` },
      });
      // Nothing is there: an empty message has no range.
      if (response.status === 416) return { start, octets: new Uint8Array(), size: start };
      if (!response.ok) throw new ApiError(response.status, await readReason(response));
      const octets = new Uint8Array(await response.arrayBuffer());
      const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '');
      if (response.status !== 206 || !range) return { start: 0, octets, size: octets.length };
      return { start: Number(range[1]), octets, size: Number(range[2]) };
    },
    async setRead(which, read) {
      await write('PUT', '/api/v1/messages', {
        Read: read,
        ...('ids' in which ? { IDs: which.ids } : which.query === '' ? {} : { Search: which.query }),
      });
    },
    async remove(which, { leaving = false } = {}) {
      if ('ids' in which) {
        await write('DELETE', '/api/v1/messages', { IDs: which.ids }, leaving);
        return;
      }
      const search = which.query === '' ? '' : `?${new URLSearchParams({ query: which.query }).toString()}`;
      await write('DELETE', `/api/v1/${search === '' ? 'messages' : 'search'}${search}`, {}, leaving);
    },
    async setTags(ids, tags) {
      await write('PUT', '/api/v1/tags', { IDs: ids, Tags: tags });
    },
    filters: () => read('/api/v1/filters', undefined),
    async send(mail) {
      const response = await write('POST', '/api/v1/send', mail);
      return ((await response.json()) as SendConfirmation).ID;
    },
    configuration: (all, signal) => read(`/api/v1/postfix/config${all ? '?all=1' : ''}`, signal),
    info: (signal) => read('/api/v1/info', signal),
  };
}

/**
 * What the mail itself says: its text part alone, in lines, since what was made of the HTML has a view of its own; and
 * whom its Bcc field names, since the envelope has a table of its own.
 */
function toShown(message: Message): Message {
  const { Bcc, Envelope, Text, TextFromHTML } = message;
  return {
    ...message,
    Bcc: Bcc.slice(0, Bcc.length - Envelope.Hidden.length),
    Text: TextFromHTML ? '' : Text.replaceAll('\r\n', '\n'),
  };
}

/** The first octets of an answer; the rest isn't waited for. */
async function readStart({ body }: Response, limit: number): Promise<Uint8Array> {
  const reader = body?.getReader();
  let start = new Uint8Array();
  while (reader && start.length < limit) {
    const { done, value } = await reader.read();
    if (done) break;
    const longer = new Uint8Array(Math.min(limit, start.length + value.length));
    longer.set(start);
    longer.set(value.subarray(0, longer.length - start.length), start.length);
    start = longer;
  }
  await reader?.cancel();
  return start;
}

/** The server's words: plain text on most routes, `{message}` or `{Error}` on some. */
async function readReason(response: Response): Promise<string> {
  const text = (await response.text().catch(() => '')).trim();
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null) {
      if ('message' in said && typeof said.message === 'string') return said.message;
      if ('Error' in said && typeof said.Error === 'string') return said.Error;
    }
  } catch {
    // Plain text.
  }
  return text === '' ? `HTTP ${response.status}` : text.slice(0, 500);
}
