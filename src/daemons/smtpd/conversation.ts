import { isUtf8 } from 'node:buffer';
import { carryOutFiltered } from './command-filter.ts';
import { toRecord } from './commands.ts';
import { endOfData } from './data.ts';
import { HANG_UP, type Answer } from './decide.ts';
import { formatCount } from './dialogue.ts';
import { dress } from './dress.ts';
import { greet } from './greet.ts';
import { openOctetStream } from './octet-stream.ts';
import { isLastReply, isRefusal } from './reply.ts';
import type { Receiving, Session } from './session.ts';

/** The way back to the client. */
export interface Wire {
  /** @returns false: the client doesn't read; wait with {@link whenDrained} before more is written */
  write(text: string): boolean;
  whenDrained(callback: () => void): void;
  /** Closes, once everything is written. */
  hangUp(): void;
}

/** Turns octets into commands and content, in order, and answers them. */
export interface Conversation {
  /** Says 220; nothing is read before. */
  greet(): void;
  /** Handles what came. Replies to all of it go out in one write. @param done called once it is used up */
  receive(chunk: Buffer, done: () => void): void;
  /** The client will send no more. */
  endOfInput(): void;
  /** The client has been silent for smtpd_timeout. @returns false: it waits for us */
  timeOut(): boolean;
  /** The server stops: hangs up with 421, at once or when the message that is coming in is dealt with. */
  leave(): void;
  /** The connection is gone. */
  end(): void;
}

/** Begins a conversation; octets go in by `receive`, replies go out by `wire`. */
export function openConversation(session: Session, wire: Wire): Conversation {
  const { settings, dialogue, log } = session;
  const host = settings.get('myhostname');
  const stream = openOctetStream(settings.get('line_length_limit'));
  let unsent = '';
  /** The next line, or its beginning, came with the one before. */
  let isPipelined = false;
  /** An answer, or memory, is being waited for. */
  let waiting = false;
  let inputEnded = false;
  let leaving = false;
  let closed = false;
  let ended = false;
  let done: (() => void) | undefined;

  const say = (reply: string) => {
    if (ended) {
      dialogue.note(`not sent, the connection was lost: ${reply}`);
      dialogue.end();
      return;
    }
    if (reply === HANG_UP) {
      dialogue.note('an access table says HANGUP');
    } else {
      dialogue.server(reply);
      unsent += `${reply}\r\n`;
    }
    if (reply !== HANG_UP && !isLastReply(reply)) return;
    closed = true;
    flush();
    wire.hangUp();
  };
  const flush = (): boolean => {
    if (unsent === '') return true;
    const text = unsent;
    unsent = '';
    return wire.write(text);
  };
  const resume = () => {
    waiting = false;
    pump();
  };
  const settle = (plain: Answer, then: (reply: string) => void) => {
    const answer = dress(session, plain);
    if (typeof answer === 'string') {
      then(answer);
      return;
    }
    waiting = true;
    answer
      .catch((cause: unknown) => {
        log.error({ err: cause, session: dialogue.sessionId }, 'a command failed');
        return '451 4.3.0 Error: internal error';
      })
      .then(then)
      .then(resume, (cause: unknown) => {
        log.error({ err: cause, session: dialogue.sessionId }, 'the session failed');
        wire.hangUp();
      });
  };

  const handleLine = (octets: string) => {
    const { continuation } = session;
    session.continuation = undefined;
    const line = decode(octets);
    const readable = line ?? octets.replaceAll(/[\x80-\xff]/g, toNumber);
    dialogue.client(continuation === undefined ? toRecord(readable) : '****', { isPipelined });
    isPipelined = stream.hasOctets;
    if (line === undefined) {
      say('500 5.5.2 Error: bad UTF-8 syntax');
      return;
    }
    settle(continuation === undefined ? carryOutFiltered(session, line) : continuation(line), (reply) => {
      if (isRefusal(reply) && /^\s*(?:mail|rcpt)\b/i.test(line)) session.stats.rejected += 1;
      say(reply);
    });
  };
  const handleContent = (receiving: Receiving): boolean => {
    if (!receiving.content.tooBig && stream.hasOctets && !receiving.share.mayRead(resume)) {
      waiting = true;
      return true;
    }
    if (!stream.readData(receiving.content)) return false;
    isPipelined = stream.hasOctets;
    settle(endOfData(session, receiving.content), (reply) => {
      receiving.share[Symbol.dispose]();
      session.transaction = undefined;
      if (isRefusal(reply)) session.stats.rejected += 1;
      say(reply);
    });
    return true;
  };
  /** @returns false: more octets are needed */
  const step = (): boolean => {
    if (session.receiving !== undefined) return handleContent(session.receiving);
    if (leaving) {
      say(`421 4.3.2 ${host} Service shutting down`);
      return true;
    }
    const line = stream.readLine();
    if (line === undefined) return false;
    handleLine(line);
    return true;
  };
  const pump = () => {
    while (!waiting && !closed && step());
    if (waiting) return;
    const next = done;
    done = undefined;
    if (closed) return;
    if (flush() || next === undefined) next?.();
    else wire.whenDrained(next);
    if (inputEnded && next === undefined) hangUpAtEnd();
  };
  const hangUpAtEnd = () => {
    noteLoss();
    closed = true;
    wire.hangUp();
  };
  const noteLoss = () => {
    if (closed) return;
    const { receiving } = session;
    dialogue.note(
      receiving === undefined
        ? 'connection lost'
        : `connection lost after DATA and ${formatCount(receiving.content.sizeBytes)} octets of content`,
    );
  };

  return {
    greet() {
      settle(greet(session, { isPlayed: false }), (reply) => {
        say(reply);
        flush();
      });
    },
    receive(chunk, whenUsed) {
      stream.feed(chunk);
      done = whenUsed;
      pump();
    },
    endOfInput() {
      inputEnded = true;
      if (!waiting && !closed) hangUpAtEnd();
    },
    timeOut() {
      if (waiting || closed) return false;
      say(`421 4.4.2 ${host} Error: timeout exceeded`);
      return true;
    },
    leave() {
      leaving = true;
      if (!waiting && session.receiving === undefined) pump();
    },
    end() {
      noteLoss();
      closed = ended = true;
      session.receiving?.share[Symbol.dispose]();
      session.receiving = undefined;
      dialogue.end();
    },
  };
}

/** Text from octets, one character each; undefined if they aren't UTF-8. */
function decode(octets: string): string | undefined {
  if (!/[\x80-\xff]/.test(octets)) return octets;
  const buffer = Buffer.from(octets, 'latin1');
  return isUtf8(buffer) ? buffer.toString() : undefined;
}

function toNumber(octet: string): string {
  return `\\x${octet.charCodeAt(0).toString(16).toUpperCase()}`;
}
