import type { SessionNotice as Told } from '../rules/bounce/session-notice.ts';
import { toOctets } from '../rules/octets.ts';
import type { SessionNotice, StoredSession } from './session.ts';

/** A notice of a session, as rules are asked what it says. Of a dialogue that was too long it quotes what is kept. */
export function toSessionNotice(notice: SessionNotice, { lines }: Pick<StoredSession, 'lines'>): Told {
  const { queueId, atMs, service, recipient, peer, reason, startLine, endLine } = notice;
  return {
    queueId,
    nowMs: atMs,
    service,
    recipient,
    peer,
    reason,
    lines: lines
      .slice(startLine, endLine)
      .flatMap(({ from, text }) => (from === 'note' ? [] : [{ from, text: toOctets(text.replaceAll(NO_TEXT, '?')) }])),
  };
}

/** An octet that is no text: how a dialogue has it. */
const NO_TEXT = /\\x[0-9A-F]{2}/g;
