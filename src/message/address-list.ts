import { decodeEncodedWords, encodedWordEnd } from './encoded-word.ts';
import type { MailAddress } from './summary.ts';

/** What is gathered of one mailbox until a comma ends it. */
interface Pending {
  /** Words and quoted strings outside `<>`, quotes removed. */
  readonly words: string[];
  readonly comments: string[];
  address: string | undefined;
  /** Where it starts in the list. */
  start: number;
}

/** More aren't read: each takes memory, and nobody writes to so many. */
const MAX_MAILBOXES = 100_000;
const WORD = /[^\s,;:<>()"]+/y;

/**
 * The mailboxes of an address list, tolerant of what mailers write: commas in quoted names and in encoded words, `;`
 * between addresses, comments as names, missing `>`. Groups give their members. What has no address keeps its text as
 * `name`. Linear in the length of `list`; at most 100,000 mailboxes.
 * @param list unfolded; encoded words not yet decoded, since a comma in one is no separator
 * @see RFC 5322 §3.4, RFC 2047 §5
 */
export function parseAddressList(list: string): readonly MailAddress[] {
  const found: MailAddress[] = [];
  let pending = emptyMailbox(0);
  const finish = (end: number): void => {
    const mailbox = toMailbox(pending, list.slice(pending.start, end));
    if (mailbox) found.push(mailbox);
    pending = emptyMailbox(end + 1);
  };
  for (let at = 0; at < list.length;) {
    switch (list[at]) {
      case ',':
      case ';':
        finish(at);
        at += 1;
        break;
      case ':': // the name of a group ends
        pending = emptyMailbox(at + 1);
        at += 1;
        break;
      case '"': {
        const { text, end } = readDelimited(list, at, '"');
        at = takeWord(pending, { list, at: end, start: at, text });
        break;
      }
      case '(': {
        const { text, end } = readDelimited(list, at, ')');
        pending.comments.push(text);
        at = end;
        break;
      }
      case '<': {
        const end = angleEnd(list, at + 1);
        pending.address = angleAddress(list.slice(at + 1, end));
        at = list[end] === '>' ? end + 1 : end;
        break;
      }
      default: {
        const wordEnd = list.startsWith('=?', at) ? encodedWordEnd(list, at) : -1;
        WORD.lastIndex = at;
        const end = wordEnd > 0 ? wordEnd : at + (WORD.exec(list)?.[0].length ?? 0);
        if (end > at) pending.words.push(list.slice(at, end));
        at = Math.max(end, at + 1);
      }
    }
  }
  if (found.length < MAX_MAILBOXES) finish(list.length);
  return found;
}

function emptyMailbox(start: number): Pending {
  return { words: [], comments: [], address: undefined, start };
}

function toMailbox({ words, comments, address }: Pending, source: string): MailAddress | undefined {
  const comment = (): string => decodeEncodedWords(comments.join(' ')).trim();
  if (address !== undefined) {
    const name = words.length > 0 ? decodeEncodedWords(words.join(' ')).trim() : comment();
    return name === '' && address === '' ? undefined : { name, address };
  }
  const [only] = words;
  if (only === undefined) return undefined;
  // A lone word is an address without a domain, as cron writes it: `From: root`.
  if (words.length === 1 && canBeAddress(only)) return { name: comment(), address: only };
  const spoken = words.findLast((word) => word.includes('@') && canBeAddress(word));
  if (spoken === undefined) return { name: decodeEncodedWords(source).trim(), address: '' };
  const name = decodeEncodedWords(words.filter((word) => word !== spoken).join(' ')).trim();
  return { name: name === '' ? comment() : name, address: spoken };
}

/** No blanks but in a quoted local part, and no encoded word. */
function canBeAddress(word: string): boolean {
  return !word.includes('=?') && /^(?:\S+|".*"@\S+)$/s.test(word);
}

/**
 * Takes a quoted string: a word of a name, or, where `@` follows at once, the local part of an address, which keeps
 * its quotes. @returns the offset after it
 */
function takeWord(
  pending: Pending,
  { list, at, start, text }: { list: string; at: number; start: number; text: string },
): number {
  if (list[at] !== '@') {
    pending.words.push(text);
    return at;
  }
  WORD.lastIndex = at;
  const end = at + (WORD.exec(list)?.[0].length ?? 0);
  pending.words.push(list.slice(start, end));
  return end;
}

/** Reads a quoted string or a (nested) comment that opens at `start`; without its close, to the end of the list. */
function readDelimited(list: string, start: number, close: '"' | ')'): { text: string; end: number } {
  let text = '';
  let depth = 1;
  let from = start + 1;
  let at = from;
  for (; at < list.length; at += 1) {
    const character = list[at];
    if (character === '\\') {
      text += list.slice(from, at);
      from = at + 1;
      at += 1;
    } else if (character === close) {
      depth -= 1;
      if (depth === 0) break;
    } else if (character === '(' && close === ')') depth += 1;
  }
  return { text: text + list.slice(from, at), end: Math.min(at + 1, list.length) };
}

/** The offset of the `>` that ends an address, or of the comma that must, or of the list's end. */
function angleEnd(list: string, start: number): number {
  let at = start;
  // A source route has commas of its own: `<@relay,@other:user@host>`.
  const isRoute = list[start] === '@';
  for (; at < list.length; at += 1) {
    const character = list[at];
    if (character === '"') at = readDelimited(list, at, '"').end - 1;
    else if (character === '>' || (character === ',' && !isRoute)) break;
  }
  return at;
}

function angleAddress(text: string): string {
  const address = text.trim();
  return address.startsWith('@') ? address.slice(address.indexOf(':') + 1).trim() : address;
}
