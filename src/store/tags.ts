import type { MessageSummary } from '../message/summary.ts';
import { foldText } from './search-text.ts';

/** How long a tag may be. */
const MAX_LENGTH = 100;
/** A message gets no more tags than these by itself: a list of ten thousand plus-addresses is no list of tags. */
const MAX_GIVEN = 50;
/** In so many mailboxes of a field they are looked for. */
const MAX_MAILBOXES = 1000;
/** What a tag can't be made of, as in Mailpit. */
const STRANGE = /[^A-Za-z0-9 ._@-]+/g;
/** `user+one+two@example.com`. */
const PLUS_ADDRESS = /^[^+@]*\+(?<tags>[^@]*)@/;

/**
 * A tag as it is kept: other characters than ASCII letters, digits, blanks and `._@-` count as blanks; runs of blanks
 * are one, and none is at an end.
 * @returns undefined if nothing is left, or more than 100 characters are
 */
export function parseTag(text: string): string | undefined {
  const tag = text.replace(STRANGE, ' ').replace(/ +/g, ' ').trim();
  return tag === '' || tag.length > MAX_LENGTH ? undefined : tag;
}

/** Brings tags into the form in which they are kept: each once, whatever its case, sorted; what can't be one left out. */
export function normaliseTags(tags: readonly string[]): readonly string[] {
  const byName = new Map<string, string>();
  for (const text of tags) {
    const tag = parseTag(text);
    if (tag !== undefined && !byName.has(foldText(tag))) byName.set(foldText(tag), tag);
  }
  return [...byName.values()].sort(compareTags);
}

/** Whether two tags are one, but for their case. */
export function sameTag(a: string, b: string): boolean {
  return foldText(a) === foldText(b);
}

/** The order of tags: that of the alphabet, whatever their case. */
export function compareTags(a: string, b: string): number {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  if (first !== second) return first < second ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Whether two normalised lists are the same. */
export function sameTags(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag, index) => tag === b[index]);
}

/** The tags after `tag` was renamed `to`, or taken away. */
export function replaceTag(tags: readonly string[], tag: string, to: string | undefined): readonly string[] {
  return normaliseTags(tags.flatMap((one) => (one !== tag ? [one] : to === undefined ? [] : [to])));
}

/** The tags in plus-addresses: `one` and `two` of `user+one+two@example.com`. As written. */
export function plusAddressTags(addresses: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const address of addresses) {
    if (found.size >= MAX_GIVEN) break;
    for (const tag of PLUS_ADDRESS.exec(address)?.groups?.['tags']?.split('+') ?? []) found.add(tag);
  }
  return [...found];
}

/**
 * The tags that a message comes with: those of its X-Tags field, and of plus-addresses in its envelope and in To, Cc, Bcc
 * and From.
 * @param ofRecipients {@link plusAddressTags} of the envelope's recipients
 */
export function tagsOnReceipt(summary: MessageSummary, ofRecipients: readonly string[]): readonly string[] {
  const { tags, from, to, cc, bcc } = summary;
  const mailboxes = [
    ...to.slice(0, MAX_MAILBOXES),
    ...cc.slice(0, MAX_MAILBOXES),
    ...bcc.slice(0, MAX_MAILBOXES),
    from,
  ];
  const ofHeader = plusAddressTags(mailboxes.map(({ address }) => address));
  // Most messages have none: nothing is made for them.
  if (tags.length + ofRecipients.length + ofHeader.length === 0) return [];
  return normaliseTags([...tags, ...ofRecipients, ...ofHeader].slice(0, MAX_GIVEN));
}
