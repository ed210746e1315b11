import type { CommandWord } from '../../rules/address/command-line.ts';
import type { Content } from './content.ts';
import { checkTransaction, endOfData } from './data.ts';
import { blame, decided, type Answer } from './decide.ts';
import { isDiscarded } from './ehlo-keywords.ts';
import { logSession } from './log-session.ts';
import { toPeerText } from './peer-text.ts';
import { countOctets } from '../../rules/access/record-octets.ts';
import { isRefusal, LATER } from './reply.ts';
import { openIncoming, setChunks, type Session } from './session.ts';

/** off_t's greatest value. */
const GREATEST_OFFSET = 2n ** 63n - 1n;
const NOT_IMPLEMENTED = '521 5.5.1 Error: command not implemented';
const SYNTAX = '521 5.5.4 Syntax: BDAT count [LAST]';

/**
 * BDAT: so many octets of the content follow at once. Whatever is answered, they are read first; after a refusal all
 * chunks are refused up to the last, or until the transaction ends. A reply of 521 hangs up, since what follows can't be told from commands.
 * @see RFC 3030 §2; BDAT_README
 */
export function bdat(session: Session, words: readonly CommandWord[]): Answer {
  if (isDiscarded('CHUNKING', session)) return NOT_IMPLEMENTED;
  const [, size, last, ...more] = words;
  const isRead = size !== undefined && /^\d+$/.test(size.text) && more.length === 0;
  if (!isRead || BigInt(size.text) > GREATEST_OFFSET) return SYNTAX;
  if (last !== undefined && last.text.toUpperCase() !== 'LAST') return SYNTAX;
  const sizeBytes = Number(size.text);
  const isLast = last !== undefined;
  const chunk = { sizeBytes, isLast };
  if (sizeBytes === 0 && !isLast) {
    logSession(session, `warning: null BDAT request from ${toPeerText(session)}`);
    return skip(session, chunk, blame(session, undefined, '551 5.7.1 Null BDAT request'));
  }
  if (session.chunks === 'refused') {
    const reply = `551 5.0.0 Discarded ${size.text} bytes after earlier error`;
    return skip(session, chunk, blame(session, undefined, reply));
  }
  if (isTooMuch(session, sizeBytes)) {
    return skip(session, chunk, blame(session, 'policy', '552 5.3.4 Chunk exceeds message size limit'));
  }
  const take = () => takeChunk(session, chunk);
  if (session.chunks !== undefined) return take();
  const refusal = checkTransaction(session);
  if (refusal !== undefined) return skip(session, chunk, refusal);
  const answer = decided(session, { verb: 'BDAT' }, take);
  const orSkip = (reply: string) => (isRefusal(reply) ? skip(session, chunk, reply) : reply);
  return typeof answer === 'string' ? orSkip(answer) : answer.then(orSkip);
}

/** QUIRK: a line whose end hasn't come yet isn't counted. */
function isTooMuch({ settings, chunks }: Session, sizeBytes: number): boolean {
  const limit = settings.get('message_size_limit');
  if (limit === 0) return false;
  if (typeof chunks !== 'object') return sizeBytes > limit;
  const partialLine = chunks.content.countPartialLine() % settings.get('line_length_limit');
  return chunks.content.sizeBytes - partialLine + sizeBytes > limit;
}

interface Chunk {
  readonly sizeBytes: number;
  readonly isLast: boolean;
}

function takeChunk(session: Session, { sizeBytes, isLast }: Chunk): Answer {
  const incoming = typeof session.chunks === 'object' ? session.chunks : openIncoming(session);
  session.chunks = incoming;
  const finish = (): Answer => (isLast ? endOfChunks(session, incoming.content) : `250 2.0.0 Ok: ${sizeBytes} bytes`);
  session.receiving = { incoming, leftBytes: sizeBytes, finish, ...(isLast && { endsContent: true }) };
  return LATER;
}

/** The reply says how many octets Postfix counts. */
function endOfChunks(session: Session, content: Content): Answer {
  return endOfData(session, content, (raw) => {
    const octets = countOctets(raw, session.settings.get('line_length_limit'));
    return (id) => `250 2.0.0 Ok: ${octets} bytes queued as ${id}`;
  });
}

/** Reads a chunk that isn't wanted, and answers then. */
function skip(session: Session, { sizeBytes, isLast }: Chunk, reply: string): Answer {
  setChunks(session, isLast ? undefined : 'refused');
  const { blame: errorClass } = session;
  const finish = () => blame(session, errorClass, reply);
  session.receiving = { incoming: undefined, leftBytes: sizeBytes, finish };
  return LATER;
}
