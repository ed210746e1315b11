import type { CommandWord } from '../../rules/address/command-line.ts';
import { NO_ACTIONS } from '../../rules/access/state.ts';
import type { Entrance } from '../../rules/entrance.ts';
import type { Envelope } from '../../rules/envelope.ts';
import { StoreCorruptError, StoreFullError } from '../../store/store.ts';
import type { QueueId } from '../../store/queue-id.ts';
import { openContent, type Content } from './content.ts';
import { fromOctets, toOctets } from '../../rules/octets.ts';
import type { IncomingMessage } from '../cleanup/accept.ts';
import { formatReply } from './reply.ts';
import { asksRules, decided, type Answer } from './decide.ts';
import { formatCount } from './dialogue.ts';
import type { Session, Transaction } from './session.ts';

/**
 * DATA: the content may come.
 * @see RFC 5321 §4.1.1.4
 */
export function data(session: Session, words: readonly CommandWord[]): Answer {
  const { transaction } = session;
  if (transaction === undefined) return '503 5.5.1 Error: need RCPT command';
  if (transaction.recipients.length === 0) return '554 5.5.1 Error: no valid recipients';
  if (words.length > 1) return '501 5.5.4 Syntax: DATA';
  return decided(session, { verb: 'DATA' }, () => {
    const share = session.budget.open();
    session.receiving = { content: openContent(session.settings.get('message_size_limit'), share), share };
    return '354 End data with <CR><LF>.<CR><LF>';
  });
}

/** The content is complete: hands the message in. The transaction is over with the answer, whatever that is. */
export function endOfData(session: Session, content: Content): Answer {
  const { transaction, dialogue } = session;
  session.receiving = undefined;
  const octets = content.sizeBytes;
  dialogue.note(`${formatCount(octets)} octets of content`);
  const queueId = transaction?.queueId;
  if (transaction === undefined || queueId === undefined || content.tooBig) {
    const fields = { session: dialogue.sessionId, program: 'cleanup' };
    session.log.info(fields, 'warning: mail_stream_cleanup: close error');
    return '552 5.3.4 Error: message file too big';
  }
  return decided(session, { verb: 'END-OF-DATA', sizeBytes: octets, queueId }, () =>
    handIn(session, { ...transaction, queueId }, content.take()),
  );
}

async function handIn(
  session: Session,
  transaction: Transaction & { readonly queueId: QueueId },
  raw: Uint8Array,
): Promise<string> {
  const { accept, dialogue, stats, clock } = session;
  const { queueId, startLine } = transaction;
  const sizeBytes = raw.byteLength;
  const message: IncomingMessage = {
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
  };
  const { access, signal } = session;
  const actions = access.transaction?.actions ?? NO_ACTIONS;
  const refusal = asksRules(session) ? await session.decideContent?.(message, { actions, signal }) : undefined;
  if (refusal !== undefined) {
    for (const { program, text } of refusal.log) {
      session.log.info({ session: dialogue.sessionId, queueId, program }, fromOctets(text));
    }
    return formatReply(refusal.reply);
  }
  const sessionUpdate = dialogue.take();
  try {
    const id = await accept({ ...message, sessionUpdate });
    stats.accepted += 1;
    stats.acceptedBytes += sizeBytes;
    return `250 2.0.0 Ok: queued as ${id}`;
  } catch (error) {
    dialogue.giveBack(sessionUpdate);
    return error instanceof StoreFullError || error instanceof StoreCorruptError
      ? '452 4.3.1 Insufficient system storage'
      : '451 4.3.0 Error: queue file write error';
  }
}

/** Who hands the message in, and where. */
function toEntrance({ peer, helo, protocol, service }: Session, { refused }: Transaction): Entrance {
  const entrance = { client: peer, helo: toOctets(helo ?? ''), protocol, service: toOctets(service) };
  return refused.length === 0 ? entrance : { ...entrance, refused };
}

function toEnvelope({ reversePath, parameters, recipients }: Transaction): Envelope {
  return { reversePath: reversePath.text, recipients, ...parameters };
}
