import type { NetConnectOpts, Socket } from 'node:net';
import type { Answer, AnswerFault, ServerAddress, SocketmapQuestion } from '../rules/question.ts';
import { readNetstring, toNetstring } from '../rules/tables/netstring.ts';
import type { Answerer } from './answer.ts';
import { openExchange } from './exchange.ts';
import { describeNetworkError, isUnknownHost } from './network-error.ts';
import { findTarget, toUnresolved, type ServerOptions } from './server-target.ts';

/** Of a reply's text, in octets. @see socketmap_table(5) */
const MAX_REPLY = 100_000;

/** Enough for the digits, the colon and the comma around the longest reply. */
const MAX_UNREAD = MAX_REPLY + 64;

/**
 * Asks socketmap servers: one connection a question. A connection that breaks is tried once more, since the server may
 * be starting again.
 */
export function createSocketmapAnswerer(options: ServerOptions): Answerer<SocketmapQuestion> {
  return async ({ server, request }, { signal }) => {
    const target = findTarget(server, options);
    if ('faults' in target) return target;
    const first = await askOnce(target, request, { server, timeoutMs: options.timeoutMs, signal });
    return first === 'disconnected'
      ? orFault(await askOnce(target, request, { server, timeoutMs: options.timeoutMs, signal }), server)
      : first;
  };
}

function orFault(answer: Answer | 'disconnected', { written }: ServerAddress): Answer {
  if (answer !== 'disconnected') return answer;
  return { faults: [{ stage: 'transfer', where: written, message: 'unexpected disconnect' }] };
}

/** @throws the signal's reason */
async function askOnce(
  target: NetConnectOpts,
  request: string,
  { server, timeoutMs, signal }: { server: ServerAddress; timeoutMs: number; signal: AbortSignal },
): Promise<Answer | 'disconnected'> {
  using exchange = openExchange(target, { timeoutMs, signal });
  const { socket, hasTimedOut } = exchange;
  const fail = (stage: AnswerFault['stage'], message: string): Answer => ({
    faults: [{ stage, where: server.written, message }],
  });
  try {
    socket.once('connect', () => socket.write(toNetstring(request), 'latin1'));
    return await readReply(socket, fail);
  } catch (error) {
    signal.throwIfAborted();
    if (socket.bytesWritten > 0) return hasTimedOut() ? fail('transfer', 'time limit exceeded') : 'disconnected';
    if (hasTimedOut()) return fail('connect', 'Connection timed out');
    if (isUnknownHost(error)) return toUnresolved(server, 'Name or service not known');
    return fail('connect', describeNetworkError(error));
  }
}

async function readReply(
  socket: Socket,
  fail: (stage: 'transfer', message: string) => Answer,
): Promise<Answer | 'disconnected'> {
  const chunks: string[] = [];
  let length = 0;
  socket.setEncoding('latin1');
  for await (const chunk of socket as AsyncIterable<string>) {
    chunks.push(chunk);
    length += chunk.length;
    // Joined only when a reply may be there, so that one octet at a time costs no more than all at once.
    const isEnd = chunk.includes(',') || length > MAX_UNREAD || chunks.length < 16;
    const reading = isEnd ? readNetstring(chunks.join(''), MAX_REPLY) : undefined;
    if (reading === undefined || 'isPartial' in reading) continue;
    return 'fault' in reading ? fail('transfer', reading.fault) : { rows: [[reading.text]], faults: [] };
  }
  return 'disconnected';
}
