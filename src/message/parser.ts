import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ReadableBodies } from './bodies.ts';
import { JobFailedError, JobThread } from './job-thread.ts';
import type { ParseOutcome } from './parsed.ts';

/** Parses messages in a thread of its own. */
export interface MessageParser extends AsyncDisposable {
  /**
   * Parses a message. Its octets are copied: they stay the caller's. Calls made in one turn go over together.
   * @throws {Error} when there is no parser any more, or its thread can't be started: the message isn't to blame
   */
  parse(raw: Uint8Array): Promise<ParseOutcome>;
  /**
   * Text and HTML of a message, decoded; goes before waiting `parse` calls, since somebody looks at it.
   * @throws {UnparsableMessageError} the message can't be read
   * @throws {Error} as `parse`
   */
  bodies(raw: Uint8Array): Promise<ReadableBodies>;
}

/** How a parser is to be. */
export interface MessageParserOptions {
  /** A message that takes longer is given up. */
  readonly timeLimitMs: number;
  readonly log: Log;
  readonly clock: Clock;
  /** After how long without work the thread ends; the next message starts it again. @default 30000 */
  readonly idleMs?: number;
}

/** A message whose text and HTML can't be read. */
export class UnparsableMessageError extends Error {
  override readonly name = 'UnparsableMessageError';
  readonly code = 'MESSAGE_UNPARSABLE';
}

/** What the thread answers, by what it is asked. */
export interface ParseAnswers extends Readonly<Record<string, unknown>> {
  readonly parse: ParseOutcome;
  readonly bodies: ReadableBodies;
}

/** Far more than it takes: what is parsed is bounded (see mime-tree.ts, bodies.ts). */
const HEAP_LIMIT_MB = 512;

/** Opens a parser. Its thread starts with the first message, and leaves when there is none for a while. */
export function openMessageParser(options: MessageParserOptions): MessageParser {
  const thread = new JobThread<ParseAnswers>({
    ...options,
    worker: 'parse-worker',
    threadName: 'postfixture-parse',
    heapLimitMb: HEAP_LIMIT_MB,
    words: { doer: 'the message parser', doing: 'parsing', failed: 'a message could not be parsed' },
  });
  return {
    async parse(raw) {
      try {
        return await thread.ask('parse', raw);
      } catch (error) {
        if (error instanceof JobFailedError) return { failure: error.message };
        throw error;
      }
    },
    async bodies(raw) {
      try {
        return await thread.ask('bodies', raw, { isUrgent: true });
      } catch (error) {
        throw error instanceof JobFailedError ? new UnparsableMessageError(error.message) : error;
      }
    },
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
