/** What a thread can be asked, by kind: the answer to each. */
export type Answers = Readonly<Record<string, unknown>>;

/** What the thread is asked. */
export interface Job {
  /** From 1; never 0, which stands for "none" in the progress. */
  readonly id: number;
  readonly kind: string;
  /** Moved to the thread. */
  readonly octets: Uint8Array<ArrayBuffer>;
}

/** What came of a job. */
export type JobResult =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly failure: string };

/** A message of the thread: it has been loaded, or it has results. */
export type JobReport =
  { readonly type: 'ready' } | { readonly type: 'results'; readonly results: readonly JobResult[] };

/**
 * Shared with the thread, so that its owner knows, whatever became of it, which job it was at.
 * Two 32-bit integers: see {@link CURRENT_JOB} and {@link JOBS_DONE}.
 */
export interface JobThreadData {
  readonly progress: Int32Array<SharedArrayBuffer>;
}

/** Index into the progress: the ID of the job being done, or 0. */
export const CURRENT_JOB = 0;
/** Index into the progress: how many jobs are done. */
export const JOBS_DONE = 1;
