// Message numbers count queue IDs in the order of Postfix's log: an accident. So messages are numbered anew on both
// sides, by what they came of, their origin, sender and recipients; and lists without an order of their own are sorted.
import { compareCodePoints } from '../python/text.ts';

type Members = Readonly<Record<string, unknown>>;
type Entry = Readonly<Record<string, unknown>>;

const UNORDERED = ['deliveries', 'messages', 'files', 'sink'];

/** The answer to a probe with its messages in an order that depends on nothing but themselves. */
export function renumber(answer: Members): Members {
  const numbers = orderMessages(toEntries(answer['messages']), toEntries(answer['deliveries']));
  // Queue IDs that never became messages have but their place in the log.
  for (const [, number = ''] of JSON.stringify(answer).matchAll(/<Q(\d+)>/g)) {
    if (!numbers.has(Number(number))) numbers.set(Number(number), numbers.size + 1);
  }
  const renumbered = replaceNumbers(answer, numbers) as Members;
  return Object.fromEntries(
    Object.entries(renumbered).map(([name, value]) => [
      name,
      UNORDERED.includes(name) && Array.isArray(value) ? toSorted(value) : value,
    ]),
  );
}

/** The new number of each. */
function orderMessages(messages: readonly Entry[], deliveries: readonly Entry[]): Map<number, number> {
  const numbers = new Map<number, number>();
  const known = new Set(messages.map(({ msg }) => msg));
  const keys = new Map(messages.map((message) => [message, toKey(message, deliveries)]));
  const childrenOf = (parent: unknown): readonly Entry[] =>
    messages
      .filter(({ of }) => (known.has(of) ? of : undefined) === parent)
      .sort((a, b) => compareCodePoints(keys.get(a) ?? '', keys.get(b) ?? ''));
  const waiting: unknown[] = [undefined];
  for (const parent of waiting) {
    for (const { msg } of childrenOf(parent)) {
      if (numbers.has(Number(msg))) continue;
      numbers.set(Number(msg), numbers.size + 1);
      waiting.push(msg);
    }
  }
  return numbers;
}

/** Origin, sender, recipients; and where these are equal, whatever else there is. */
function toKey({ msg, of: _, ...rest }: Entry, deliveries: readonly Entry[]): string {
  const own = deliveries.filter((delivery) => delivery['msg'] === msg);
  const recipients = toSorted(own.map(({ to, orig_to }) => [to, orig_to]));
  const others = toSorted(own.map(({ msg: _own, ...delivery }) => delivery));
  const { origin = '', sender = '', ...content } = rest;
  return withoutNumbers(JSON.stringify([origin, sender, recipients, others, content]));
}

function replaceNumbers(value: unknown, numbers: ReadonlyMap<number, number>): unknown {
  if (typeof value === 'string') {
    return value.replace(/<Q(\d+)>/g, (_, number: string) => `<Q${numbers.get(Number(number)) ?? number}>`);
  }
  if (Array.isArray(value)) return value.map((item) => replaceNumbers(item, numbers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      (name === 'msg' || name === 'of') && typeof member === 'number'
        ? (numbers.get(member) ?? member)
        : replaceNumbers(member, numbers),
    ]),
  );
}

function toEntries(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? (value as readonly Entry[]) : [];
}

/** By what they are as JSON, members in a fixed order. */
function toSorted(items: readonly unknown[]): readonly unknown[] {
  const canonical = new Map(items.map((item) => [item, toCanonicalJson(item)]));
  return [...items].sort((a, b) => compareCodePoints(canonical.get(a) ?? '', canonical.get(b) ?? ''));
}

function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => compareCodePoints(a, b)))
      : member,
  );
}

function withoutNumbers(text: string): string {
  return text.replace(/<Q\d+>/g, '<Q>');
}
