import type { ConfigState } from './config.ts';
import type { VerdictSummary } from './journey.ts';
import type { MessageSummary } from './message.ts';

/** What every frame has beside its type and data. */
interface Frame<Type extends string, Data> {
  readonly Type: Type;
  readonly Data: Data;
  /** The change that it tells of (for `stats`: the last one): resume with `?since=`. */
  readonly Seq: number;
}

/** What is told of messages, with the number of the change. */
export type ChangeFrame =
  | Frame<'new', MessageSummary>
  /** It was parsed, or can't be: snippet and attachments are there now. */
  | Frame<'parsed', MessageSummary>
  | Frame<'update', { readonly ID: string; readonly Read?: boolean; readonly Tags?: readonly string[] }>
  /** What Postfix would do with it is decided, or a delivery stands otherwise. */
  | Frame<'verdict', { readonly ID: string; readonly Verdict: VerdictSummary }>
  | Frame<'delete', { readonly ID: string }>
  /** Much changed, or the number asked for is too old: load the list afresh. */
  | Frame<'prune', null>
  | Frame<'truncate', null>
  | Frame<'stats', { readonly Total: number; readonly Unread: number; readonly Version: string }>;

/** What is told when the configuration was read again: as no change of a message it has no number. */
export interface ConfigFrame {
  readonly Type: 'config';
  readonly Data: ConfigState;
}

/** A text frame of `/api/events`, server to client. */
export type EventFrame = ChangeFrame | ConfigFrame;
