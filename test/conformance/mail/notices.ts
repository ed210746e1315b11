// The notices that bounce(8) writes: that there are some, and for whom, is compared where their words are not.
import { renumber } from './renumber.ts';

type Members = Readonly<Record<string, unknown>>;

const ORIGINS: readonly unknown[] = ['bounce', 'delay', 'dsn', 'postmaster'];

/** An answer without what notices say. */
export function withoutNotices(answer: Members): Members {
  const { messages, ...rest } = answer;
  if (!Array.isArray(messages)) return renumber(answer);
  const bare = (messages as readonly Members[]).map((message) => {
    const { headers: _headers, body: _body, full: _full, ...envelope } = message;
    return isNotice(message) ? envelope : message;
  });
  return renumber({ ...rest, messages: bare });
}

/** One of a session tells of no message. */
function isNotice({ origin, sender }: Members): boolean {
  return ORIGINS.includes(origin) || (typeof sender === 'string' && sender.startsWith('double-bounce@'));
}
