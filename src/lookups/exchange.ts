import { connect, type NetConnectOpts, type Socket } from 'node:net';

/** A connection for one question. Disposing of it closes it. */
export interface Exchange extends Disposable {
  /** It breaks when the time is over, or the signal aborts. */
  readonly socket: Socket;
  readonly hasTimedOut: () => boolean;
}

/** Begins to connect. @param options.timeoutMs until the answer has to be there */
export function openExchange(
  target: NetConnectOpts,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Exchange {
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  const socket = connect(target);
  const stop = (): unknown => socket.destroy(new Error('time limit exceeded'));
  either.addEventListener('abort', stop);
  return {
    socket,
    hasTimedOut: () => deadline.aborted,
    [Symbol.dispose]() {
      either.removeEventListener('abort', stop);
      socket.destroy();
    },
  };
}
