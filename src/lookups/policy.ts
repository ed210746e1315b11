import type { NetConnectOpts, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Octets } from '../rules/octets.ts';
import type { Answer, AnswerFault, PolicyQuestion } from '../rules/question.ts';
import type { Answerer } from './answer.ts';
import { openExchange } from './exchange.ts';
import { describeNetworkError, isUnknownHost } from './network-error.ts';
import { findTarget, toUnresolved, type ServerOptions } from './server-target.ts';

/** Of a reply, in octets: far beyond any action. */
const MAX_REPLY = 100_000;

/** What errno(3) is left at by a server that hangs up, or whose reply has no action. */
const NO_ACTION = 'Application error';

/**
 * Asks policy servers: one connection a request, which is tried again as often as the question says. No try takes
 * longer than other lookups may, whatever smtpd_policy_service_timeout says.
 * @see SMTPD_POLICY_README
 */
export function createPolicyAnswerer(options: ServerOptions): Answerer<PolicyQuestion> {
  return async (question, { signal }) => {
    const target = findTarget(question.server, options);
    if ('faults' in target) return target;
    const timeoutMs = Math.min(question.timeoutMs, options.timeoutMs);
    const faults: AnswerFault[] = [];
    for (let tries = 1; ; tries++) {
      const tried = await askOnce(target, question, { timeoutMs, signal });
      if ('rows' in tried) return { ...tried, faults };
      faults.push(...tried.faults);
      if (tries >= question.tryLimit) return { faults };
      await wait(question.retryDelayMs, undefined, { signal });
    }
  };
}

/** @throws the signal's reason */
async function askOnce(
  target: NetConnectOpts,
  { server, attributes }: PolicyQuestion,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Answer> {
  using exchange = openExchange(target, { timeoutMs, signal });
  const { socket, hasTimedOut } = exchange;
  const fail = (stage: AnswerFault['stage'], message: string): Answer => ({
    faults: [{ stage, where: server.written, message }],
  });
  try {
    socket.once('connect', () => socket.write(toRequest(attributes), 'latin1'));
    const action = await readAction(socket);
    return action === undefined ? fail('transfer', NO_ACTION) : { rows: [[action]], faults: [] };
  } catch (error) {
    signal.throwIfAborted();
    const stage = socket.bytesWritten > 0 ? 'transfer' : 'connect';
    if (hasTimedOut()) return fail(stage, 'Connection timed out');
    if (isUnknownHost(error)) return toUnresolved(server, 'Name or service not known');
    return fail(stage, describeNetworkError(error));
  }
}

/** A value ends where its line does: what would begin another one is left out. */
function toRequest(attributes: PolicyQuestion['attributes']): Octets {
  return `${attributes.map(([name, value]) => `${name}=${value.replace(/[\n\0].*/s, '')}\n`).join('')}\n`;
}

/** The first action before the empty line that ends a reply; what isn't `name=value` is passed over. */
async function readAction(socket: Socket): Promise<Octets | undefined> {
  let text = '';
  socket.setEncoding('latin1');
  for await (const chunk of socket as AsyncIterable<string>) {
    const unread = Math.max(0, text.length - 1);
    text += chunk;
    const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n', unread);
    if (end >= 0) return findAction(text.slice(0, end));
    if (text.length > MAX_REPLY) return undefined;
  }
  return undefined;
}

function findAction(reply: string): Octets | undefined {
  const line = reply.split('\n').find((one) => one.startsWith('action='));
  return line?.slice('action='.length);
}
