/**
 * Why a message wasn't kept. `NO_SERVER`: nobody took it; `TOO_BIG`: it is larger than message_size_limit; `REFUSED`:
 * the server doesn't take such a message; `NOT_KEPT`: it couldn't be written.
 */
export type SubmitFault = 'NO_SERVER' | 'TOO_BIG' | 'REFUSED' | 'NOT_KEPT';

/** A message was handed in, and isn't kept. */
export class SubmitError extends Error {
  override readonly name = 'SubmitError';
  readonly code: SubmitFault;
  /** @param why for people, in a few words */
  constructor(code: SubmitFault, why: string, options: { readonly cause?: unknown } = {}) {
    super(why, options);
    this.code = code;
  }
}
