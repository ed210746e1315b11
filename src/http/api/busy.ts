import { InspectError } from '../../message/inspect/inspector.ts';
import { RequestError } from './request-error.ts';
import { textReply } from './schemas/reply.ts';

/** The reply of {@link toBusy}. */
export const Busy = textReply('It took too long, or too much is asked at once');

/** To be given to `catch`: what could not be looked at is a 503, any other error is thrown again. */
export function toBusy(error: unknown): never {
  throw error instanceof InspectError ? new RequestError(503, `It could not be looked at: ${error.message}.`) : error;
}
