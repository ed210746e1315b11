import { countEvent } from './client-limits.ts';
import { carryOutFiltered } from './command-filter.ts';
import { toRecord } from './commands.ts';
import { readBareNewlines, refuseBareNewline } from './bare-newline.ts';
import type { Answer } from './decide.ts';
import { formatCount } from './dialogue.ts';
import { dress } from './dress.ts';
import type { AbortReason } from './error-record.ts';
import { greet } from './greet.ts';
import { readLineLimit } from './line-limit.ts';
import { decodeText, toReadable } from './octet-text.ts';
import { openOctetStream, type OctetLine } from './octet-stream.ts';
import { logSession } from './log-session.ts';
import { toPeerText } from './peer-text.ts';
import { HANG_UP, isLastReply, isRefusal, LATER } from './reply.ts';
import { beginSecured } from './starttls.ts';
import type { TlsOffer } from './tls-offer.ts';
import { openRequestDeadline } from './request-deadline.ts';
import type { Wire } from './wire.ts';
import { endTransaction, setChunks, type Receiving, type Session } from './session.ts';

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
  /** Writes a remark down. */
  note(text: string): void;
  /** The connection is gone. */
  end(): void;
}

/** Begins a conversation; octets go in by `receive`, replies go out by `wire`. */
export function openConversation(session: Session, wire: Wire): Conversation {
  const { settings, dialogue, log } = session;
  const host = settings.get('myhostname');
  const stream = openOctetStream();
  session.peekAhead = (maxOctets) => stream.peek(maxOctets);
  let unsent = '';
  /** The next line, or its beginning, came with the one before. */
  let isPipelined = false;
  /** How much is being waited for: an answer, memory, the beginning of TLS. One may be asked for within another. */
  let waits = 0;
  let inputEnded = false;
  let leaving = false;
  /** TLS was asked for, and nothing was said in it yet. */
  let isBeginningTls = session.peer.isEncrypted;
  let closed = false;
  let ended = false;
  let reason: AbortReason | undefined;
  let done: (() => void) | undefined;

  const timeOut = (): boolean => {
    if (waits > 0 || closed) return false;
    reason = 'timeout';
    say(`421 4.4.2 ${host} Error: timeout exceeded`);
    return true;
  };
  const limitMs = settings.get('smtpd_timeout');
  const deadline = openRequestDeadline(session.rules, { clock: session.clock, limitMs, exceeded: timeOut });

  const say = (reply: string) => {
    if (ended) {
      dialogue.note(`not sent, the connection was lost: ${reply}`);
      dialogue.end();
      return;
    }
    if (reply !== HANG_UP) {
      dialogue.server(reply);
      unsent += `${reply}\r\n`;
    }
    if (reply === HANG_UP || isLastReply(reply)) hangUp();
  };
  const hangUp = () => {
    if (closed) return;
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
    waits -= 1;
    pump();
  };
  const settle = (plain: Answer, then: (reply: string) => void) => {
    const answer = holdBack(dress(session, plain));
    if (typeof answer === 'string') {
      then(answer);
      return;
    }
    waits += 1;
    answer
      .catch((cause: unknown) => {
        log.error({ err: cause, session: dialogue.sessionId }, 'a command failed');
        session.blame = 'software';
        return '451 4.3.0 Error: internal error';
      })
      .then(then)
      .then(resume, (cause: unknown) => {
        log.error({ err: cause, session: dialogue.sessionId }, 'the session failed');
        wire.hangUp();
      });
  };
  /** Whoever makes many mistakes waits. */
  const holdBack = (answer: Answer): Answer => {
    const delayMs = session.errors.delayMs();
    if (delayMs === 0 || answer === LATER) return answer;
    const wait = (reply: string) =>
      new Promise<string>((resolve) => void session.clock.setTimer(delayMs, () => resolve(reply)));
    return typeof answer === 'string' ? wait(answer) : answer.then(wait);
  };
  const holdAgainst = (reply: string) => {
    if (isRefusal(reply) && session.blame !== undefined) session.record.add(session.blame);
  };
  /** Says a reply, and counts what it refuses. */
  const conclude = (reply: string, isJunk: boolean) => {
    say(reply);
    holdAgainst(reply);
    session.errors.add({ isRefused: isRefusal(reply) && !session.isRefusalBorne, isJunk });
    session.isRefusalBorne = false;
    if (closed || !session.errors.isTooMuch()) return;
    reason = 'too many errors';
    session.record.add('protocol');
    logSession(session, `too many errors after ${session.where} from ${toPeerText(session)}`);
    settle(`421 4.7.0 ${host} Error: too many errors`, say);
  };

  const handleLine = ({ octets, isBare, isCut }: OctetLine) => {
    const { continuation } = session;
    session.continuation = undefined;
    session.blame = 'protocol';
    isBeginningTls = false;
    const line = decodeText(octets);
    const readable = line ?? toReadable(octets);
    dialogue.client(continuation === undefined ? toRecord(readable) : '****', { isPipelined });
    isPipelined = stream.hasOctets;
    if (isBare && readBareNewlines(session) === 'reject') {
      settle(refuseBareNewline(session, session.where), (reply) => {
        say(reply);
        hangUp();
      });
      return;
    }
    if (line === undefined) {
      settle('500 5.5.2 Error: bad UTF-8 syntax', (reply) => conclude(reply, false));
      return;
    }
    const answer = continuation === undefined ? carryOutFiltered(session, line) : continuation(line, { isCut });
    settle(answer, (reply) => {
      if (reply === LATER) return;
      if (isRefusal(reply) && /^\s*(?:mail|rcpt)\b/i.test(line)) session.stats.rejected += 1;
      conclude(reply, session.isJunk);
      if (session.startsTls !== undefined && !closed) startTls(session.startsTls);
    });
  };
  /** What came behind STARTTLS came without TLS: it is thrown away. */
  const startTls = (offer: TlsOffer) => {
    waits += 1;
    isBeginningTls = true;
    flush();
    stream.feed(Buffer.alloc(0));
    const whenUsed = done;
    done = undefined;
    wire.startTls(offer, {
      dropped: () => whenUsed?.(),
      secured: (tls, isResumed) => {
        beginSecured(session, tls);
        const beyond = isResumed ? undefined : countEvent(session, 'new TLS session');
        if (beyond !== undefined) settle(beyond, (reply) => conclude(reply, false));
        resume();
      },
    });
  };
  const handleContent = (receiving: Receiving): boolean => {
    const { incoming } = receiving;
    const isStored = incoming !== undefined && !incoming.content.tooBig;
    if (isStored && stream.hasOctets && !incoming.share.mayRead(resume)) {
      waits += 1;
      return true;
    }
    if (!readContent(receiving)) return false;
    isPipelined = stream.hasOctets;
    session.receiving = undefined;
    session.blame = 'protocol';
    const replyCount = receiving.endsContent === true ? countReplies(session) : 1;
    settle(receiving.finish(), (reply) => {
      for (let count = 1; count < replyCount; count += 1) say(reply);
      // A chunk's share is kept until the transaction ends.
      if (incoming !== session.chunks) incoming?.share[Symbol.dispose]();
      const isOver = session.endsTransaction;
      if (isOver) endTransaction(session);
      if (isRefusal(reply) && incoming !== undefined) session.stats.rejected += 1;
      conclude(reply, false);
      if (isOver) session.record.close({ peer: toPeerText(session), isFlush: true });
    });
    return true;
  };
  const readContent = (receiving: Receiving): boolean => {
    const { incoming, leftBytes } = receiving;
    if (leftBytes !== undefined) {
      receiving.leftBytes = leftBytes - stream.readOctets(incoming?.content, leftBytes);
      return receiving.leftBytes === 0;
    }
    return incoming === undefined || stream.readData(incoming.content, readBareNewlines(session));
  };
  /** @returns false: more octets are needed */
  const step = (): boolean => {
    if (session.receiving !== undefined) return handleContent(session.receiving);
    if (leaving) {
      say(`421 4.3.2 ${host} Service shutting down`);
      return true;
    }
    const line = stream.readLine(readLineLimit(session));
    if (line === undefined) return false;
    handleLine(line);
    return true;
  };
  const pump = () => {
    while (waits === 0 && !closed && step()) deadline.restart();
    if (waits > 0) return;
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
    reason = 'lost connection';
    const { receiving } = session;
    if (receiving !== undefined) {
      const octets = formatCount(receiving.incoming?.content.sizeBytes ?? 0);
      dialogue.note(`connection lost after DATA and ${octets} octets of content`);
    } else if (isBeginningTls) {
      dialogue.note('connection lost as TLS began: the client may not trust the certificate');
    } else {
      dialogue.note('connection lost');
    }
  };

  return {
    greet() {
      settle(greet(session, { isPlayed: false }), (reply) => {
        say(reply);
        holdAgainst(reply);
        flush();
        deadline.restart();
      });
    },
    receive(chunk, whenUsed) {
      stream.feed(chunk);
      done = whenUsed;
      if (session.receiving !== undefined) deadline.extend(chunk.length);
      const { octetsPerSecond } = session;
      if (octetsPerSecond === undefined || session.receiving === undefined || waits > 0) {
        pump();
        return;
      }
      waits += 1;
      session.clock.setTimer((chunk.length * 1000) / octetsPerSecond, resume);
    },
    endOfInput() {
      inputEnded = true;
      if (waits === 0 && !closed) hangUpAtEnd();
    },
    timeOut,
    leave() {
      leaving = true;
      if (waits === 0 && session.receiving === undefined) pump();
    },
    note: (text) => dialogue.note(text),
    end() {
      noteLoss();
      closed = ended = true;
      session.receiving?.incoming?.share[Symbol.dispose]();
      session.receiving = undefined;
      session.tally?.[Symbol.dispose]();
      deadline[Symbol.dispose]();
      setChunks(session, undefined);
      session.record.close({ peer: toPeerText(session), ...(reason !== undefined && { reason }) });
      dialogue.end();
    },
  };
}

/** LMTP has a reply for each recipient that was taken. @see RFC 2033 §4.2 */
function countReplies({ isLmtp, transaction }: Session): number {
  return isLmtp === true ? Math.max(1, transaction?.recipients.length ?? 1) : 1;
}
