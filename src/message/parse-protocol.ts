import type { ParseOutcome } from './parsed.ts';
import type { MessageBodies } from './bodies.ts';

/** What the worker is asked. */
export interface ParseJob {
  /** From 1; never 0, which stands for "none" in the progress. */
  readonly id: number;
  readonly kind: 'parse' | 'bodies';
  /** Moved to the worker. */
  readonly raw: Uint8Array<ArrayBuffer>;
}

/** What it answers to a job. */
export type ParseAnswer =
  | { readonly id: number; readonly kind: 'parse'; readonly outcome: ParseOutcome }
  | { readonly id: number; readonly kind: 'bodies'; readonly bodies: MessageBodies | { readonly failure: string } };

/** A message of the worker: it has been loaded, or it has answers. */
export type WorkerReport =
  { readonly type: 'ready' } | { readonly type: 'answers'; readonly answers: readonly ParseAnswer[] };

/**
 * Shared with the worker, so that its owner knows, whatever became of it, which job it was at.
 * Two 32-bit integers: see {@link CURRENT_JOB} and {@link JOBS_DONE}.
 */
export interface ParseWorkerData {
  readonly progress: Int32Array<SharedArrayBuffer>;
}

/** Index into the progress: the ID of the job being done, or 0. */
export const CURRENT_JOB = 0;
/** Index into the progress: how many jobs are done. */
export const JOBS_DONE = 1;
