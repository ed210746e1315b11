import type { CommandWord } from '../../rules/address/command-line.ts';
import { NO_ACTIONS } from '../../rules/access/state.ts';
import type { Entrance } from '../../rules/entrance.ts';
import type { Envelope } from '../../rules/envelope.ts';
import { StoreCorruptError, StoreFullError } from '../../store/store.ts';
import type { QueueId } from '../../store/queue-id.ts';
import type { Content } from './content.ts';
import { fromOctets, toOctets } from '../../rules/octets.ts';
import type { IncomingMessage } from '../cleanup/accept.ts';
import { formatReply } from './reply.ts';
import { readBareNewlines, refuseBareNewline } from './bare-newline.ts';
import { asksRules, blame, decided, toReplyLine, type Answer } from './decide.ts';
import { formatCount } from './dialogue.ts';
import { openIncoming, type Session, type Transaction } from './session.ts';

/**
 * DATA: the content may come.
 * @see RFC 5321 §4.1.1.4
 */
export function data(session: Session, words: readonly CommandWord[]): Answer {
  if (session.chunks !== undefined) return '503 5.5.1 Error: DATA after BDAT';
  const refusal = checkTransaction(session);
  if (refusal !== undefined) return refusal;
  if (words.length > 1) return '501 5.5.4 Syntax: DATA';
  return decided(session, { verb: 'DATA' }, () => {
    const incoming = openIncoming(session);
    const finish = () => endOfData(session, incoming.content, () => (id) => `250 2.0.0 Ok: queued as ${id}`);
    session.receiving = { incoming, leftBytes: undefined, finish, endsContent: true };
    return '354 End data with <CR><LF>.<CR><LF>';
  });
}

/** What stands against content now: nobody is there to get it. */
export function checkTransaction(session: Session): string | undefined {
  const { transaction } = session;
  if (transaction === undefined) return '503 5.5.1 Error: need RCPT command';
  if (transaction.recipients.length > 0) return undefined;
  return blame(session, undefined, '554 5.5.1 Error: no valid recipients');
}

/**
 * The content is complete: hands the message in. The transaction is over with the answer. QUIRK: but not if access rules
 * refuse it.
 */
export function endOfData(session: Session, content: Content, toTakenReply: ToTakenReply): Answer {
  const { transaction, dialogue } = session;
  const octets = content.sizeBytes;
  dialogue.note(`${formatCount(octets)} octets of content`);
  const queueId = transaction?.queueId;
  if (transaction === undefined || queueId === undefined || content.tooBig) {
    const fields = { session: dialogue.sessionId, program: 'cleanup' };
    if (session.chunks === undefined) session.log.info(fields, 'warning: mail_stream_cleanup: close error');
    session.endsTransaction = true;
    return blame(session, 'bounce', '552 5.3.4 Error: message file too big');
  }
  if (readBareNewlines(session) === 'reject' && content.countBareNewlines() > 0) {
    session.endsTransaction = true;
    return refuseBareNewline(session, 'END-OF-MESSAGE');
  }
  // Postfix counts two octets for each line end; all of the content is looked at only where a rule may ask.
  const sizeBytes = asksAtEnd(session) ? octets + content.countBareNewlines() : octets;
  return decided(session, { verb: 'END-OF-DATA', sizeBytes, queueId }, () => {
    session.endsTransaction = true;
    return handIn(session, { ...transaction, queueId }, { raw: content.take(), toTakenReply });
  });
}

/** Whether access rules may ask how much there is. */
function asksAtEnd(session: Session): boolean {
  return asksRules(session) && session.rules?.view.get('smtpd_end_of_data_restrictions') !== '';
}

/** The reply that content is taken. It is looked at before: then it is another thread's. */
type ToTakenReply = (raw: Uint8Array) => (id: QueueId) => string;

async function handIn(
  session: Session,
  transaction: Transaction & { readonly queueId: QueueId },
  { raw, toTakenReply }: { readonly raw: Uint8Array; readonly toTakenReply: ToTakenReply },
): Promise<string> {
  const { accept, dialogue, stats, clock } = session;
  const { queueId, startLine } = transaction;
  const sizeBytes = raw.byteLength;
  const describe = (): IncomingMessage => ({
    id: queueId,
    envelope: toEnvelope(transaction),
    raw,
    // The reply to come is the message's last line.
    session: { id: dialogue.sessionId, startLine, endLine: dialogue.lineCount + 1 },
    username: session.username ?? '',
    receivedAtMs: Math.floor(clock.nowMs()),
    inbox: '',
    origin: 'smtp',
    entrance: toEntrance(session, transaction),
  });
  const { access, signal } = session;
  const actions = access.transaction?.actions ?? NO_ACTIONS;
  const refusal = asksRules(session) ? await session.decideContent?.(describe(), { actions, signal }) : undefined;
  if (refusal !== undefined) {
    for (const { program, text } of refusal.log) {
      session.log.info({ session: dialogue.sessionId, queueId, program }, fromOctets(text));
    }
    return blame(session, refusal.errorClass, formatReply(refusal.reply));
  }
  const say = toTakenReply(raw);
  // Asked before, since it is kept with the message.
  const decision = session.decide?.({ verb: 'KEPT' }, session);
  const message = describe();
  const sessionUpdate = dialogue.take();
  try {
    const id = await accept({ ...message, sessionUpdate });
    stats.accepted += 1;
    stats.acceptedBytes += sizeBytes;
    session.errors.forgive();
    session.record.forgive();
    session.faults = [];
    const said = await decision;
    return said === undefined ? say(id) : toReplyLine(session, said);
  } catch (error) {
    dialogue.giveBack(sessionUpdate);
    const isFull = error instanceof StoreFullError || error instanceof StoreCorruptError;
    const reply = isFull ? '452 4.3.1 Insufficient system storage' : '451 4.3.0 Error: queue file write error';
    return blame(session, 'resource', reply);
  }
}

/** Who hands the message in, and where. */
function toEntrance(session: Session, { refused, policyAnswers }: Transaction): Entrance {
  const { peer, helo, protocol, service, chunks, faults, loginMethod, earlyPolicyAnswers: early } = session;
  const answers = { ...early.CONNECT, ...early.HELO, ...early.MAIL, ...policyAnswers };
  return {
    client: peer,
    helo: toOctets(helo ?? ''),
    protocol,
    service: toOctets(service),
    ...(chunks !== undefined && { isChunked: true }),
    ...(loginMethod !== undefined && { loginMethod: toOctets(loginMethod) }),
    ...(Object.keys(answers).length > 0 && { policyAnswers: answers }),
    ...(refused.length > 0 && { refused }),
    ...(faults.length > 0 && { faults }),
  };
}

function toEnvelope({ reversePath, parameters, recipients }: Transaction): Envelope {
  return { reversePath: reversePath.text, recipients, ...parameters };
}
