import type { CommandWord } from '../../rules/address/command-line.ts';
import { parseRcptParameters } from '../../rules/address/parameters.ts';
import { toOctets } from '../../rules/octets.ts';
import { countEvent } from './client-limits.ts';
import { blame, decided, refused, type Answer } from './decide.ts';
import { isDiscarded } from './ehlo-keywords.ts';
import { readPath } from './read-path.ts';
import type { Session, Transaction } from './session.ts';

/**
 * RCPT: one more recipient. Whatever Postfix's syntax lets pass is taken and kept as sent.
 * @see RFC 5321 §4.1.1.3
 */
export function rcpt(session: Session, words: readonly CommandWord[]): Answer {
  const { transaction, settings, dialogue, store } = session;
  if (transaction === undefined) return '503 5.5.1 Error: need MAIL command';
  if (session.chunks !== undefined) return '503 5.5.1 Error: RCPT after BDAT';
  const [, keyword, word, ...options] = words;
  if (word === undefined || keyword?.text.toLowerCase() !== 'to:') return '501 5.5.4 Syntax: RCPT TO:<address>';
  const beyond = countEvent(session, 'recipient');
  if (beyond !== undefined) return beyond;

  const path = readPath(session, word, transaction.parameters.smtputf8);
  if (path === undefined || path.mailbox === '') return '501 5.1.3 Bad recipient address syntax';
  const parsed = parseRcptParameters(options, { hasDsn: !isDiscarded('DSN', session) });
  if ('refusal' in parsed) {
    const { refusal } = parsed;
    return refused(session, { verb: 'RCPT', recipient: toOctets(path.mailbox) }, () => refusal);
  }
  if (transaction.recipients.length >= settings.get('smtpd_recipient_limit')) {
    return refused(session, { verb: 'RCPT', recipient: toOctets(path.mailbox) }, () =>
      refuseTooMany(session, transaction),
    );
  }

  const parameters = parsed.value;
  return decided(session, { verb: 'RCPT', path, parameters }, () => {
    if (transaction.queueId === undefined) {
      transaction.queueId = store.newQueueId();
      dialogue.addQueueId(transaction.queueId);
    }
    const reply = '250 2.1.5 Ok';
    transaction.recipients.push({ address: path.text, ...parameters, reply });
    return reply;
  });
}

/** A few too many aren't held against the client. @see postconf(5), smtpd_recipient_overshoot_limit */
function refuseTooMany(session: Session, transaction: Transaction): string {
  const isBorne = transaction.overshoot < (session.rules?.view.integer('smtpd_recipient_overshoot_limit') ?? 0);
  transaction.overshoot += 1;
  session.isRefusalBorne = isBorne;
  return blame(session, isBorne ? undefined : 'policy', '452 4.5.3 Error: too many recipients');
}
