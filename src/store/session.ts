import type { ErrorClass } from '../rules/bounce/error-class.ts';
import type { Octets } from '../rules/octets.ts';
import { parseQueueId, type QueueId } from './queue-id.ts';

declare const brand: unique symbol;

/** Names a session. Time-ordered, unique over all handles on a store; written like a queue ID. */
export type SessionId = string & { readonly [brand]: 'SessionId' };

/** A session's ID, or undefined if `text` isn't one. */
export function parseSessionId(text: string): SessionId | undefined {
  return parseQueueId(text) as SessionId | undefined;
}

/** How the client came. */
export interface SessionStart {
  readonly startedAtMs: number;
  readonly client: { readonly address: string; readonly port: number };
  readonly server: { readonly address: string; readonly port: number };
}

/** What TLS the client speaks: `TLSv1.3`, `TLS_AES_256_GCM_SHA384`. */
export interface SessionTls {
  readonly protocol: string;
  readonly cipher: string;
  /** What the client showed of itself. */
  readonly certificate?: {
    /** Common names. */
    readonly subject: string;
    readonly issuer: string;
    /** By smtpd_tls_fingerprint_digest. */
    readonly fingerprint: string;
    readonly isTrusted: boolean;
  };
}

/** One line of the dialogue, without its line end. Neither content nor secrets are in it. */
export interface DialogueLine {
  readonly atMs: number;
  /** `note`: a remark of ours, such as `(1,532 octets of content)` or `(connection lost)`. */
  readonly from: 'client' | 'server' | 'note';
  /** Octets as Latin-1 characters U+0000…U+00FF would lose UTF-8: text, with invalid UTF-8 written `\xNN`. */
  readonly text: string;
  /** Of a client's line: it was sent before the reply to the one above could be read. */
  readonly isPipelined?: true;
}

/** A notice that Postfix would send to the postmaster of what went wrong in a session. Its words are made when asked for. */
export interface SessionNotice {
  readonly queueId: QueueId;
  readonly atMs: number;
  /** The listener, as master.cf has it: `25/inet`. */
  readonly service: Octets;
  /** As configured: it is a mail address, mostly without a domain. */
  readonly recipient: Octets;
  /** What went wrong, whether or not the postmaster wants to hear of it. */
  readonly classes: readonly ErrorClass[];
  /** `name[address]` of the client. */
  readonly peer: Octets;
  /** Why the session ended before its time, in Postfix's words; absent if it didn't. */
  readonly reason?: string;
  /** The lines of the dialogue that it quotes: from 0, `endLine` exclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

/** What is to be written down of a session since the last time; absent members stay as they are. */
export interface SessionUpdate {
  readonly id: SessionId;
  /** Given with the first update. */
  readonly start?: SessionStart;
  /** The inbox that its mail goes to, once known. A message kept with the update says it, too. */
  readonly inbox?: string;
  /** To be appended. Beyond 256 KB a session they are dropped, and one `note` says so. */
  readonly lines?: readonly DialogueLine[];
  readonly helo?: string;
  readonly username?: string;
  readonly tls?: SessionTls;
  /** Queue IDs allocated in it, whether or not a message followed. To be appended. */
  readonly queueIds?: readonly QueueId[];
  /** To be appended. */
  readonly notices?: readonly SessionNotice[];
  readonly endedAtMs?: number;
}

/** A session as kept. */
export interface StoredSession extends SessionStart {
  readonly id: SessionId;
  readonly inbox: string;
  readonly lines: readonly DialogueLine[];
  readonly truncated: boolean;
  readonly helo?: string;
  readonly username?: string;
  readonly tls?: SessionTls;
  readonly queueIds: readonly QueueId[];
  readonly notices: readonly SessionNotice[];
  readonly endedAtMs?: number;
}

/** Where in its session a message stands: line numbers from 0, `endLine` exclusive. */
export interface SessionRange {
  readonly id: SessionId;
  readonly startLine: number;
  readonly endLine: number;
}
