import type { Envelope } from '../../rules/envelope.ts';
import { findWhereabouts } from '../../settings/whereabouts.ts';
import { keepInStore } from './keep-in-store.ts';
import { postToServer } from './post-to-server.ts';
import { SubmitError } from './submit-error.ts';

/** A message that is handed in, and what becomes of it has been decided by nobody yet. */
export interface Submitted {
  readonly envelope: Envelope;
  /** RFC 5322 octets. */
  readonly raw: Uint8Array;
}

/** To whom messages are handed. */
export interface SubmitTarget {
  /** Of a server, as the person named it: then nobody else gets the message. */
  readonly url?: string | undefined;
  /** An absolute path: the server that it belongs to, and if none runs, the store in it. */
  readonly directory: string;
  /** Whether there is no store, so that without a server nothing can be kept. */
  readonly isEphemeral: boolean;
  readonly signal: AbortSignal;
}

/**
 * Hands a message to the running server, or, where none runs, puts it into the store as the server would; it decides
 * when it starts what would become of it.
 * @returns the queue ID, once the message is kept
 * @throws {SubmitError} nothing was kept
 */
export async function submit(message: Submitted, target: SubmitTarget): Promise<string> {
  const { url, directory, isEphemeral, signal } = target;
  if (url !== undefined) return await postToServer(message, { url, signal });
  const server = await findWhereabouts(directory);
  if (server !== undefined) {
    try {
      return await postToServer(message, { ...server, signal });
    } catch (error) {
      // It has just ended, or another program listens there now.
      if (!(error instanceof SubmitError) || error.code !== 'NO_SERVER') throw error;
    }
  }
  if (isEphemeral) {
    throw new SubmitError('NO_SERVER', 'no server runs, and with catch_ephemeral messages are kept by it alone');
  }
  return await keepInStore(message, directory);
}
