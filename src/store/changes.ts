import type { CommitNumber, StoredMessage } from './store.ts';
import type { QueueId } from './queue-id.ts';
import type { VerdictSummary } from './verdict-summary.ts';

/** What changed. */
export type ChangeEvent =
  /** A message was kept. */
  | { readonly type: 'new'; readonly message: StoredMessage }
  /** It was parsed, or can't be. */
  | { readonly type: 'parsed'; readonly message: StoredMessage }
  /** Read state or tags; `ids` is undefined where so many changed that a reload is cheaper. */
  | {
      readonly type: 'update';
      readonly ids: readonly QueueId[] | undefined;
      readonly read?: boolean;
      readonly tags?: readonly string[];
    }
  /** A verdict was made, or a delivery stands otherwise. */
  | {
      readonly type: 'verdict';
      readonly id: QueueId;
      readonly generation: number;
      readonly verdict: VerdictSummary;
    }
  | { readonly type: 'delete'; readonly ids: readonly QueueId[] }
  /** Many were deleted, or tags renamed: load afresh. */
  | { readonly type: 'prune' }
  /** All were deleted. */
  | { readonly type: 'truncate' };

/** A numbered entry of the feed. */
export type Change = ChangeEvent & {
  readonly seq: CommitNumber;
  /** The inbox concerned; undefined: more than one. */
  readonly inbox: string | undefined;
};
