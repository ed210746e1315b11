import type { ChangeFrame } from '../../../src/http/api/schemas/event.ts';
import type { MessagesSummary, MessageSummary } from '../../../src/http/api/schemas/message.ts';

/** A message of the list; its ID is `m` and its number, so IDs are in the order of time. */
export function message(seq: number, over: Partial<MessageSummary> = {}): MessageSummary {
  return {
    ID: `m${String(seq).padStart(4, '0')}`,
    MessageID: '',
    Read: false,
    From: { Name: '', Address: 'app@example.com' },
    To: [{ Name: '', Address: 'ada@example.com' }],
    Cc: [],
    Bcc: [],
    ReplyTo: [],
    Subject: 'Hello',
    Created: '2026-11-24T14:02:11.000Z',
    Username: '',
    Tags: [],
    Size: 100,
    Attachments: 0,
    Snippet: '',
    Seq: seq,
    Envelope: { From: 'app@example.com', To: ['ada@example.com'], Count: 1 },
    Parse: { State: 'parsed', Reason: '' },
    Verdict: null,
    ...over,
  };
}

/** Rows `start` … of a list of messages `total`, … 2, 1, as of change `seq`. */
export function page(options: {
  readonly total: number;
  readonly start: number;
  readonly limit: number;
  readonly seq: number;
}): MessagesSummary {
  const { total, start, limit, seq } = options;
  const messages = Array.from({ length: Math.max(0, Math.min(limit, total - start)) }, (_, i) =>
    message(total - start - i),
  );
  return {
    total,
    unread: total,
    count: messages.length,
    messages_count: total,
    messages_unread: total,
    start,
    tags: [],
    messages,
    Seq: seq,
  };
}

/** A new message, told of by change `seq`. */
export function arrival(seq: number): ChangeFrame {
  return { Type: 'new', Data: message(seq), Seq: seq };
}

/** The deletion of message `number`, told of by change `seq`. */
export function deletion(number: number, seq: number): ChangeFrame {
  return { Type: 'delete', Data: { ID: message(number).ID }, Seq: seq };
}
