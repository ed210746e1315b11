import type { CommandWord } from '../../rules/address/command-line.ts';
import type { Trouble } from '../../rules/access/reply.ts';
import { NO_ACTIONS } from '../../rules/access/state.ts';
import type { Entrance } from '../../rules/entrance.ts';
import type { Envelope } from '../../rules/envelope.ts';
import { StoreCorruptError, StoreFullError } from '../../store/store.ts';
import type { QueueId } from '../../store/queue-id.ts';
import { openContent, type Content } from './content.ts';
import { fromOctets, toOctets } from '../../rules/octets.ts';
import type { IncomingMessage } from '../cleanup/accept.ts';
import { countOctets } from './record-octets.ts';
import { formatReply, type SmtpReply } from './reply.ts';
import { hasBareNewline, readBareNewlines, refuseBareNewline } from './bare-newline.ts';
import { asksRules, decided, refusedFor, type Answer } from './decide.ts';
import { formatCount } from './dialogue.ts';
import type { Session, Transaction } from './session.ts';

/**
 * DATA: the content may come.
 * @see RFC 5321 §4.1.1.4
 */
export function data(session: Session, words: readonly CommandWord[]): Answer {
  if (session.chunking !== 'none') return '503 5.5.1 Error: DATA after BDAT';
  const refusal = checkTransaction(session);
  if (refusal !== undefined) return refusal;
  if (words.length > 1) return '501 5.5.4 Syntax: DATA';
  return decided(session, { verb: 'DATA' }, () => {
    const share = session.budget.open();
    const content = openContent(session.settings.get('message_size_limit'), share);
    const finish = () => endOfData(session, content, (id) => `250 2.0.0 Ok: queued as ${id}`);
    session.receiving = { incoming: { content, share }, leftBytes: undefined, finish };
    return '354 End data with <CR><LF>.<CR><LF>';
  });
}

/** What stands against content now: nobody is there to get it. */
export function checkTransaction({ transaction }: Session): string | undefined {
  if (transaction === undefined) return '503 5.5.1 Error: need RCPT command';
  return transaction.recipients.length === 0 ? '554 5.5.1 Error: no valid recipients' : undefined;
}

/**
 * The content is complete: hands the message in. The transaction is over with the answer. QUIRK: but not if access rules
 * refuse it.
 * @param say the reply that it is taken, given how many octets Postfix counts
 */
export function endOfData(session: Session, content: Content, say: SayTaken): Answer {
  const { transaction, dialogue } = session;
  const octets = content.sizeBytes;
  dialogue.note(`${formatCount(octets)} octets of content`);
  const queueId = transaction?.queueId;
  if (transaction === undefined || queueId === undefined || content.tooBig) {
    const fields = { session: dialogue.sessionId, program: 'cleanup' };
    if (session.chunking === 'none') session.log.info(fields, 'warning: mail_stream_cleanup: close error');
    session.endsTransaction = true;
    return refusedFor(session, 'bounce', '552 5.3.4 Error: message file too big');
  }
  const raw = content.take();
  if (readBareNewlines(session) === 'reject' && hasBareNewline(raw)) {
    session.endsTransaction = true;
    return refuseBareNewline(session, 'END-OF-MESSAGE');
  }
  return decided(session, { verb: 'END-OF-DATA', sizeBytes: octets, queueId }, () => {
    session.endsTransaction = true;
    return handIn(session, { ...transaction, queueId }, { raw, say });
  });
}

type SayTaken = (id: QueueId, octets: number) => string;

async function handIn(
  session: Session,
  transaction: Transaction & { readonly queueId: QueueId },
  { raw, say }: { readonly raw: Uint8Array; readonly say: SayTaken },
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
    return refusedFor(session, toTrouble(refusal.reply), formatReply(refusal.reply));
  }
  const takenBytes = countOctets(raw, session.settings.get('line_length_limit'));
  const sessionUpdate = dialogue.take();
  try {
    const id = await accept({ ...message, sessionUpdate });
    stats.accepted += 1;
    stats.acceptedBytes += sizeBytes;
    session.errors.forgive();
    session.trouble.clear();
    return say(id, takenBytes);
  } catch (error) {
    dialogue.giveBack(sessionUpdate);
    return refusedFor(
      session,
      'resource',
      error instanceof StoreFullError || error instanceof StoreCorruptError
        ? '452 4.3.1 Insufficient system storage'
        : '451 4.3.0 Error: queue file write error',
    );
  }
}

/** What the postmaster is told of a refusal by cleanup(8): of size and loops as of bounces. */
function toTrouble({ code, enhanced }: SmtpReply): Trouble {
  if (code === 552 || enhanced === '5.4.0') return 'bounce';
  return code === 451 && enhanced === '4.3.0' ? 'resource' : 'policy';
}

/** Who hands the message in, and where. */
function toEntrance({ peer, helo, protocol, service, chunking }: Session, { refused }: Transaction): Entrance {
  return {
    client: peer,
    helo: toOctets(helo ?? ''),
    protocol,
    service: toOctets(service),
    ...(chunking === 'taking' && { isChunked: true }),
    ...(refused.length > 0 && { refused }),
  };
}

function toEnvelope({ reversePath, parameters, recipients }: Transaction): Envelope {
  return { reversePath: reversePath.text, recipients, ...parameters };
}
