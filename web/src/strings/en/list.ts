import type { MessageSummary } from '../../../../src/http/api/schemas/message.ts';
import { plural } from './plural.ts';

/** The words of the list of messages. */
export const list = {
  messages: 'Messages',
  search: 'Search mail',
  searchHint: 'Search or filter',
  clear: 'Clear the search',
  filters: 'Filters',
  all: 'All',
  unread: 'Unread',
  tags: 'Tags',
  readAll: 'Mark all as read',
  readFound: 'Mark what was found as read',
  verdicts: { rejected: 'Rejected', bounced: 'Bounces', deferred: 'Deferred', held: 'Held' },
  deleteAll: 'Delete all',
  deleteFound: 'Delete what was found',
  pressAgain: (count: string) => `Press again: delete ${count}`,
  loading: 'Loading …',
  mailAppears: 'Mail will appear here.',
  failed: 'The list could not be loaded.',
  nothingFound: (query: string) => `Nothing found for “${query}”`,
  nearest: (word: string) => `Did you mean ${word}?`,
  newAbove: (count: string) => `${count} new`,
  describeArrivals: (messages: readonly MessageSummary[]) => ({
    title: messages.length === 1 ? (messages[0]?.Subject ?? '') || 'New message' : `${messages.length} new messages`,
    body: `to ${[...new Set(messages.flatMap(({ Envelope }) => Envelope.To))].slice(0, 3).join(', ')}`,
  }),
  announceNew: (count: number) => `${count} new ${plural(count, 'message', 'messages')}`,
  noSubject: 'No subject',
  noRecipient: 'No recipient',
  nullSender: '<>',
  more: (count: string) => `+${count}`,
  attachments: (count: number) => `${count} ${plural(count, 'attachment', 'attachments')}`,
  marks: {
    bcc: { short: 'Bcc', long: 'The envelope has recipients that no header names' },
    sender: { short: 'Sender', long: 'The envelope’s sender is not the one in From' },
    failed: { short: 'Unparsed', long: 'Could not be parsed; the message is kept whole' },
  },
  rowName: (row: {
    readonly unread: boolean;
    readonly who: string;
    readonly subject: string;
    readonly time: string;
    readonly rest: readonly string[];
  }) => [...(row.unread ? ['unread'] : []), row.who, row.subject, row.time, ...row.rest].join(', '),
  rowTo: (recipients: string) => `to ${recipients}`,
  rowFrom: (sender: string) => `from ${sender}`,
  countedEnd: (count: string, end: string) => `${count} ${end}`,
  tagged: (tags: string) => `tagged ${tags}`,
  mark: 'Select',
  commands: 'Commands',
  following: 'Following: the newest message is opened. Any key or click ends it.',
  notMarked: 'Not selected.',
  deleted: (count: number) => `${count} ${plural(count, 'message', 'messages')} deleted`,
  notDeleted: 'Not deleted.',
  notChanged: 'Not changed.',
};

/** What every language has of them. */
export type ListStrings = typeof list;
